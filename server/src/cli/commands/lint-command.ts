import { flatMap } from '../../base/flat-map.ts';
import { resolve } from 'node:path';
import { groupedBy } from '../../base/groups.ts';
import { inert, inertLines } from '../../base/inert.ts';
import type { Steps } from '../../base/steps.ts';
import { some } from '../../base/words.ts';
import type { FailOn } from '../../config/configuration.ts';
import type { Certainty, Profile } from '../../model/finding.ts';
import { repositoryOf } from '../../host/root.ts';
import {
  checkDestinations,
  destinationsOf,
  writingReports,
  type Destination,
  type OutputFlags,
} from './destinations.ts';
import { comparedWithBaselines, requireBaselines, type ComparedOutcome } from '../baselines.ts';
import { changedAmong } from '../changed-files.ts';
import { exitCode } from '../exit-code.ts';
import { fixed, patchOf, writeFixes, type Fixed } from '../batches/fix.ts';
import type { UsedDetails } from '../formats.ts';
import { inputsOf } from '../inputs.ts';
import { scenarioTerms } from '../given-parameters.ts';
import { groupsOf, partlyChecked, type IncompletelyChecked, type Outcome } from '../lint.ts';
import { lint } from '../batches/lint.ts';
import { shownPath } from '../shown-path.ts';
import { secretFindings } from '../secret-lines.ts';
import { checkedFiles, count } from '../summary.ts';
import { textProblem } from '../reporters/lint-text.ts';
import type { LintReport } from '../reporters/lint-report.ts';
import { LINT_REPORTERS } from '../reporters/lint-reporters.ts';
import { EXIT, UsageError, type Exit, type World } from '../world.ts';
import type { CommandAction } from './action-steps.ts';

interface LintFlags extends OutputFlags {
  readonly profile?: Profile;
  readonly certainty?: Certainty;
  readonly failOn?: FailOn;
  readonly maxFindings: number;
  readonly quiet?: boolean;
  readonly statistics?: boolean;
  readonly excludeSuppressed?: boolean;
  readonly fix?: boolean;
  readonly fixDryRun?: boolean;
  readonly root?: string;
  readonly config?: string;
  readonly scenario?: readonly string[];
  readonly parameters?: readonly string[];
  readonly stdinFilename?: string;
  readonly filesFrom?: string;
  readonly allowEmpty?: boolean;
  /** Path patterns in the syntax of `.gitignore`. */
  readonly exclude?: readonly string[];
  /** `RULE=LEVEL`. */
  readonly ruleSeverity?: readonly string[];
  /** Selectors of rules, in lists separated by commas. */
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  readonly baseline?: string;
  readonly strictBaseline?: boolean;
  readonly changedSince?: string;
}

const NOTHING_FIXED: Fixed = { files: [], findings: 0, refused: [] };

/** Checks the named files, or fixes them. */
export function lintAction(world: World): CommandAction {
  return (paths: string[], flags: LintFlags) => lintCommand(paths, flags, world);
}

/** Checks files and reports findings; with `--fix`, after applying safe fixes. */
function* lintCommand(paths: readonly string[], flags: LintFlags, world: World): Steps<Exit> {
  if (flags.fix && flags.stdinFilename !== undefined)
    throw new UsageError('--fix cannot be combined with --stdin-filename. Use --fix-dry-run to print the changes.');
  const destinations = destinationsOf(LINT_REPORTERS, flags, world.cwd);
  const forPrograms = destinations.some(({ reporter, file }) => !file && reporter.forPrograms);
  const say = forPrograms ? world.err : world.out;
  const named = inputsOf(paths, flags, world);
  const inputs = flags.changedSince === undefined ? named : changedAmong(named, flags.changedSince, flags, world);
  checkDestinations(
    destinations,
    inputs.files.filter(({ explicit }) => explicit).map(({ path }) => path),
  );
  // A patch on standard output replaces the report for people.
  const reports = destinations.filter(({ reporter, file }) => file || reporter.forPrograms || !flags.fixDryRun);
  const options = { ...flags, used: usedBy(reports, flags) };
  const before = groupsOf(inputs, options, world);
  requireBaselines(before.groups);
  if (before.ignored > 0)
    world.err(
      `stackwarden: ${count(before.ignored, 'file')} ${before.ignored === 1 ? 'was' : 'were'} not checked: excluded by .gitignore.\n`,
    );
  for (const { setting, pattern } of before.unmatched)
    world.err(`stackwarden: ${inert(`The pattern "${pattern}" of "${setting}" matches no file.`)}\n`);
  const fixes = flags.fix || flags.fixDryRun ? yield* fixed(before.groups, world) : NOTHING_FIXED;
  const unwritten = flags.fix ? writeFixes(fixes.files, world.cwd) : [];
  // Written files are read again, so that the report describes their current content.
  const found = withFailures(
    yield* lint(flags.fix ? groupsOf(inputs, options, world) : before, inputs, world),
    unwritten,
  );
  const { outcome, unused } = comparedWithBaselines(found, flags, world);
  yield { stage: 'reporting', done: 0, total: 0 };

  // An old report in a checked directory is not a document.
  checkDestinations(destinations, documentPaths(outcome, world.cwd));
  sayUnknown(outcome, flags, world);
  printProblems(outcome, world);
  // The lines of a short report are findings only, so that programs can read them.
  const isShort = flags.quiet === true && !forPrograms;
  if (isShort || destinations.every(({ reporter }) => reporter.withoutIncomplete)) sayIncomplete(outcome, world);
  const unreported = yield* writingReports(reports, reportOf(outcome, inputs.described, flags, world), world);
  for (const { path, reason } of unreported) world.err(`stackwarden: ${inert(`--output: ${path} ${reason}.`)}\n`);
  if (flags.fix) {
    sayFixed(fixes, unwritten, world.cwd, say);
    sayRefused(fixes, 'with places', say);
  }
  if (flags.fixDryRun) {
    sayPatch(fixes, outcome, world, say);
    // The lines are those of the fixed files, which are not written.
    sayRefused(fixes, 'without places', world.err);
  }
  if (unreported.length > 0) return EXIT.unusable;
  sayUnused(unused, world);
  const exit = exitCode(outcome, flags.maxFindings);
  if (exit === EXIT.clean && flags.strictBaseline && unused.length > 0) return EXIT.findings;
  const canBeEmpty = flags.allowEmpty || flags.changedSince !== undefined;
  if (exit !== EXIT.clean || canBeEmpty || checkedFiles(outcome.files).length > 0) return exit;
  world.err('stackwarden: Nothing was checked. Use --allow-empty if that is expected.\n');
  return EXIT.unusable;
}

/** What the reports of a run use together. */
function usedBy(reports: readonly Destination<LintReport>[], flags: LintFlags): UsedDetails {
  return reports
    .map(({ reporter }) => reporter.uses?.(flags) ?? {})
    .reduce(
      (all, one) => ({
        ...all,
        ...one,
        ...(all.secrets === 'all' ? { secrets: 'all' } : {}),
        ...(all.fixes === 'all' ? { fixes: 'all' } : {}),
      }),
      {},
    );
}

/** The absolute paths of the files that were checked. */
function documentPaths({ files }: Outcome, cwd: string): readonly string[] {
  return files.filter(({ document }) => document.format !== 'none').map(({ path }) => resolve(cwd, path));
}

function reportOf(outcome: Outcome, named: string, flags: LintFlags, { cwd }: World): LintReport {
  const { certainty = 'certain', quiet = false, statistics = false, excludeSuppressed = false } = flags;
  return { outcome, named, certainty, base: repositoryOf(cwd) ?? cwd, quiet, statistics, excludeSuppressed };
}

function withFailures(outcome: Outcome, more: readonly IncompletelyChecked[]): Outcome {
  return { ...outcome, failures: [...outcome.failures, ...more], incomplete: [...outcome.incomplete, ...more] };
}

/**
 * Prints unreadable files, configuration problems and unsupported named files to standard error.
 */
export function printProblems(
  { files, failures, unchecked, excluded, configurationFaults }: Outcome,
  world: World,
): void {
  if (excluded.length > 0)
    world.err(
      `stackwarden: ${inert(`${some(excluded, 3)} ${excluded.length === 1 ? 'was' : 'were'} not checked: excluded by the configuration.`)}\n`,
    );
  for (const { path, reason } of failures) world.err(`stackwarden: ${inert(`${path} ${reason}.`)}\n`);
  if (unchecked.length > 0)
    world.err(
      `stackwarden: Interrupted. ${count(unchecked.length, 'file')} ${unchecked.length === 1 ? 'was' : 'were'} not checked.\n`,
    );
  for (const { path, text, problem, confidential } of configurationFaults)
    world.err(textProblem(path, text, problem, confidential, world));
  for (const { path, explicit, document } of files) {
    if (!explicit || document.format !== 'none' || failures.some((failure) => failure.path === path)) continue;
    world.err(`stackwarden: ${inert(`${path} was not checked: ${document.reason}.`)}\n`);
  }
}

/** Prints a line for each file with incomplete results. */
function sayIncomplete(outcome: Outcome, world: World): void {
  for (const [path, missed] of groupedBy(partlyChecked(outcome), ({ path }) => path))
    world.err(
      `stackwarden: Incomplete results for ${inert(`${path}: ${missed.map(({ reason }) => reason).join('; ')}.`)}\n`,
    );
}

/** Prints how many entries of baselines no longer match a finding. */
function sayUnused(unused: ComparedOutcome['unused'], world: World): void {
  for (const { file, entries } of unused) {
    const number = entries.reduce((sum, entry) => sum + entry.count, 0);
    world.err(
      `stackwarden: ${inert(`${count(number, 'finding')} in ${file.shown} no longer exist${number === 1 ? 's' : ''}.`)} Run "stackwarden baseline --prune".\n`,
    );
  }
}

/** Prints the names in --scenario that match no template, because all scenarios are checked then. */
function sayUnknown({ files }: Outcome, { scenario = [] }: LintFlags, world: World): void {
  const known = new Set(flatMap(files, ({ document }) => document.inputs?.scenario.map(({ name }) => name) ?? []));
  for (const { name, value } of scenarioTerms(scenario)) {
    if (known.has(name)) continue;
    const canBeCondition = /^(?:true|false)$/i.test(value);
    world.err(
      `stackwarden: --scenario: ${inert(`No template has a ${canBeCondition ? 'condition or ' : ''}parameter named ${name} that can have this value.`)}${canBeCondition ? '' : ' Conditions are true or false.'}\n`,
    );
  }
}

function sayFixed(
  { files, findings }: Fixed,
  unwritten: readonly IncompletelyChecked[],
  cwd: string,
  say: World['out'],
): void {
  const changed = files
    .map(({ path }) => shownPath(path, cwd))
    .filter((path) => !unwritten.some((failure) => failure.path === path))
    .map(inert);
  if (changed.length === 0) return say('No safe fixes were applied.\n');
  // If a file could not be written, the number of fixed findings is unknown.
  const done = unwritten.length === 0 ? `Fixed ${count(findings, 'finding')} in` : 'Changed';
  say(`${done} ${changed.length === 1 ? changed[0]! : `${count(changed.length, 'file')}: ${changed.join(', ')}`}.\n`);
}

/** Prints why safe fixes are not applicable, most frequent reason first. */
function sayRefused({ refused }: Fixed, where: 'with places' | 'without places', say: World['out']): void {
  const sorted = refused.toSorted((a, b) => b.places.length - a.places.length);
  for (const { reason, places } of sorted.slice(0, MOST_REASONS)) {
    const listed = where === 'with places' ? ` (${some([...new Set(places)], MOST_PLACES)})` : '';
    say(inert(`${notApplied(places.length, 'safe fix', 'safe fixes')}${listed}: ${reason}`) + '\n');
  }
  const rest = sorted.slice(MOST_REASONS).reduce((sum, { places }) => sum + places.length, 0);
  if (rest > 0) say(`${notApplied(rest, 'more safe fix', 'more safe fixes')} for other reasons.\n`);
}

function notApplied(number: number, one: string, several: string): string {
  return `${number} ${number === 1 ? `${one} was` : `${several} were`} not applied`;
}

/** The maximum number of printed reasons, and of places for each. */
const MOST_REASONS = 5;
const MOST_PLACES = 3;

function sayPatch({ files, findings }: Fixed, outcome: Outcome, world: World, say: World['out']): void {
  const secrets = flatMap(outcome.files, ({ document }) => secretFindings(document.findings));
  const { text, withheld, bare } = patchOf(files, world.cwd, (doc) => secrets.filter((at) => at.doc === doc));
  // A patch that is piped or redirected has to be exact.
  say(world.display.terminal ? inertLines(text) : text);
  world.err(
    files.length === 0
      ? 'No safe fixes available.\n'
      : `${count(findings, 'finding')} in ${count(files.length, 'file')} can be fixed. No files were written.\n`,
  );
  if (withheld.length > 0)
    world.err(
      `${count(withheld.length, 'change')} on lines with secrets ${withheld.length === 1 ? 'is' : 'are'} not shown: ${withheld.map(inert).join(', ')}. Use --fix to apply ${withheld.length === 1 ? 'it' : 'them'}.\n`,
    );
  if (bare)
    world.err(
      'Lines with secrets are omitted from the context. Apply the patch with "git apply --unidiff-zero" or "patch -p1".\n',
    );
}
