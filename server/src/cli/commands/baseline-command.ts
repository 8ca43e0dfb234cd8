/** `stackwarden baseline`: records the current findings, or removes entries that no longer match. */
import { dirname, join, resolve } from 'node:path';
import { baselineEntries, mergedEntries, type Baseline, type BaselineEntry } from '../../baseline/baseline.ts';
import { matchBaseline } from '../../baseline/match-baseline.ts';
import { relativePath } from '../../baseline/relative-path.ts';
import { baselineText } from '../../baseline/write-baseline.ts';
import { BASELINE_FILE, CONFIGURATION_FILE } from '../../base/configuration-file.ts';
import { flatMap } from '../../base/flat-map.ts';
import { groupedBy } from '../../base/groups.ts';
import { inert, inertLines } from '../../base/inert.ts';
import type { Uri } from '../../base/span.ts';
import type { Steps } from '../../base/steps.ts';
import { folderOf } from '../../base/uri.ts';
import { findConfiguration } from '../../config/find-configuration.ts';
import { nodeReader } from '../../host/node.ts';
import { rootOf } from '../../host/root.ts';
import { uriOf } from '../../host/uri.ts';
import { replaceOrCreate, uninterrupted, writeText } from '../../host/write.ts';
import type { Finding } from '../../model/finding.ts';
import { baselineFile, baselineFilesOf, placedFindingsIn, type BaselineFile, isBaselineText } from '../baselines.ts';
import { inputsOf } from '../inputs.ts';
import { printProblems } from './lint-command.ts';
import { groupsOf, type LintedFile, type LintOptions, type Outcome } from '../lint.ts';
import { lint } from '../batches/lint.ts';
import { textProblem } from '../reporters/lint-text.ts';
import { severityCounts, count } from '../summary.ts';
import { EXIT, Interruption, UsageError, type Exit, type World } from '../world.ts';

export interface BaselineFlags extends LintOptions {
  readonly output?: string;
  readonly prune?: boolean;
}

/** Records findings, or removes entries. */
export function* baselineCommand(paths: readonly string[], flags: BaselineFlags, world: World): Steps<Exit> {
  const { prune = false, scenario = [], parameters = [] } = flags;
  if (prune && scenario.length + parameters.length > 0)
    throw new UsageError('--prune cannot be combined with --scenario or --parameters, which hide findings.');
  const inputs = inputsOf(paths, {}, world);
  // All findings count when entries are removed, whatever was recorded.
  const options: LintOptions = prune ? { ...flags, profile: 'strict', certainty: 'possible' } : flags;
  const outcome = yield* lint(groupsOf(inputs, options, world), inputs, world);
  if (outcome.unchecked.length > 0) throw new Interruption('Interrupted. The baseline was not changed.');
  printProblems(outcome, world);

  const home = configurationFolder(flags, world);
  const other = `${home}/${BASELINE_FILE}`;
  const given = flags.output === undefined ? undefined : uriOf(resolve(world.cwd, flags.output));
  const targets = groupedBy(outcome.files, ({ options }) => given ?? options?.configuration.baseline?.uri ?? other);
  if (targets.size === 0) targets.set(given ?? other, []);
  const done = [...targets].map(([doc, files]) =>
    prune ? pruned(doc, files, outcome, world) : recorded(doc, files, outcome, home, world),
  );
  const isWritten = done.every((one) => written(one, world));
  return isWritten && outcome.failures.length === 0 && outcome.configurationFaults.length === 0
    ? EXIT.clean
    : EXIT.unusable;
}

/** A baseline to write, and the message about it. */
interface NewBaseline {
  readonly file: BaselineFile;
  readonly baseline: Baseline;
  readonly message: string;
}

function recorded(doc: Uri, files: readonly LintedFile[], outcome: Outcome, home: Uri, world: World): NewBaseline {
  const file = readable(doc, world);
  for (const { path, text, problem, confidential } of file.faults)
    world.err(textProblem(path, text, problem, confidential, world));
  const placed = placedFindingsIn(files, doc);
  const { isChecked, exists } = baselineFilesOf(outcome, doc);
  const known = new Set(world.rules.map(({ id }) => id));
  const kept = file.baseline.entries.filter(
    ({ path, rule }) => !(isChecked(path) && known.has(rule)) && (isChecked(path) || exists(path)),
  );
  const entries = withoutKept(baselineEntries(placed), kept);
  const match = matchBaseline(file.baseline, placed, { isChecked, exists });
  const findings = flatMap(placed, ({ finding }) => (finding.suppressed === null ? finding : []));
  const fresh = findings.filter((finding) => !match.known.has(finding)).length;
  const { profile, certainty } = files.find(({ options }) => options)?.options ?? file.baseline;
  return {
    file,
    baseline: { profile, certainty, entries: mergedEntries([...entries, ...kept]) },
    message: `${recordedText(findings)} in ${file.shown}.${file.text === undefined ? hint(files, file, home) : changes(fresh, match.unused())}`,
  };
}

/** Entries for the findings of files that are known only in part are not counted twice. */
function withoutKept(entries: readonly BaselineEntry[], kept: readonly BaselineEntry[]): readonly BaselineEntry[] {
  const paths = new Set(kept.map(({ path, rule }) => JSON.stringify([path, rule])));
  return entries.filter(({ path, rule }) => !paths.has(JSON.stringify([path, rule])));
}

function recordedText(findings: readonly Finding[]): string {
  return findings.length === 0
    ? 'Recorded no findings'
    : `Recorded ${count(findings.length, 'finding')} (${severityCounts(findings)})`;
}

function changes(fresh: number, removed: readonly BaselineEntry[]): string {
  const gone = sumOf(removed);
  return `${fresh === 0 ? '' : ` ${fresh} ${fresh === 1 ? 'is' : 'are'} new.`}${gone === 0 ? '' : ` ${count(gone, 'finding')} no longer exist${gone === 1 ? 's' : ''}.`}`;
}

/** How to use a new baseline, if it is not configured. */
function hint(files: readonly LintedFile[], { path, shown }: BaselineFile, home: Uri): string {
  const doc = uriOf(path);
  if (files.some(({ options }) => options?.configuration.baseline?.uri === doc)) return '';
  const name = relativePath(home, doc);
  return `\nAdd "baseline: ${name}" to ${CONFIGURATION_FILE}, or run "stackwarden lint --baseline ${shown}".`;
}

function pruned(doc: Uri, files: readonly LintedFile[], outcome: Outcome, world: World): NewBaseline {
  const file = readable(doc, world);
  if (file.text === undefined) throw new UsageError(`${file.shown} does not exist.`);
  if (file.faults.length > 0) {
    const [{ path, text, problem, confidential }] = file.faults as [BaselineFile['faults'][number]];
    world.err(textProblem(path, text, problem, confidential, world));
    throw new UsageError(`${file.shown} has errors. Fix them, or run "stackwarden baseline" to record it again.`);
  }
  const known = new Set(world.rules.map(({ id }) => id));
  const unused = matchBaseline(file.baseline, placedFindingsIn(files, doc), baselineFilesOf(outcome, doc))
    .unused()
    .filter(({ rule }) => known.has(rule));
  const entries = subtracted(file.baseline.entries, unused);
  const removed = sumOf(unused);
  return {
    file,
    baseline: { ...file.baseline, entries },
    message: `${removed === 0 ? 'Removed no findings' : `Removed ${count(removed, 'finding')}`} from ${file.shown}. ${count(sumOf(entries), 'finding')} ${sumOf(entries) === 1 ? 'remains' : 'remain'}.`,
  };
}

/** Entries without others, each of which is one of them with the same or a smaller number. */
function subtracted(entries: readonly BaselineEntry[], less: readonly BaselineEntry[]): readonly BaselineEntry[] {
  return mergedEntries([...entries, ...less.map((entry) => ({ ...entry, count: -entry.count }))]).filter(
    ({ count: left }) => left > 0,
  );
}

function sumOf(entries: readonly BaselineEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.count, 0);
}

/** A baseline that can be overwritten. */
function readable(doc: Uri, world: World): BaselineFile {
  const file = baselineFile(doc, world);
  if (file.text !== undefined && !isBaselineText(file.text))
    throw new UsageError(`${file.shown} is not a baseline and is not overwritten.`);
  if (file.otherVersion) throw new UsageError(`${file.shown}: ${file.faults[0]!.problem.message}`);
  return file;
}

/** Writes a baseline, and reports whether that succeeded. */
function written({ file: { path, shown, text: before }, baseline, message }: NewBaseline, world: World): boolean {
  const plain = baselineText(baseline);
  const text = before?.includes('\r\n') ? plain.replaceAll('\n', '\r\n') : plain;
  const reason =
    text === before
      ? undefined
      : uninterrupted(() => (before === undefined ? replaceOrCreate(path, text) : writeText(path, before, text)));
  if (reason !== undefined) world.err(`stackwarden: ${inert(`${shown} ${reason}.`)}\n`);
  else world.out(`${inertLines(message)}\n`);
  return reason === undefined;
}

/** The folder of the configuration of the current directory, else the current directory. */
function configurationFolder({ config, root }: LintOptions, { cwd, program }: World): Uri {
  if (config !== undefined) return uriOf(dirname(resolve(cwd, config)));
  const beside = join(cwd, BASELINE_FILE);
  const top = rootOf(beside, { root: root === undefined ? undefined : resolve(cwd, root), current: cwd });
  const reader = nodeReader({ root: top, schemas: program.schemas });
  const found = findConfiguration(reader, uriOf(beside), uriOf(top));
  return found ? folderOf(found.doc) : uriOf(cwd);
}
