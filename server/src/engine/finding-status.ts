/** What becomes of the drafts that an explanation finds: whether they are reported, and have a fix. */
import { withinSteps } from '../base/budget.ts';
import { flatMap } from '../base/flat-map.ts';
import { memoize, memoizeName } from '../base/memoize.ts';
import { once } from '../base/once.ts';
import { sameSpan } from '../base/span.ts';
import type { Finding } from '../model/finding.ts';
import { includesProfile } from '../model/profile.ts';
import { RULES } from '../rules/index.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { AnalysisOptions } from './analysis.ts';
import type { AnalyzedStacks } from './analyzed-stacks.ts';
import type { ExplainedStack } from './explained-stack.ts';
import { fixesWithin, type FixesOf } from './fix.ts';
import type { Draft } from './report.ts';
import type { Reporting } from './reporting.ts';
import { ruleNamed, relatedRules } from './related-rules.ts';
import { settled } from './settle.ts';
import type { Suppressions } from './suppressing.ts';
import type { FindingStatus } from './verdicts.ts';

/** The maximum number of steps to find out why a finding has no fix. */
const STEPS_OF_REFUSAL = 20_000;

/** The finding of the analysis that a draft became; undefined if that is not known. */
export type ReportedAs = (draft: Draft) => Finding | undefined;

/** The findings of the analysis of some stacks. */
export const reportedIn = memoize((stacks: AnalyzedStacks): ReportedAs => {
  const keyOf = ({ rule, at }: Pick<Draft, 'rule' | 'at'>): string => `${rule} ${at.start} ${at.end}`;
  const inDocument = memoizeName(
    (doc) => new Map((stacks.findingsIn?.(doc) ?? []).map((finding) => [keyOf(finding), finding])),
  );
  return (draft) => inDocument(draft.at.doc).get(keyOf(draft));
});

/** The reported drafts of rules of a group in a stack. */
type ReportsOf = (rules: readonly AnyRule[]) => { readonly reported: readonly Draft[]; readonly keys: Set<string> };

const lastReports = new WeakMap<ExplainedStack, { readonly key: string; readonly of: ReportsOf }>();

/** The reported drafts of a stack, which are the same for all positions as long as the same is reported. */
function knownReports(explained: ExplainedStack, reporting: Reporting): ReportsOf {
  const { key, isReported } = reporting;
  const known = lastReports.get(explained);
  if (known?.key === key) return known.of;
  const of = memoize((rules: readonly AnyRule[]) => {
    const reported = settled(explained.draftsOf(rules), RULES, isReported);
    // A finding that is folded into another one with the same cause is reported with it.
    return { reported, keys: new Set(flatMap(reported, (one) => [one, ...(one.folded ?? [])]).map(keyOfDraft)) };
  });
  lastReports.set(explained, { key, of });
  return of;
}

function keyOfDraft({ rule, at }: Draft): string {
  return `${rule} ${at.doc} ${at.start} ${at.end}`;
}

/** Why a finding is not reported, for the same reasons as in an analysis. */
export function unreportedOf(
  explained: ExplainedStack,
  reportedAs: ReportedAs,
  reporting: Reporting,
  suppressions: Suppressions,
): FindingStatus['unreported'] {
  const { isReported } = reporting;
  const reportedOf = once(() => knownReports(explained, reporting));
  return (draft) => {
    if (reportedAs(draft)) return suppressions.of(draft) ? 'suppressed' : undefined;
    const { reported, keys: reportedKeys } = reportedOf()(relatedRules(draft.rule));
    if (reportedKeys.has(keyOfDraft(draft))) return suppressions.of(draft) ? 'suppressed' : undefined;
    // One that is covered here is not reported in any profile.
    const covering = reported.find(
      ({ rule, subjects }) =>
        takesOver(rule, draft.rule) && subjects.some((subject) => draft.subjects.includes(subject)),
    );
    if (covering) return { by: covering.rule };
    const applied = reporting.in(draft.at.doc);
    if (applied.isOff(draft.rule)) return 'off';
    if (!applied.isForced(draft.rule) && !includesProfile(applied.profile, draft.profile)) return 'profile';
    if (!isReported(draft)) return 'certainty';
    const by = reported.find(({ rule }) => takesOver(rule, draft.rule));
    return by && { by: by.rule };
  };
}

/** Why the proposed fixes of findings are not applicable. The fixes of a rule are computed once. */
export function noFixOf(
  explained: ExplainedStack,
  reportedAs: ReportedAs,
  { today }: AnalysisOptions,
): FindingStatus['noFix'] {
  const byRule = new Map<string, readonly Draft[]>();
  const refusalOf = (draft: Draft): string | undefined => {
    const { rule, at, message } = draft;
    const reported = reportedAs(draft);
    if (reported && isAlone(reported, draft)) return refusalIn(reported);
    const all = byRule.get(rule) ?? explained.fixableOf(ruleNamed(rule));
    byRule.set(rule, all);
    const same = all.find((one) => sameSpan(one.at, at) && one.message === message);
    return same && refusalIn(fixesWithin(same, today));
  };
  return (draft) =>
    withinSteps(
      STEPS_OF_REFUSAL,
      () => refusalOf(draft),
      () => undefined,
    );
}

/** Whether a finding is that of one draft, instead of several with the same cause. */
function isAlone(finding: Finding, draft: Draft): boolean {
  return (
    finding.message === draft.message &&
    finding.subjects.length === draft.subjects.length &&
    finding.related.length === draft.related.length
  );
}

function refusalIn({ fixes, refused }: FixesOf): string | undefined {
  return fixes.length > 0 ? undefined : refused[0]?.reason;
}

/** Whether a rule subsumes another one, directly or transitively. */
function takesOver(id: string, other: string): boolean {
  const { subsumes = [] } = ruleNamed(id);
  return subsumes.includes(other) || subsumes.some((one) => one !== id && takesOver(one, other));
}
