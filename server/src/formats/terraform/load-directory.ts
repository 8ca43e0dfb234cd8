/** Terraform directories, with the modules that they call below the root. */
import { memoize } from '../../base/memoize.ts';
import type { Uri } from '../../base/span.ts';
import { carriersByType, type PolicyLocations } from '../policy-locations.ts';
import { labelledBlocks } from './bodies.ts';
import { Configuration } from './configuration.ts';
import { configurationSyntax, filesOf } from './files.ts';
import { pathsReadIn, type ReadFile } from './file-functions.ts';
import { isLocalSource, moduleCalls, type ModuleCall, type ModuleSource } from './module-source.ts';
import { terraformStack } from './stack.ts';
import { uriBeside } from '../uri-beside.ts';
import type { Problem } from '../../model/finding.ts';
import type { Tree } from '../../syntax/tree.ts';
import { readData, type DocumentReader, type DocumentUnit, type Incomplete, type LoadedStack } from '../format.ts';
import type { Given } from '../given.ts';
import { refusals } from '../refusals.ts';
import { linksFor, servicesOfMappings } from '../relations/load-links.ts';
import { mappingsFor } from './load-mappings.ts';
import { givenVariables, IN_PART, variableFile } from './load-variables.ts';

/** The maximum nesting depth of modules, and the maximum number of directories of a configuration. */
const MOST_DEEP = 10;
const MOST_DIRECTORIES = 100;

/** The maximum number of files that the expressions of a configuration read. */
const MOST_FILES = 200;

/**
 * The stack of all files of a directory that Terraform evaluates together, and those of its modules; undefined until
 * all are read.
 * https://developer.hashicorp.com/terraform/language/files
 */
export function loadDirectory(
  { id: folder, format, documents: named }: DocumentUnit,
  documents: DocumentReader,
  given: Given,
): readonly [LoadedStack] | undefined {
  const data = readData<{ index: unknown; locations: PolicyLocations }>(documents, {
    index: 'mappings/index',
    locations: 'iam/locations',
  });
  const loading = new Loading(documents);
  const source = loading.directory(folder, named, []);
  if (!source || !data) return undefined;
  const read = [...loading.read.values()];
  const types = read.flatMap(({ files }) => files.configuration.flatMap((tree) => resourceTypes(tree)));
  const mappings = mappingsFor(documents, data.index, types);
  const linksOf = mappings && linksFor(documents, servicesOfMappings(mappings));
  if (!mappings || !linksOf) return undefined;
  const own = loading.documents.get(folder)!;
  const configured = [...own, ...[...loading.documents].flatMap(([other, docs]) => (other === folder ? [] : docs))];
  const files = new ReadFiles(documents, folder, read);
  const variables = givenVariables(documents, source.files, own, given);
  if (files.lacking || !variables) return undefined;
  const all = [...configured, ...files.looked.filter((doc) => files.isDocument(doc) && !configured.includes(doc))];
  return [
    {
      documents: all,
      dependencies: [...loading.looked, ...files.looked, ...variables.dependencies],
      incomplete: [...loading.incomplete, ...variables.incomplete],
      ...(variables.names.length > 0
        ? { inputs: new Map(own.map((doc) => [doc, { deployments: [variables.names.join(' and ')], scenario: [] }])) }
        : {}),
      unit: {
        id: folder,
        documents: own,
        within: [
          ...[...loading.documents.keys()].filter((other) => other !== folder),
          ...files.looked.filter((doc) => files.isDocument(doc)),
        ],
        files: files.looked,
      },
      build: () => {
        const directory = new Configuration(
          { ...source, files: { ...source.files, values: [...source.files.values, ...variables.values] } },
          files.read,
          loading.problems,
        );
        const stack = terraformStack(directory.native(), {
          format,
          documents: all,
          mappings,
          carriers: carriersByType(data.locations),
          linksOf,
        });
        // Rules evaluate more values, which can add problems.
        return {
          stack,
          problems: directory.problems,
          evaluations: () => directory.evaluations,
          exhausted: () => directory.exhausted,
        };
      },
    },
  ];
}

const resourceTypes = memoize((tree: Tree) => [
  ...new Set(labelledBlocks(tree.roots[0], 'resource').map(({ type }) => type)),
]);

/** The files that the expressions of a configuration read. */
class ReadFiles {
  readonly #documents: DocumentReader;
  readonly #root: Uri;
  /** How often each file is named. */
  readonly #named = new Map<Uri, number>();
  /** Whether a file is not read yet. */
  readonly lacking: boolean;

  constructor(documents: DocumentReader, root: Uri, sources: readonly ModuleSource[]) {
    this.#documents = documents;
    this.#root = root;
    for (const { files } of sources)
      for (const tree of files.configuration)
        for (const path of pathsReadIn(tree, { root, module: files.folder })) {
          const doc = this.#docAt(path);
          if (doc !== undefined && (this.#named.has(doc) || this.#named.size < MOST_FILES))
            this.#named.set(doc, (this.#named.get(doc) ?? 0) + 1);
        }
    const unread = this.looked.filter((doc) => !documents.snapshot.file(doc));
    for (const doc of unread) documents.want({ file: doc });
    this.lacking = unread.length > 0;
  }

  get looked(): readonly Uri[] {
    return [...this.#named.keys()];
  }

  /**
   * Whether a file can have findings: it is a JSON file of this analysis. A file with syntax errors is checked alone,
   * if its format is supported.
   */
  isDocument(doc: Uri): boolean {
    const answer = this.#documents.snapshot.file(doc);
    if (answer?.kind !== 'text' || !this.#documents.snapshot.named.includes(doc) || !/^\s*\{/.test(answer.text))
      return false;
    return this.#documents.tree(doc, 'json')?.problems.length === 0;
  }

  /** A file by its path from the root. */
  readonly read: ReadFile = (path) => {
    const doc = this.#docAt(path);
    const answer = doc !== undefined && this.#named.has(doc) ? this.#documents.snapshot.file(doc) : undefined;
    if (doc === undefined || answer?.kind !== 'text') return answer?.kind === 'missing' ? 'missing' : undefined;
    const tree = this.isDocument(doc) ? this.#documents.tree(doc, 'json') : undefined;
    return {
      text: answer.text,
      ...(tree ? { document: { tree, edit: this.#named.get(doc) === 1 ? 'here' : 'shared' } } : {}),
    };
  };

  #docAt(path: string): Uri | undefined {
    return uriBeside(`${this.#root}/`, path);
  }
}

class Loading {
  readonly #documents: DocumentReader;
  /** The source of each directory, read once. */
  readonly read = new Map<Uri, ModuleSource>();
  /** The configuration files of each directory. */
  readonly documents = new Map<Uri, readonly Uri[]>();
  /** All requested files and folders. */
  readonly looked = new Set<Uri>();
  readonly incomplete: Incomplete[] = [];
  readonly problems: Problem[] = [];

  constructor(documents: DocumentReader) {
    this.#documents = documents;
  }

  /** @param above The folders of the calling modules, the outermost first. */
  directory(folder: Uri, named: readonly Uri[], above: readonly Uri[]): ModuleSource | undefined {
    const held = this.read.get(folder);
    if (held) return held;
    const listed = this.#documents.folder(folder);
    if (!listed) return undefined;
    this.looked.add(folder);
    const { configuration, values } = filesOf([...new Set([...(listed === 'none' ? [] : listed), ...named])].sort());
    const isRoot = above.length === 0;
    // Variable files apply to the root module only.
    const given = isRoot ? values.map((doc) => ({ doc, file: variableFile(this.#documents, doc) })) : [];
    const files = [...configuration, ...given.map(({ doc }) => doc)];
    const trees = configuration.map((doc) => ({
      doc,
      answer: this.#documents.snapshot.file(doc),
      tree: this.#documents.tree(doc, configurationSyntax(doc)?.language),
    }));
    if (trees.some(({ answer }) => !answer) || given.some(({ file }) => !file)) return undefined;
    for (const doc of files) this.looked.add(doc);
    const byDoc = new Map(trees.map(({ doc, tree }) => [doc, tree]));
    const read = (docs: readonly Uri[]): Tree[] => docs.flatMap((doc) => byDoc.get(doc) ?? []);
    for (const { doc, file } of given)
      if (file !== 'unread' && !file!.complete) this.incomplete.push({ doc, reason: IN_PART });
    if (listed === 'none')
      this.incomplete.push({
        doc: folder,
        reason: 'cannot be listed, so other files of the configuration are not read',
      });
    this.incomplete.push(...refusals(this.#documents, files));
    this.documents.set(folder, configuration);
    const modules = new Map<string, ModuleSource>();
    const source: ModuleSource = {
      modules,
      files: {
        folder,
        configuration: read(configuration),
        values: given.map(({ file }) => file!),
        open: listed === 'none' || trees.some(({ tree }) => !tree),
      },
    };
    // Modules that lead here again find this entry, which closes a cycle.
    const calls = new Map(
      source.files.configuration.flatMap((tree) => moduleCalls(tree).map((call) => [call.name, call] as const)),
    );
    let lacking = false;
    for (const call of calls.values()) {
      const found = this.#module(call, [...above, folder]);
      if (found === undefined) lacking = true;
      else if (found) modules.set(call.name, found);
    }
    if (lacking) return undefined;
    this.read.set(folder, source);
    return source;
  }

  /** The module of a call; null if it cannot be read. */
  #module({ name, tree, source }: ModuleCall, above: readonly Uri[]): ModuleSource | null | undefined {
    if (!source || !isLocalSource(source.text)) return null;
    const folder = uriBeside(tree.doc, source.text);
    if (folder === undefined) return null;
    if (above.includes(folder)) {
      this.problems.push({
        at: source.at,
        message: `The module ${name} is part of a cycle of module calls. Remove the cycle.`,
        kind: 'document',
      });
      return null;
    }
    if (above.length > MOST_DEEP || this.documents.size >= MOST_DIRECTORIES) {
      this.incomplete.push({
        doc: tree.doc,
        reason: `exceeds the limit of nested modules, so findings may be missing in ${source.text}`,
      });
      return null;
    }
    const listed = this.#documents.folder(folder);
    if (!listed) return undefined;
    this.looked.add(folder);
    if (listed === 'none') {
      const isOutside = this.#documents.snapshot.folder(folder) === 'outside';
      this.incomplete.push({
        doc: tree.doc,
        reason: isOutside
          ? `calls a module that is not read: ${source.text}. The module source is outside the workspace root.`
          : `calls a module that does not exist: ${source.text}`,
      });
      return null;
    }
    if (filesOf(listed).configuration.length === 0) {
      this.incomplete.push({ doc: tree.doc, reason: `calls a module without configuration files: ${source.text}` });
      return null;
    }
    return this.directory(folder, [], above);
  }
}
