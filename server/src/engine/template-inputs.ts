/** What a template gets from outside: the parameter files that belong to it, what the configuration pins, and the scenario that somebody chose. */
import type { Uri } from '../base/span.ts';
import { folderOf, nameOf } from '../base/uri.ts';
import { templateParameters, type TemplateParameters } from '../config/template-parameters.ts';
import type { Deployment, TemplateInputs } from '../formats/cloudformation/inputs.ts';
import { readParameterFile, type ParameterFile } from '../formats/cloudformation/parameter-file.ts';
import { scenarioOf } from '../formats/cloudformation/scenario.ts';
import { isVariableFile } from '../formats/terraform/variable-file.ts';
import type { Problem } from '../model/finding.ts';
import { valueOf, type Tree } from '../syntax/tree.ts';
import type { Incomplete, ReadingOptions, SeenInputs } from './analysis.ts';
import type { Documents } from './documents.ts';
import { filesBeside } from './parameter-files.ts';

/** The most parameter files that are read for one template. */
const MOST_FILES = 20;

export interface LoadedInputs {
  readonly inputs: TemplateInputs;
  readonly seen: SeenInputs;
  /** The files and folders that were looked at. */
  readonly dependencies: readonly Uri[];
  readonly incomplete: readonly Incomplete[];
  /** What is wrong in the parameter files. */
  readonly problems: readonly Problem[];
}

/** A parameter file that may count for a template. */
interface Candidate {
  readonly uri: Uri;
  readonly name: string;
  /** Whether somebody said that it counts. One that was found by its name may be of something else. */
  readonly said: boolean;
}

/** What a template gets from outside; undefined while something has yet to be read, which is then wanted. */
export function loadInputs(documents: Documents, tree: Tree, options: ReadingOptions): LoadedInputs | undefined {
  const names = parameterNames(tree);
  const scenario = scenarioOf(tree, options.scenario ?? []);
  const configured = templateParameters(options.configuration, tree.doc);
  const found = names.size > 0 ? candidates(documents, tree.doc, configured, options) : [];
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
  for (const { uri, name, said, answer, tree: values } of read) {
    const file = values && readParameterFile(values);
    const counts = file && concerns(file, names) && (said || isFor(file, tree.doc));
    if (counts) {
      deployments.push(deploymentOf(name, file, configured));
      problems.push(...file.problems);
      if (file.problems.length > 0 || values.problems.length > 0)
        incomplete.push({ doc: uri, reason: 'cannot be fully parsed, so parameters may have other values' });
    } else if (answer?.kind === 'refused') incomplete.push({ doc: uri, reason: answer.reason });
    else if (said && answer?.kind === 'missing')
      incomplete.push({ doc: uri, reason: 'does not exist, so its values are unknown' });
    else if (said && !file) incomplete.push({ doc: uri, reason: 'is not a parameter file, so its values are unknown' });
  }
  if (found.length > MOST_FILES)
    incomplete.push({ doc: tree.doc, reason: `has more than ${MOST_FILES} parameter files; the others are not read` });
  if (deployments.length === 0) deployments.push(...pinned(configured, names));
  return {
    inputs: { deployments, ...(scenario ? { scenario: scenario.chosen } : {}) },
    seen: { deployments: deployments.map(({ name }) => name), scenario: scenario?.shown ?? [] },
    dependencies: [
      ...(names.size > 0 && looksBeside(configured, options) ? [folderOf(tree.doc)] : []),
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

/** The files that may count; undefined while the folder has yet to be listed. */
function candidates(
  documents: Documents,
  template: Uri,
  configured: TemplateParameters,
  options: ReadingOptions,
): readonly Candidate[] | undefined {
  const chosen = options.parameterFiles?.filter(({ uri }) => !isVariableFile(uri));
  if (chosen?.length) return chosen.map(({ uri, name }) => ({ uri, name, said: true }));
  if (configured.files) return configured.files.map(({ uri, name }) => ({ uri, name, said: true }));
  const listed = documents.folder(folderOf(template));
  if (listed === undefined) return undefined;
  return listed === 'none' ? [] : filesBeside(template, listed).map((uri) => ({ uri, name: nameOf(uri), said: false }));
}

function looksBeside(configured: TemplateParameters, options: ReadingOptions): boolean {
  return !options.parameterFiles?.some(({ uri }) => !isVariableFile(uri)) && !configured.files;
}

/** Whether a file says something of a parameter of the template. */
function concerns({ parameters, open }: ParameterFile, names: ReadonlySet<string>): boolean {
  return [...parameters.keys(), ...open].some((name) => names.has(name));
}

/** Whether a file that was found by its name is for a template: one that says so itself is for no other. */
function isFor({ shape, template, parameters }: ParameterFile, doc: Uri): boolean {
  // A map of which nothing can be read may hold the parameters of another tool.
  if (shape !== 'list' && parameters.size === 0) return false;
  return template === undefined || nameOf(doc) === template.slice(template.lastIndexOf('/') + 1);
}

/** What the configuration pins goes before what a file says. */
function deploymentOf(name: string, { parameters, open }: ParameterFile, { values }: TemplateParameters): Deployment {
  return {
    name,
    parameters: new Map([...parameters, ...values]),
    open: new Set([...open].filter((parameter) => !values.has(parameter))),
  };
}

/** Without a parameter file, what is not pinned can be all that the template allows. */
function pinned({ values }: TemplateParameters, names: ReadonlySet<string>): readonly Deployment[] {
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
