/** The report in SARIF 2.1.0, within the limits of GitHub code scanning. */
import { flatMap } from '../../base/flat-map.ts';
import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import type { LintedFile } from '../lint.ts';
import { Places } from '../places.ts';
import type { World } from '../world.ts';
import { listPieces, objectPieces, onePiece } from './json-pieces.ts';
import { bySeverity, programOutcome, type LintReport, type LocatedFinding } from './lint-report.ts';
import type { Writer } from './reporter.ts';
import { artifactOf, BASE, baseLocation } from './sarif/locations.ts';
import { invocationOf, NOTIFICATION_DESCRIPTORS } from './sarif/notifications.ts';
import { resultOf, type SarifResultContext } from './sarif/results.ts';
import { descriptorOf, unknownDescriptor } from './sarif/rules.ts';

/**
 * The maximum number of results that GitHub accepts in a run. It shows the 5,000 most severe.
 * https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
 */
export const MAX_RESULTS = 25_000;

export const lintSarif: Writer<LintReport> = {
  uses: () => ({ secrets: 'all', fixes: 'all' }),
  report: (report, world) => [...lintSarif.pieces!(report, world)].join(''),
  pieces: (report, world) => sarifPieces(report, world),
  omits: (report) =>
    omission(programOutcome(report).files.reduce((sum, { document }) => sum + document.findings.length, 0)),
};

type SarifWorld = Pick<World, 'program' | 'rules' | 'cwd'>;

function* sarifPieces(report: LintReport, world: SarifWorld): Generator<string> {
  const { run, results, ...log } = sarifParts(report, world, MAX_RESULTS);
  yield* objectPieces({
    ...log,
    runs: listPieces([run], (one) => objectPieces({ ...one, results: listPieces(results, onePiece) })),
  });
  yield '\n';
}

/** The report as one SARIF object, with at most `most` results. `lintSarif` writes the same in pieces. */
export function sarifLog(report: LintReport, world: SarifWorld, most = MAX_RESULTS): Log {
  const { run, results, ...log } = sarifParts(report, world, most);
  return { ...log, runs: [{ ...run, results: [...results] }] };
}

/** A log with one run, whose results are made one by one. */
interface SarifParts extends Omit<Log, 'runs'> {
  readonly run: Omit<Run, 'results'>;
  readonly results: Iterable<Result>;
}

function sarifParts(report: LintReport, { program, rules, cwd }: SarifWorld, most: number): SarifParts {
  const { base } = report;
  const outcome = programOutcome(report);
  const all = flatMap(outcome.files, (file) => file.document.findings.map((finding) => ({ finding, file })));
  const reported = mostSevere(all, most);
  const descriptors = descriptorsOf(reported, { program, rules });
  const indexes = new Map(descriptors.map(({ id }, index) => [id, index]));
  const hasBaseline = all.some(({ finding }) => finding.suppressed?.kind === 'baseline');
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    run: {
      tool: {
        driver: {
          name: 'Stackwarden',
          version: program.version,
          semanticVersion: program.version,
          ...(program.repository === undefined ? {} : { informationUri: program.repository }),
          rules: [...descriptors],
          notifications: [...NOTIFICATION_DESCRIPTORS],
        },
      },
      columnKind: 'utf16CodeUnits',
      newlineSequences: ['\r\n', '\n', '\r'],
      originalUriBaseIds: { [BASE]: baseLocation(base) },
      invocations: [invocationOf(outcome, omission(all.length, most), { base, cwd })],
      artifacts: outcome.files
        .filter(({ document }) => document.format !== 'none')
        .map(({ document }) => ({ location: artifactOf(document.doc, base), roles: ['analysisTarget'] })),
    },
    results: resultsOf(reported, { base, indexes, hasBaseline }),
  };
}

/**
 * The results, created one at a time when the report is written. The findings of a file are adjacent, so only its lines
 * are known.
 */
function* resultsOf(
  reported: readonly FindingOf[],
  {
    base,
    indexes,
    hasBaseline,
  }: Pick<SarifResultContext, 'base' | 'hasBaseline'> & { indexes: ReadonlyMap<string, number> },
): Generator<Result> {
  let last: LintedFile | undefined;
  let places: Places | undefined;
  for (const { finding, file } of reported) {
    if (!places || file !== last) places = new Places(file);
    last = file;
    yield resultOf(finding, { file, places, base, ruleIndex: indexes.get(finding.rule)!, hasBaseline });
  }
}

/** A finding with its file. */
type FindingOf = Pick<LocatedFinding, 'finding' | 'file'>;

/** The most severe findings, in the order of the files. Suppressed ones are omitted first. */
function mostSevere(all: readonly FindingOf[], most: number): readonly FindingOf[] {
  if (all.length <= most) return all;
  const kept = new Set(
    all
      .toSorted(
        (a, b) => Number(a.finding.suppressed !== null) - Number(b.finding.suppressed !== null) || bySeverity(a, b),
      )
      .slice(0, most),
  );
  return all.filter((placed) => kept.has(placed));
}

function omission(number: number, most = MAX_RESULTS): string | undefined {
  return number <= most
    ? undefined
    : `GitHub accepts ${most.toLocaleString('en')} results. The ${(number - most).toLocaleString('en')} least severe findings are omitted.`;
}

/** The rules with results, by id. */
function descriptorsOf(
  reported: readonly FindingOf[],
  { program, rules }: Pick<World, 'program' | 'rules'>,
): readonly ReportingDescriptor[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return [...new Set(reported.map(({ finding }) => finding.rule))].sort().map((id) => {
    const rule = byId.get(id);
    return rule ? descriptorOf(rule, program) : unknownDescriptor(id);
  });
}
