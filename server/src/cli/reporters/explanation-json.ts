/** The explanation as JSON. The format is stable: fields are added, never changed or removed. */
import { inertJson } from '../../base/inert.ts';
import { LineIndex } from '../../base/line-index.ts';
import type { Span, Uri } from '../../base/span.ts';
import type { Decision, Verdict } from '../../hover/explanation/decision.ts';
import type { Explanation, ExplainedOutcome } from '../../hover/explanation/explanation.ts';
import type { ExplanationReport } from './explanation-text.ts';
import { shownUri } from '../shown-path.ts';
import type { World } from '../world.ts';
import type { Writer } from './reporter.ts';

export const explanationJson: Writer<ExplanationReport> = { report: explanationAsJson };

function explanationAsJson(
  { explained, path, textOf }: ExplanationReport,
  { program, cwd }: Pick<World, 'program' | 'cwd'>,
): string {
  const indexes = new Map<Uri, LineIndex>();
  const place = (span: Span): object => {
    const index = indexes.get(span.doc) ?? new LineIndex(textOf(span.doc));
    indexes.set(span.doc, index);
    return { path: shownUri(span.doc, cwd), range: index.range(span) };
  };
  const { at, owner, explanation, decisions, incomplete } = explained;
  return `${inertJson(
    JSON.stringify({
      version: 1,
      tool: { name: 'stackwarden', version: program.version },
      path,
      range: (place(at) as { readonly range: unknown }).range,
      resource: owner?.address ?? null,
      resourceType: owner?.type ?? null,
      resourcePath: owner?.path ?? null,
      explanation: explanation ? reportExplanation(explanation, place) : null,
      rules: decisions.map(reportDecision),
      incomplete: incomplete === true,
    }),
  )}\n`;
}

function reportExplanation(
  { what, text, parameter, at, definition, outcomes, moreOutcomes, parts }: Explanation,
  place: (span: Span) => object,
): object {
  return {
    what,
    text,
    ...place(at),
    parameter: parameter ?? null,
    definition: definition ? { text: definition.text, ...place(definition.at) } : null,
    outcomes: outcomes.map((outcome) => reportOutcome(outcome, place)),
    moreOutcomes,
    parts: parts.map((part) => reportExplanation(part, place)),
  };
}

function reportOutcome({ result, when, byDefault, from }: ExplainedOutcome, place: (span: Span) => object): object {
  return {
    state: result.state,
    text: result.text,
    byDefault,
    when: when.map(({ kind, name, value }) => ({ kind, name, value })),
    from: from.map(({ what, name, at }) => ({ what, name, ...(at ? place(at) : {}) })),
  };
}

function reportDecision({ rule, title, profile, verdicts, read, assumed }: Decision): object {
  return {
    rule,
    title,
    profile,
    verdicts: verdicts.map(reportVerdict),
    read: read.map(({ path, value }) => ({ path, value: value.text })),
    assumed: assumed.map(({ name, value }) => ({ name, value: value === 'not stated' ? null : value })),
  };
}

function reportVerdict(verdict: Verdict): object {
  if (verdict.what === 'not-applicable' || verdict.what === 'failed') return { what: verdict.what };
  const { what, path, value, when, byDefault } = verdict;
  const judged = {
    what,
    property: path ?? null,
    value: value.text,
    byDefault,
    when: when.map(({ kind, name, value: of }) => ({ kind, name, value: of })),
  };
  if (verdict.what === 'fine') return judged;
  if (verdict.what === 'unclear') return { ...judged, because: verdict.because };
  const { certainty, severity, severityBy, profile, message, because, unreported, noFix } = verdict;
  return {
    ...judged,
    certainty,
    severity,
    severityBy,
    profile,
    message,
    because,
    noFix: noFix ?? null,
    reported: unreported === undefined,
    unreported:
      unreported === undefined
        ? null
        : typeof unreported === 'string'
          ? { why: unreported }
          : { why: 'rule', rule: unreported.by },
  };
}
