/** The report in SARIF 2.1.0, within the limits of GitHub code scanning. */
import type { Log, ReportingDescriptor } from 'sarif';
import { inertJson } from '../../base/inert.ts';
import { Places } from '../places.ts';
import type { World } from '../world.ts';
import { bySeverity, placedFindings, programOutcome, type LintReport, type PlacedFinding } from './lint-report.ts';
import type { Writer } from './reporter.ts';
import { artifactOf, BASE, baseOf } from './sarif/locations.ts';
import { invocationOf, NOTIFICATION_DESCRIPTORS } from './sarif/notifications.ts';
import { resultOf } from './sarif/results.ts';
import { descriptorOf, unknownDescriptor } from './sarif/rules.ts';

/**
 * The maximum number of results that GitHub accepts in a run. It shows the 5,000 most severe.
 * https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
 */
export const MOST_RESULTS = 25_000;

export const lintSarif: Writer<LintReport> = {
  report: (report, world) => `${inertJson(JSON.stringify(sarifLog(report, world)))}\n`,
  omits: (report) =>
    omission(programOutcome(report).files.reduce((sum, { document }) => sum + document.findings.length, 0)),
};

type SarifWorld = Pick<World, 'program' | 'rules' | 'cwd'>;

export function sarifLog(report: LintReport, { program, rules, cwd }: SarifWorld, most = MOST_RESULTS): Log {
  const { base } = report;
  const outcome = programOutcome(report);
  const all = placedFindings({ outcome, base });
  const placed = mostSevere(all, most);
  const descriptors = descriptorsOf(placed, { program, rules });
  const indexes = new Map(descriptors.map(({ id }, index) => [id, index]));
  const hasBaseline = all.some(({ finding }) => finding.suppressed?.kind === 'baseline');
  const places = new Map(outcome.files.map((file) => [file, new Places(file)]));
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
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
        originalUriBaseIds: { [BASE]: baseOf(base) },
        invocations: [invocationOf(outcome, omission(all.length, most), { base, cwd })],
        artifacts: outcome.files
          .filter(({ document }) => document.format !== 'none')
          .map(({ document }) => ({ location: artifactOf(document.doc, base), roles: ['analysisTarget'] })),
        results: placed.map(({ finding, file }) =>
          resultOf(finding, {
            file,
            places: places.get(file)!,
            base,
            ruleIndex: indexes.get(finding.rule)!,
            hasBaseline,
          }),
        ),
      },
    ],
  };
}

/** The most severe findings, in the order of the files. Suppressed ones are omitted first. */
function mostSevere(all: readonly PlacedFinding[], most: number): readonly PlacedFinding[] {
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

function omission(number: number, most = MOST_RESULTS): string | undefined {
  return number <= most
    ? undefined
    : `GitHub accepts ${most.toLocaleString('en')} results. The ${(number - most).toLocaleString('en')} least severe findings are omitted.`;
}

/** The rules with results, by id. */
function descriptorsOf(
  placed: readonly PlacedFinding[],
  { program, rules }: Pick<World, 'program' | 'rules'>,
): readonly ReportingDescriptor[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return [...new Set(placed.map(({ finding }) => finding.rule))].sort().map((id) => {
    const rule = byId.get(id);
    return rule ? descriptorOf(rule, program) : unknownDescriptor(id);
  });
}
