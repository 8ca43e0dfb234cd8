/** External inputs of a template: its parameter files, values in the configuration, and the chosen scenario. */
import type { Uri } from '../../base/span.ts';
import { folderOf, nameOf } from '../../base/uri.ts';
import type { Deployment, TemplateInputs } from './inputs.ts';
import { readParameterFile, type ParameterFile } from './parameter-file.ts';
import { scenarioOf } from './scenario.ts';
import { isVariableFile } from '../terraform/variable-file.ts';
import type { Problem } from '../../model/finding.ts';
import { valueOf, type Tree } from '../../syntax/tree.ts';
import type { DocumentReader, Incomplete, SeenInputs } from '../format.ts';
import type { Given, GivenParameters } from '../given.ts';
import { filesBeside } from './parameter-files.ts';

/** The maximum number of parameter files of one template. */
const MOST_FILES = 20;

export interface LoadedInputs {
  readonly inputs: TemplateInputs;
  readonly seen: SeenInputs;
  /** The requested files and folders. */
  readonly dependencies: readonly Uri[];
  readonly incomplete: readonly Incomplete[];
  /** Problems in parameter files. */
  readonly problems: readonly Problem[];
}

/** A parameter file that may apply to a template. */
interface Candidate {
  readonly uri: Uri;
  readonly name: string;
  /** Whether it was named explicitly. A file that was found by name can belong to something else. */
  readonly isExplicit: boolean;
}

/** The inputs of a template; undefined until all files are read. */
export function loadInputs(documents: DocumentReader, tree: Tree, given: Given): LoadedInputs | undefined {
  const names = parameterNames(tree);
  const scenario = scenarioOf(tree, given.scenario);
  const configured = given.parameters(tree.doc);
  const found = names.size > 0 ? candidates(documents, tree.doc, configured, given) : [];
  if (!found) return undefined;
  const read = found
    .slice(0, MOST_FILES)
    .map((candidate) => ({
      ...candidate,
      answer: documents.snapshot.file(candidate.uri),
      tree: documents.tree(candidate.uri, /\.json$/i.test(candidate.uri) ? 'json' : undefined),
    }));
  if (read.some(({ answer }) => !answer)) return undefined;
  const deployments: Deployment[] = [];
  const incomplete: Incomplete[] = [];
  const problems: Problem[] = [];
  for (const { uri, name, isExplicit, answer, tree: values } of read) {
    const file = values && readParameterFile(values);
    const counts = file && concerns(file, names) && (isExplicit || isFor(file, tree.doc));
    if (counts) {
      deployments.push(deploymentOf(name, file, configured));
      problems.push(...file.problems);
      if (file.problems.length > 0 || values.problems.length > 0)
        incomplete.push({ doc: uri, reason: 'cannot be fully parsed, so parameters may have other values' });
    } else if (answer?.kind === 'refused') incomplete.push({ doc: uri, reason: answer.reason });
    else if (isExplicit && answer?.kind === 'missing')
      incomplete.push({ doc: uri, reason: 'does not exist, so its values are unknown' });
    else if (isExplicit && !file)
      incomplete.push({ doc: uri, reason: 'is not a parameter file, so its values are unknown' });
  }
  if (found.length > MOST_FILES)
    incomplete.push({ doc: tree.doc, reason: `has more than ${MOST_FILES} parameter files; the others are not read` });
  if (deployments.length === 0) deployments.push(...pinned(configured, names));
  return {
    inputs: { deployments, ...(scenario ? { scenario: scenario.chosen } : {}) },
    seen: { deployments: deployments.map(({ name }) => name), scenario: scenario?.shown ?? [] },
    dependencies: [
      ...(names.size > 0 && looksBeside(configured, given) ? [folderOf(tree.doc)] : []),
      ...read.map(({ uri }) => uri),
    ],
    incomplete,
    problems,
  };
}

function parameterNames(tree: Tree): ReadonlySet<string> {
  const section = valueOf(tree.roots[0], 'Parameters');
  return new Set(section?.kind === 'map' ? section.pairs.map(({ name }) => name) : []);
}

/** The candidate files; undefined until the folder is listed. */
function candidates(
  documents: DocumentReader,
  template: Uri,
  configured: GivenParameters,
  given: Given,
): readonly Candidate[] | undefined {
  const chosen = given.files.filter(({ uri }) => !isVariableFile(uri));
  if (chosen.length > 0) return chosen.map(({ uri, name }) => ({ uri, name, isExplicit: true }));
  if (configured.files) return configured.files.map(({ uri, name }) => ({ uri, name, isExplicit: true }));
  const listed = documents.folder(folderOf(template));
  if (listed === undefined) return undefined;
  return listed === 'none'
    ? []
    : filesBeside(template, listed).map((uri) => ({ uri, name: nameOf(uri), isExplicit: false }));
}

function looksBeside(configured: GivenParameters, given: Given): boolean {
  return !given.files.some(({ uri }) => !isVariableFile(uri)) && !configured.files;
}

/** Whether a file sets a parameter of the template. */
function concerns({ parameters, open }: ParameterFile, names: ReadonlySet<string>): boolean {
  return [...parameters.keys(), ...open].some((name) => names.has(name));
}

/** Whether a file that was found by name belongs to a template: a file can name its template. */
function isFor({ shape, template, parameters }: ParameterFile, doc: Uri): boolean {
  // A map without usable values may hold parameters of another tool.
  if (shape !== 'list' && parameters.size === 0) return false;
  return template === undefined || nameOf(doc) === template.slice(template.lastIndexOf('/') + 1);
}

/** Configured values have priority over files. */
function deploymentOf(name: string, { parameters, open }: ParameterFile, { values }: GivenParameters): Deployment {
  return {
    name,
    parameters: new Map([...parameters, ...values]),
    open: new Set([...open].filter((parameter) => !values.has(parameter))),
  };
}

/** Without a parameter file, other parameters can have all allowed values. */
function pinned({ values }: GivenParameters, names: ReadonlySet<string>): readonly Deployment[] {
  const [first] = [...values].filter(([name]) => names.has(name));
  if (!first) return [];
  return [
    {
      name: nameOf(first[1].at.doc),
      parameters: values,
      open: new Set([...names].filter((name) => !values.has(name))),
    },
  ];
}
