/** The values of the variables of a Terraform directory: from its own files and from given files. */
import { flatMap } from '../../base/flat-map.ts';
import type { Uri } from '../../base/span.ts';
import { namedBlocks } from './bodies.ts';
import type { DirectoryFiles } from './module-source.ts';
import { isVariableFile, variableFileOf, type VariableFile } from './variable-file.ts';
import type { Known } from '../../model/value.ts';
import type { DocumentReader, Incomplete } from '../format.ts';
import type { Given, GivenFile } from '../given.ts';
import { refusals } from '../refusals.ts';

export const PARTLY_PARSED = 'cannot be fully parsed, so variables may have other values';

/** The maximum number of chosen files of one directory. */
const MOST_FILES = 20;

/** The chosen values of the variables of a directory, in addition to its own files. */
export interface GivenVariables {
  readonly values: readonly (VariableFile | 'unread')[];
  /** The names of the files, for users. */
  readonly names: readonly string[];
  readonly dependencies: readonly Uri[];
  readonly incomplete: readonly Incomplete[];
}

/** The variables of a file; undefined until it is read. */
export function variableFile(documents: DocumentReader, doc: Uri): VariableFile | 'unread' | undefined {
  const answer = documents.snapshot.file(doc);
  if (!answer) documents.want({ file: doc });
  if (answer?.kind !== 'text') return answer && 'unread';
  const tree = documents.tree(doc, /\.json$/i.test(doc) ? 'json' : 'hcl');
  return tree ? variableFileOf(tree) : 'unread';
}

/**
 * The chosen files that apply to a directory and the configured values, later ones first, like `-var-file` and
 * `-var`. A file applies if it sets a declared variable; other files can be for templates.
 * https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
 */
export function givenVariables(
  documents: DocumentReader,
  { configuration }: DirectoryFiles,
  docs: readonly Uri[],
  given: Given,
): GivenVariables | undefined {
  const names = new Set(
    flatMap(configuration, (tree) => namedBlocks(tree.roots[0], 'variable').map(({ name }) => name)),
  );
  if (names.size === 0) return { values: [], names: [], dependencies: [], incomplete: [] };
  const configured = docs.map((doc) => given.parameters(doc));
  const selected: readonly GivenFile[] =
    given.files.length > 0 ? given.files : (configured.find(({ files }) => files !== undefined)?.files ?? []);
  // Terraform selects the syntax by file name, and never reads YAML.
  const chosen = selected.filter(({ uri }) => isVariableFile(uri) || /\.json$/i.test(uri));
  const read = chosen.slice(0, MOST_FILES).map((one) => ({ ...one, file: variableFile(documents, one.uri) }));
  if (read.some(({ file }) => !file)) return undefined;
  const fitting = read.filter(
    ({ file }) => file === 'unread' || [...file!.values.keys()].some((name) => names.has(name)),
  );
  const pinned = new Map(
    flatMap(configured, ({ values }) => [...values]).map(([name, { text, at }]): [string, Known] => [
      name,
      { state: 'known', origin: { use: at, steps: [], edit: 'shared' }, raw: text, quoted: true, value: text },
    ]),
  );
  return {
    values: [
      ...fitting.map(({ file }) => file!),
      ...(chosen.length > MOST_FILES ? ['unread' as const] : []),
      ...([...pinned.keys()].some((name) => names.has(name)) ? [configuredValues(pinned)] : []),
    ],
    names: fitting.map(({ name }) => name),
    dependencies: read.map(({ uri }) => uri),
    incomplete: [
      ...refusals(
        documents,
        read.map(({ uri }) => uri),
      ),
      ...flatMap(read, ({ uri, file }): readonly Incomplete[] =>
        documents.snapshot.file(uri)?.kind === 'missing'
          ? [{ doc: uri, reason: 'does not exist, so its values are unknown' }]
          : file !== 'unread' && !file!.complete && (isVariableFile(uri) || fitting.some((one) => one.uri === uri))
            ? [{ doc: uri, reason: PARTLY_PARSED }]
            : [],
      ),
      ...(chosen.length > MOST_FILES
        ? [{ doc: docs[0]!, reason: `has more than ${MOST_FILES} variable files; the others are not read` }]
        : []),
    ],
  };
}

/** The values of variables that the configuration of the analysis states. */
function configuredValues(values: ReadonlyMap<string, Known>): VariableFile {
  return {
    values,
    complete: true,
    written: (name) => {
      const { origin, raw } = values.get(name)!;
      return `${origin.use.doc} ${raw}`;
    },
  };
}
