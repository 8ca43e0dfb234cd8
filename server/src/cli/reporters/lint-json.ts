/** The JSON report. The format is stable: fields are added, never changed or removed. */
import { flatMap } from '../../base/flat-map.ts';
import type { Covered } from '../../model/covered.ts';
import type { Finding, Problem } from '../../model/finding.ts';
import { SEVERITIES } from '../../model/severity.ts';
import type { Suppressed } from '../../model/suppression.ts';
import type { LintedFile, Outcome } from '../lint.ts';
import type { AnyRule } from '../../rules/rule.ts';
import { Places } from '../places.ts';
import { shownUri } from '../shown-path.ts';
import type { World } from '../world.ts';
import { programOutcome, type LintReport } from './lint-report.ts';
import { activeFindings } from '../lint.ts';
import { listPieces, objectPieces, onePiece } from './json-pieces.ts';
import type { Writer } from './reporter.ts';

/** All findings, for programs. */
export const lintJson: Writer<LintReport> = {
  uses: () => ({ fixes: 'all' }),
  report: (report, world) => [...lintJson.pieces!(report, world)].join(''),
  pieces: (report, world) => jsonPieces(report.outcome, world, programOutcome(report).files),
};

/** The whole outcome as one line of JSON. Suppressed findings can be missing in `files`; the summary counts them. */
export function jsonReport(outcome: Outcome, world: JsonWorld, files = outcome.files): string {
  return [...jsonPieces(outcome, world, files)].join('');
}

type JsonWorld = Pick<World, 'program' | 'cwd' | 'rules'>;

function* jsonPieces(
  outcome: Outcome,
  { program, cwd, rules }: JsonWorld,
  files: readonly LintedFile[],
): Generator<string> {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  yield* objectPieces({
    version: 1,
    tool: { name: 'stackwarden', version: program.version },
    summary: summaryOf(outcome),
    incomplete: outcome.incomplete.map(({ path, reason }) => ({ path, reason })),
    files: listPieces(files, (file) => filePieces(file, cwd, byId)),
  });
  yield '\n';
}

/** The numbers of findings. Suppressed ones are in no other number. */
function summaryOf({ files }: Outcome): object {
  const all = flatMap(files, ({ document }) => document.findings);
  const active = flatMap(files, ({ document }) => activeFindings(document));
  const baseline = all.filter(({ suppressed }) => suppressed?.kind === 'baseline').length;
  return {
    findings: active.length,
    possible: active.filter(({ certainty }) => certainty === 'possible').length,
    severities: Object.fromEntries(
      SEVERITIES.map((severity) => [severity, active.filter((finding) => finding.severity === severity).length]),
    ),
    suppressed: all.length - active.length - baseline,
    baseline,
  };
}

/** The metadata of the rules that a report shows with their findings, by id. */
type RulesById = ReadonlyMap<string, Pick<AnyRule, 'aliases' | 'controls'>>;

function filePieces(file: LintedFile, cwd: string, rules: RulesById): Iterable<string> {
  const places = new Places(file);
  const { format, reason, problems, findings, inputs } = file.document;
  return objectPieces({
    path: file.path,
    format,
    reason,
    problems: problems.map((problem) => reportProblem(problem, places)),
    findings: listPieces(findings, (finding) => onePiece(reportFinding(finding, places, cwd, rules))),
    deployments: inputs?.deployments ?? [],
    scenario:
      inputs?.scenario.map(({ kind, name, value }) => ({
        kind,
        name,
        value: kind === 'condition' ? value === 'true' : value,
      })) ?? [],
  });
}

function reportProblem({ message, at, kind }: Problem, places: Places): object {
  return { message, range: places.range(at.doc, at), kind };
}

function reportFinding(finding: Finding, places: Places, cwd: string, rules: RulesById): object {
  const rule = rules.get(finding.rule);
  return {
    rule: finding.rule,
    severity: finding.severity,
    certainty: finding.certainty,
    message: finding.message,
    topic: finding.topic,
    range: places.range(finding.at.doc, finding.at),
    resource: finding.resource,
    resourceType: finding.resourceType,
    ...(finding.construct === undefined ? {} : { construct: finding.construct }),
    subjects: finding.subjects,
    path: finding.path,
    when: finding.when.map(({ kind, name, value }) => ({ kind, name, value })),
    aliases: { ...noneOf(rule?.aliases ?? {}), ...finding.aliases },
    controls: { ...noneOf(rule?.controls ?? {}), ...finding.controls },
    related: finding.related.map(({ at, message }) => ({
      path: shownUri(at.doc, cwd),
      range: places.range(at.doc, at),
      message,
    })),
    fingerprint: finding.fingerprint,
    suppressed: finding.suppressed ? reportSuppression(finding.suppressed, places, cwd) : null,
    fixes: finding.fixes.map(({ title, safe, edits }) => ({
      title,
      safe,
      edits: edits.map(({ doc, range, newText }) => ({
        path: shownUri(doc, cwd),
        range: places.range(doc, range),
        newText,
      })),
    })),
    refusedFixes: finding.refused.map(({ title, safe, reason }) => ({ title, safe, reason })),
  };
}

function reportSuppression({ kind, tool, reason, until, at }: Suppressed, places: Places, cwd: string): object {
  return {
    kind,
    tool,
    reason: reason ?? null,
    until: until ?? null,
    path: at ? shownUri(at.doc, cwd) : null,
    range: at ? places.range(at.doc, at) : null,
  };
}

/**
 * An empty list for each tool or standard of a rule. A program then sees that its checks or controls are about other
 * findings of the rule, and does not fall back on those of the rule.
 */
function noneOf(ids: NonNullable<Covered[keyof Covered]>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.keys(ids).map((name) => [name, []]));
}
