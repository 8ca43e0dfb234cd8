/** The files of a run in groups, one for each root and configuration, and its outcome. */
import { flatMap } from '../base/flat-map.ts';
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Reader } from '../base/snapshot.ts';
import type { Range, Uri } from '../base/span.ts';
import { folderOf } from '../base/uri.ts';
import { DEFAULT_CONFIGURATION, type Configuration, type FailOn } from '../config/configuration.ts';
import { findConfiguration } from '../config/find-configuration.ts';
import { isExcluded } from '../config/file-selection.ts';
import { effectiveSettings, withGiven, type GivenOptions } from '../config/given.ts';
import type { ConfigurationText } from '../config/load-configuration.ts';
import { unmatchedPatterns, type UnmatchedPattern } from '../config/unmatched-patterns.ts';
import type { AnalysisOptions, DocumentAnalysis } from '../engine/analysis.ts';
import { enforced, loadedConfiguration, withConfinedBaseline } from '../engine/load-configuration.ts';
import { GitIgnore } from '../host/gitignore.ts';
import { nodeReader } from '../host/node.ts';
import { RememberingReader } from '../host/remembering-reader.ts';
import { commonFolder, rootOf } from '../host/root.ts';
import { uriOf } from '../host/uri.ts';
import type { Certainty, Finding, Problem, Profile } from '../model/finding.ts';
import { givenParameterFiles, scenarioTerms } from './given-parameters.ts';
import { givenExcludes, givenRules } from './given-settings.ts';
import { withSharedEntriesKept } from './configured-findings.ts';
import type { UsedDetails } from './formats.ts';
import type { Inputs } from './inputs.ts';
import { selectedRules } from './selected-rules.ts';
import { shownPath, shownUri } from './shown-path.ts';
import { UsageError, type World } from './world.ts';

export interface LintOptions {
  /** What the options state; the configuration, else the default, decides otherwise. */
  readonly profile?: Profile;
  readonly certainty?: Certainty;
  readonly failOn?: FailOn;
  readonly root?: string;
  readonly config?: string;
  /** `NAME=VALUE`. */
  readonly scenario?: readonly string[];
  readonly parameters?: readonly string[];
  /** Selectors of rules, in lists separated by commas. */
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  /** Path patterns in the syntax of `.gitignore`, relative to the current directory. */
  readonly exclude?: readonly string[];
  /** `RULE=LEVEL`. */
  readonly ruleSeverity?: readonly string[];
  /** The baseline file. */
  readonly baseline?: string;
  /** What reports use of what an analysis computes on demand; nothing by default. */
  readonly used?: UsedDetails;
}

/** A file that was not checked, or only in part. */
export interface IncompletelyChecked {
  readonly path: string;
  readonly reason: string;
}

/** A file with its analysis. */
export interface LintedFile {
  readonly path: string;
  readonly explicit: boolean;
  readonly document: DocumentAnalysis;
  /** The lowest severity that makes the run fail. */
  readonly failOn: FailOn;
  /** The options of its analysis; undefined for a file that was not analyzed. */
  readonly options?: AnalysisOptions;
  /** The text of a document that a finding refers to, as it was analyzed. */
  readonly textOf: (doc: Uri) => string;
}

/** A problem in a configuration or parameter file. */
export interface ConfigurationProblem {
  readonly path: string;
  readonly text: string;
  readonly problem: Problem;
  /** The ranges that are not shown. */
  readonly confidential: readonly Range[];
}

export interface Outcome {
  /** All named and all supported files, by path. */
  readonly files: readonly LintedFile[];
  readonly incomplete: readonly IncompletelyChecked[];
  /** Named files that could not be read. */
  readonly failures: readonly IncompletelyChecked[];
  /** Files that were not checked because the run was interrupted. */
  readonly unchecked: readonly IncompletelyChecked[];
  readonly configurationFaults: readonly ConfigurationProblem[];
  /** Named files that the configuration excludes. */
  readonly excluded: readonly string[];
}

/** What was checked only in part. Unreadable files are reported as failures. */
export function partlyChecked({ incomplete, failures, unchecked }: Outcome): readonly IncompletelyChecked[] {
  // The number of files that an interrupted run left out is reported on standard error.
  const elsewhere = new Set([...failures, ...unchecked].map(({ path }) => path));
  return incomplete.filter(({ path }) => !elsewhere.has(path));
}

/** What was not checked, or only in part, for reports that programs read. Unreadable files are reported as failures. */
export function notFullyChecked(outcome: Outcome): readonly IncompletelyChecked[] {
  return [...partlyChecked(outcome), ...outcome.unchecked];
}

/** The findings that are not suppressed. */
export function activeFindings({ findings }: Pick<DocumentAnalysis, 'findings'>): readonly Finding[] {
  return findings.some(({ suppressed }) => suppressed) ? findings.filter(({ suppressed }) => !suppressed) : findings;
}

/** The files of a report: those with a supported format, and others with findings, such as configuration files. */
export function reportedFiles({ files }: Outcome): readonly LintedFile[] {
  return files.filter(({ document }) => document.format !== 'none' || document.findings.length > 0);
}

/** Files that are analyzed together. */
export interface Group {
  readonly reader: RememberingReader;
  readonly options: AnalysisOptions;
  readonly files: readonly { readonly uri: Uri; readonly path: string; readonly explicit: boolean }[];
  /** What reports use of what an analysis computes on demand. */
  readonly used: UsedDetails;
}

/** The input from which a thread creates the same groups as the main thread. It is plain data. */
export interface GroupsInput {
  readonly inputs: Inputs;
  readonly options: LintOptions;
}

export interface Groups {
  readonly groups: readonly Group[];
  /** The number of files that `.gitignore` excludes. */
  readonly ignored: number;
  /** The patterns of configurations that match no file, if all files were named. */
  readonly unmatched: readonly UnmatchedPattern[];
  /** Named files that the configuration excludes. */
  readonly excluded: readonly string[];
  readonly configurationFaults: readonly ConfigurationProblem[];
  /** The input from which other threads create the same groups; absent if they cannot. */
  readonly given?: GroupsInput;
  /** Whether the folder of a file is named, so that all documents below it are checked. */
  covers(doc: Uri): boolean;
}

/** Groups the files of a command and reads their configurations. */
export function groupsOf(inputs: Inputs, options: LintOptions, world: World): Groups {
  const values = givenParameterFiles(options.parameters ?? [], world);
  const givenOptions = givenBy(options, world);
  const rules = selectedRules(options, world.rules);
  const given = options.config === undefined ? undefined : givenConfiguration(options.config, world);
  // Named files can be anywhere, and reports show places in them.
  const overlays = new Map([...values.texts, ...(given ? [[given.doc, given.text] as const] : []), ...inputs.overlays]);
  const violations: ConfigurationProblem[] = [...values.violations];
  const readers = new Map<string, RememberingReader>();
  const configurations = new Map<string, Configuration>();
  const groups = new Map<string, Group & { readonly files: Group['files'][number][] }>();

  const readerOf = (root: string): RememberingReader => {
    const reader =
      readers.get(root) ?? new RememberingReader(nodeReader({ root, schemas: world.program.schemas, overlays }));
    readers.set(root, reader);
    return reader;
  };
  const configured = (found: ConfigurationText, reader: Reader, root: string): Configuration => {
    const known = configurations.get(found.doc);
    if (known) return known;
    const loaded = withConfinedBaseline(loadedConfiguration(reader, found), reader);
    const configuration = withGiven(enforced(loaded.configuration, reader, found.doc, uriOf(root)), givenOptions);
    configurations.set(found.doc, configuration);
    for (const { doc, text, problems, confidential } of loaded.files)
      violations.push(...problems.map((problem) => ({ path: shownUri(doc, world.cwd), text, problem, confidential })));
    return configuration;
  };
  const unconfigured = withGiven(DEFAULT_CONFIGURATION, givenOptions);
  const gitignore = new GitIgnore();
  const excluded: string[] = [];
  let ignored = 0;

  const folders = [...new Set(flatMap(inputs.files, ({ folder }) => folder ?? []))];
  const rootOfFile = rootsOf(inputs, options, world);
  const covers = (doc: Uri): boolean =>
    !inputs.isPartial && folders.some((one) => `${folderOf(doc)}/`.startsWith(`${uriOf(one).replace(/\/$/, '')}/`));
  for (const file of inputs.files) {
    const root = rootOfFile(file);
    const reader = readerOf(root);
    const uri = uriOf(file.path);
    const found = given ?? nearestConfiguration(reader, uri, root, world.cwd);
    const configuration = found ? configured(found, reader, root) : unconfigured;
    if (isExcluded(configuration, uri)) {
      if (file.explicit) excluded.push(shownPath(file.path, world.cwd));
      continue;
    }
    if (!file.explicit && configuration.gitignore && gitignore.ignores(file.path, root)) {
      ignored++;
      continue;
    }
    const { profile, certainty, scenario } = effectiveSettings(configuration);
    const key = JSON.stringify([root, found?.doc ?? null]);
    const group = groups.get(key) ?? {
      reader,
      options: {
        // Selected rules are checked regardless of the profile.
        profile: options.select ? 'strict' : profile,
        ...(rules ? { rules } : {}),
        certainty,
        today: world.today,
        configuration,
        parameterFiles: values.files,
        scenario,
        coversConfiguration: found !== undefined && covers(found.doc),
      },
      files: [],
      used: options.used ?? {},
    };
    group.files.push({ uri, ...file });
    groups.set(key, group);
  }
  const all = inputs.files.map(({ path }) => uriOf(path));
  const unmatched = flatMap([...groups.values()], ({ options: { configuration, coversConfiguration } }) =>
    coversConfiguration ? unmatchedPatterns(configuration, all) : [],
  );
  return {
    groups: withSharedKept([...groups.values()]),
    unmatched,
    ignored,
    excluded,
    configurationFaults: violations,
    given: { inputs, options },
    covers,
  };
}

/** The root of each file. */
export function rootsOf(
  { files }: Inputs,
  { root }: Pick<LintOptions, 'root'>,
  { cwd }: World,
): (file: Inputs['files'][number]) => string {
  const chosen = root === undefined ? undefined : existingFolder(root, cwd);
  const common = commonFolder([...new Set(flatMap(files, ({ folder }) => folder ?? []))], cwd);
  // The files of a folder have the same root, and finding it needs a check of each parent folder.
  const known = new Map<string, string>();
  return ({ path, folder }) => {
    const named = folder === undefined ? undefined : (common ?? folder);
    const key = `${dirname(path)}\0${named ?? ''}`;
    const root = known.get(key) ?? rootOf(path, { root: chosen, named, current: cwd });
    known.set(key, root);
    return root;
  };
}

/** The groups, none of which removes a suppression that another one uses. */
function withSharedKept(groups: readonly Group[]): readonly Group[] {
  const configurations = withSharedEntriesKept(groups.map(({ options }) => options.configuration));
  return groups.map((group, index) => ({
    ...group,
    options: { ...group.options, configuration: configurations[index]! },
  }));
}

/** The options that take precedence over configurations. */
function givenBy(
  { profile, certainty, failOn, scenario = [], exclude = [], ruleSeverity = [], baseline }: LintOptions,
  world: World,
): GivenOptions {
  const excluded = givenExcludes(exclude, world);
  return {
    ...(baseline === undefined ? {} : { baseline: { name: baseline, uri: uriOf(resolve(world.cwd, baseline)) } }),
    ...(profile === undefined ? {} : { profile }),
    ...(certainty === undefined ? {} : { certainty }),
    ...(failOn === undefined ? {} : { failOn }),
    ...(excluded ? { exclude: excluded } : {}),
    rules: givenRules(ruleSeverity, world.rules),
    scenario: scenarioTerms(scenario),
  };
}

function existingFolder(name: string, cwd: string): string {
  const path = resolve(cwd, name);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`--root: ${name} is not a directory.`);
  return path;
}

/**
 * The `.stackwarden.yaml` next to a document or in the nearest folder above it, up to `root`; undefined if there is
 * none. Throws `UsageError` if it cannot be read.
 */
export function nearestConfiguration(
  reader: Reader,
  doc: Uri,
  root: string,
  cwd: string,
): ConfigurationText | undefined {
  const found = findConfiguration(reader, doc, uriOf(root));
  if (!found) return undefined;
  if (found.answer.kind === 'refused') throw new UsageError(`${shownUri(found.doc, cwd)} ${found.answer.reason}.`);
  return { doc: found.doc, text: found.answer.text };
}

/**
 * The configuration of `--config`, a path relative to the working directory. Throws `UsageError` if it is missing or
 * cannot be read.
 */
export function givenConfiguration(name: string, world: World): ConfigurationText {
  const path = resolve(world.cwd, name);
  const doc = uriOf(path);
  const answer = nodeReader({ root: resolve(path, '..'), schemas: world.program.schemas }).file(doc);
  if (answer.kind === 'text') return { doc, text: answer.text };
  throw new UsageError(`--config: ${name} ${answer.kind === 'missing' ? 'does not exist' : answer.reason}.`);
}
