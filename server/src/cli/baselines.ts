/** The baselines of a run: marks the findings that they have, and finds entries that no longer match. */
import { flatMap } from '../base/flat-map.ts';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { EMPTY_BASELINE, type Baseline, type BaselineEntry, type PlacedFinding } from '../baseline/baseline.ts';
import { markKnown } from '../baseline/mark-known.ts';
import { matchBaseline, type BaselineFiles, type BaselineMatch } from '../baseline/match-baseline.ts';
import { readBaseline } from '../baseline/read-baseline.ts';
import { documentAt, relativePath } from '../baseline/relative-path.ts';
import { groupedBy } from '../base/groups.ts';
import { folderOf } from '../base/uri.ts';
import type { Uri } from '../base/span.ts';
import { nodeReader } from '../host/node.ts';
import { pathOf } from '../host/uri.ts';
import { includesProfile } from '../model/profile.ts';
import type { ConfigurationProblem, Group, LintedFile, LintOptions, IncompletelyChecked, Outcome } from './lint.ts';
import { shownPath } from './shown-path.ts';
import { UsageError, type World } from './world.ts';

/** The content of a baseline file. */
export interface BaselineFile {
  /** The absolute path. */
  readonly path: string;
  /** The path for users. */
  readonly shown: string;
  /** Undefined if it does not exist. */
  readonly text: string | undefined;
  readonly baseline: Baseline;
  readonly faults: readonly ConfigurationProblem[];
  /** Set if it has another version. It must not be overwritten. */
  readonly otherVersion?: true;
}

/** Whether a text begins as a baseline, so that it can be shown and overwritten. */
export function isBaselineText(text: string): boolean {
  return /^\s*(?:\{\s*"version"|$)/.test(text);
}

/** Reads a baseline. Throws a `UsageError` if the file exists and cannot be read. */
export function baselineFile(doc: Uri, { cwd, program }: Pick<World, 'cwd' | 'program'>): BaselineFile {
  const path = pathOf(doc)!;
  const shown = shownPath(path, cwd);
  const answer = nodeReader({ root: dirname(path), schemas: program.schemas }).file(doc);
  if (answer.kind === 'refused') throw new UsageError(`${shown} ${answer.reason}.`);
  if (answer.kind === 'missing') return { path, shown, text: undefined, baseline: EMPTY_BASELINE, faults: [] };
  const { text } = answer;
  const { baseline, problems, otherVersion } = readBaseline(doc, text);
  return {
    path,
    shown,
    text,
    baseline,
    faults: problems.map((problem) => ({
      path: shown,
      text,
      problem,
      // A file that is not a baseline can have any content.
      confidential: isBaselineText(text) ? [] : [{ start: 0, end: text.length }],
    })),
    ...(otherVersion ? { otherVersion } : {}),
  };
}

/** The findings of files with their paths relative to a baseline. */
export function placedFindingsIn(files: readonly LintedFile[], baseline: Uri): readonly PlacedFinding[] {
  const folder = folderOf(baseline);
  return flatMap(files, ({ document: { findings } }) =>
    findings.map((finding) => ({ path: relativePath(folder, finding.at.doc), finding })),
  );
}

/** What is known about the files of a baseline after a run. */
export function baselineFilesOf(outcome: Outcome, baseline: Uri): BaselineFiles {
  const folder = folderOf(baseline);
  const partly = new Set(outcome.incomplete.map(({ path }) => path));
  const checked = new Set(
    outcome.files
      .filter(
        ({ path, options, document }) =>
          options !== undefined && !partly.has(path) && document.problems.every(({ kind }) => kind !== 'syntax'),
      )
      .map(({ document }) => relativePath(folder, document.doc)),
  );
  const exists = (path: string): boolean => existsSync(pathOf(documentAt(folder, path)) ?? '');
  return { isChecked: (path) => checked.has(path), exists };
}

/** An outcome in which known findings are marked, and the entries of each baseline that no longer match. */
export interface ComparedOutcome {
  readonly outcome: Outcome;
  readonly unused: readonly { readonly file: BaselineFile; readonly entries: readonly BaselineEntry[] }[];
}

/** Compares the findings of a run with the baselines of their files. */
export function comparedWithBaselines(outcome: Outcome, options: LintOptions, world: World): ComparedOutcome {
  const unused: ComparedOutcome['unused'][number][] = [];
  const missing: IncompletelyChecked[] = [];
  const faults: ConfigurationProblem[] = [];
  const files = flatMap(
    [...groupedBy(outcome.files, (one) => one.options?.configuration.baseline?.uri)],
    ([doc, own]) => {
      if (doc === undefined) return own;
      const file = baselineFile(doc, world);
      if (file.text === undefined) {
        if (options.baseline !== undefined) throw new UsageError(`--baseline: ${noBaseline(options.baseline)}`);
        missing.push({ path: file.shown, reason: MISSING });
        return own;
      }
      faults.push(...file.faults);
      const match = matchBaseline(file.baseline, placedFindingsIn(own, doc), baselineFilesOf(outcome, doc));
      const entries = unusedIn(match, file.baseline, own, options, world);
      if (entries.length > 0) unused.push({ file, entries });
      return own.map((one) => ({ ...one, document: markKnown(one.document, match.known) }));
    },
  );
  return {
    outcome: {
      ...outcome,
      files: files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
      failures: [...outcome.failures, ...missing],
      configurationFaults: [...outcome.configurationFaults, ...faults],
    },
    unused,
  };
}

const MISSING = 'does not exist. Run "stackwarden baseline" to create it';

/**
 * The message for a baseline file that is missing, with the command that creates it. `name` is its path as the user
 * gave it.
 */
export function noBaseline(name: string): string {
  return `${name} does not exist. Run "stackwarden baseline --output ${name}" to create it.`;
}

/**
 * The entries that no longer match, if the run could have found them: it has at least the profile and certainty of the
 * baseline, all scenarios, and their rules. Rules of other versions are ignored.
 */
function unusedIn(
  match: BaselineMatch,
  { profile, certainty }: Baseline,
  files: readonly LintedFile[],
  { scenario = [], parameters = [] }: LintOptions,
  { rules, interrupted }: World,
): readonly BaselineEntry[] {
  const runs = flatMap(files, ({ options }) => options ?? []);
  const isWhole =
    scenario.length === 0 &&
    parameters.length === 0 &&
    !interrupted?.() &&
    runs.every(
      (run) => includesProfile(run.profile, profile) && (run.certainty === 'possible' || certainty === 'certain'),
    );
  if (!isWhole) return [];
  const known = new Set(rules.map(({ id }) => id));
  return match
    .unused()
    .filter(({ rule }) => known.has(rule) && runs.every((run) => run.rules === undefined || run.rules.has(rule)));
}

/** Throws a `UsageError` if a run fails on new findings and has no baseline. */
export function requireBaselines(groups: readonly Group[]): void {
  const lacks = groups.some(
    ({ options: { configuration } }) => configuration.failOn === 'new' && !configuration.baseline,
  );
  if (lacks)
    throw new UsageError(
      'Failing on new findings requires a baseline. Run "stackwarden baseline", then use --baseline or the setting "baseline".',
    );
}
