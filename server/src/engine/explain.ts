/** Explains a position of a document: what the value resolves to, why, and the result of each rule that reads it. */
import { withinBudget, withinSteps } from '../base/budget.ts';
import { Guard } from '../base/guard.ts';
import { memoize, memoizeName } from '../base/memoize.ts';
import type { Snapshot } from '../base/snapshot.ts';
import { sameSpan, within, type Range, type Uri } from '../base/span.ts';
import { onDay } from '../base/today.ts';
import { rankOf, type Decision } from '../hover/explanation/decision.ts';
import type { Explained } from '../hover/explanation/explained.ts';
import { explanationOf } from '../hover/explanation/explanation.ts';
import { saidInAll, type Secrets } from '../hover/explanation/said.ts';
import type { Expression } from '../model/expression.ts';
import { leaves } from '../model/navigate.ts';
import type { Finding } from '../model/finding.ts';
import { includesProfile } from '../model/profile.ts';
import type { Stack } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { RULES } from '../rules/index.ts';
import type { AnyRule, Assumption } from '../rules/rule.ts';
import { suppressionsIn } from '../suppression/suppressions.ts';
import type { Tree } from '../syntax/tree.ts';
import type { AnalysisOptions } from './analysis.ts';
import { documentStack, stacksOf, type AnalyzedStacks, type DocumentStack } from './analyzed-stacks.ts';
import { ExplainedStack, type LookedAt } from './explained-stack.ts';
import { fixesWithin, type FixesOf } from './fix.ts';
import type { Read } from './observed.ts';
import type { ParseCache } from './parse-cache.ts';
import type { Draft, Places } from './report.ts';
import { Reporting } from './reporting.ts';
import { placeAt, type DocumentPosition, type RuleTrace } from './rule-trace.ts';
import { ruleNamed, rulesBeside } from './rules-beside.ts';
import { settled } from './settle.ts';
import { Suppressions } from './suppressing.ts';
import { isInSibling, mostImportant, pathOf, verdictsOf, type Fate } from './verdicts.ts';

/** The maximum number of steps to assemble results after the time limit. */
const MOST_STEPS = 200_000;

/** The maximum number of steps to find out why a finding has no fix. */
const STEPS_OF_REFUSAL = 20_000;

export interface ExplanationOptions extends AnalysisOptions {
  /** Whether the values that rules read are left out, of which a rule about a whole stack has thousands. */
  readonly isShort?: boolean;
}

/** Explains a position of a document in a complete snapshot; undefined if there is no value. */
export function explainAt(
  snapshot: Snapshot,
  doc: Uri,
  offset: number,
  options: AnalysisOptions,
  cache: ParseCache,
): Explained | undefined {
  return explainIn(() => stacksOf(snapshot, options, cache), doc, offset, options);
}

/** Returns a stack whose values are explained, which can be kept for other positions. */
export type ExplainedStackOf = (
  stacks: AnalyzedStacks,
  found: DocumentStack,
  options: AnalysisOptions,
) => ExplainedStack;

/** Explains a position of a document in analyzed stacks, which are asked for within the time limit. */
export function explainIn(
  stacks: () => AnalyzedStacks,
  doc: Uri,
  offset: number,
  options: ExplanationOptions,
  explainedStack: ExplainedStackOf = (analyzed, found) => new ExplainedStack(analyzed, found, options),
): Explained | undefined {
  const cutShort: Explained = {
    at: { doc, start: offset, end: offset },
    decisions: [],
    atKey: false,
    onlyBelow: false,
    computed: false,
    incomplete: true,
  };
  return withinBudget(
    options.expired,
    () => onDay(options.today, () => lookAt(stacks(), doc, offset, options, explainedStack)),
    () => () => cutShort,
  )?.(cutShort);
}

/**
 * Runs rules for a position within the budget, and returns a function that assembles the results within a small
 * budget of its own.
 */
function lookAt(
  stacks: AnalyzedStacks,
  doc: Uri,
  offset: number,
  options: ExplanationOptions,
  explainedStack: ExplainedStackOf,
): ((cutShort: Explained) => Explained | undefined) | undefined {
  const found = documentStack(stacks, doc);
  if (!found) return undefined;
  const place = placeAt(found.tree, offset);
  if (place.around.length === 0) return undefined;
  const explained = explainedStack(stacks, found, options);
  const lookedAt = explained.lookedAt(place, options.isShort, options.cancelled);
  if (lookedAt.cut === 'first') return (cutShort) => cutShort;
  const seen: Seen = { ...found, ...lookedAt, place, options, explained, reportedAs: reportedIn(stacks) };
  return (cutShort) =>
    options.expired
      ? withinSteps(
          MOST_STEPS,
          () => putTogether(seen),
          () => cutShort,
        )
      : putTogether(seen);
}

/** The values and decisions of rules at a position. */
interface Seen extends Pick<DocumentStack, 'stack' | 'tree'>, LookedAt {
  readonly place: DocumentPosition;
  readonly options: ExplanationOptions;
  readonly explained: ExplainedStack;
  readonly reportedAs: ReportedAs;
}

/** The finding of the analysis that a draft became; undefined if that is not known. */
type ReportedAs = (draft: Draft) => Finding | undefined;

const reportedIn = memoize((stacks: AnalyzedStacks): ReportedAs => {
  const keyOf = ({ rule, at }: Pick<Draft, 'rule' | 'at'>): string => `${rule} ${at.start} ${at.end}`;
  const inDocument = memoizeName(
    (doc) => new Map((stacks.findingsIn?.(doc) ?? []).map((finding) => [keyOf(finding), finding])),
  );
  return (draft) => inDocument(draft.at.doc).get(keyOf(draft));
});

function putTogether({
  stack,
  tree,
  place,
  options,
  explained,
  reportedAs,
  looked,
  property,
  cut,
}: Seen): Explained | undefined {
  const { doc, offset } = place;
  const { places } = explained;
  const secrets = explained.secrets();
  const { honoredTools: honored } = options.configuration;
  const suppressions = new Suppressions(
    suppressionsIn(tree, { format: stack.format, honored }),
    options.configuration,
    options.today,
  );
  const reporting = new Reporting(stack.documents, options, suppressions);
  const fate: Fate = {
    unreported: unreportedOf(explained, reportedAs, reporting, suppressions),
    noFix: noFixOf(explained, reportedAs, options),
    severity: (draft) => reporting.severityOf(draft),
  };
  const expression = stack.expressionAt?.(doc, offset) ?? (property && readAs(tree, property.value));
  const decisions = decisionsOf(looked, place, fate, options, secrets, expression?.reached);
  const onlyBelow = place.below !== undefined && property === undefined;
  const at = expression?.at.doc === doc ? expression.at : { doc, start: offset, end: offset };
  const owner = ownerOf(stack, places, place, at);
  // A section of the document contains every value that rules read.
  if (!cut && !expression && (decisions.length === 0 || (onlyBelow && !owner))) return undefined;
  return {
    at,
    decisions,
    atKey: place.below !== undefined,
    onlyBelow,
    ...(owner ? { owner } : {}),
    ...(expression ? { explanation: explanationOf(expression, secrets, withinOf(stack, expression, options)) } : {}),
    computed: expression !== undefined && (expression.what === 'condition' || expression.computed),
    ...(cut ? { incomplete: true } : {}),
  };
}

/** The scenarios to explain; for values, those in which their place is in effect; all scenarios if there are none. */
function withinOf(
  { within }: Stack,
  { reached = Guard.always }: Expression,
  { scenario = [] }: AnalysisOptions,
): { readonly values: Guard; readonly conditions: Guard } {
  const looked = within?.yes.satisfiable() ? within.yes : Guard.always;
  const values = looked.and(reached);
  return { values: values.satisfiable() ? values : looked, conditions: scenario.length > 0 ? looked : Guard.always };
}

/** The value that a rule read, for a format without expressions. */
function readAs(tree: Tree, value: Value): Expression | undefined {
  const { use } = value.origin;
  if (value.state === 'absent' || use.doc !== tree.doc) return undefined;
  const text = tree.text.slice(use.start, Math.min(use.end, use.start + 60)).replaceAll(/\s+/g, ' ');
  const computed =
    value.state === 'choice' ||
    leaves(value).some(
      ({ value: leaf }) =>
        leaf.origin.steps.length > 0 ||
        leaf.state === 'unknown' ||
        leaf.state === 'reference' ||
        leaf.state === 'template',
    );
  return {
    what: 'value',
    value,
    computed,
    at: use,
    text: use.end - use.start > 60 ? `${text}…` : text,
    parts: () => [],
  };
}

function ownerOf(stack: Stack, places: Places, place: DocumentPosition, at: Range): Explained['owner'] {
  const span = { doc: place.doc, start: at.start, end: at.end };
  const part = places.partAt(span);
  return part && !part.isFile
    ? {
        address: part.address,
        displayName: stack.byAddress(part.address)?.displayName ?? part.address,
        type: part.nativeType,
        path: places.pathOf(part, span),
      }
    : undefined;
}

function decisionsOf(
  looked: readonly RuleTrace[],
  place: DocumentPosition,
  fate: Fate,
  { configuration, isShort = false }: ExplanationOptions,
  secrets: Secrets,
  reached = Guard.always,
): readonly Decision[] {
  const decisions = looked.map((one): Decision => ({
    rule: one.rule.id,
    title: one.rule.title,
    profile: one.rule.profile,
    ...verdictsOf(one, place, fate, secrets),
    read: isShort ? [] : readsOf(one, place, secrets, reached),
    assumed: one.assumed.map((name) => ({ name, value: stated(configuration.assume, name) })),
  }));
  return together(decisions).sort((a, b) => rankOf(a.verdicts) - rankOf(b.verdicts) || (a.rule < b.rule ? -1 : 1));
}

/** Merges the decisions of a rule that read a position for several resources into one with all verdicts. */
function together(decisions: readonly Decision[]): Decision[] {
  const byRule = new Map<string, Decision>();
  for (const one of decisions) {
    const before = byRule.get(one.rule);
    byRule.set(
      one.rule,
      before
        ? {
            ...before,
            verdicts: mostImportant([...before.verdicts, ...one.verdicts]),
            here: mostImportant([...before.here, ...one.here]),
            read: [...before.read, ...one.read.filter(({ path }) => !before.read.some((other) => other.path === path))],
            assumed: [
              ...before.assumed,
              ...one.assumed.filter(({ name }) => !before.assumed.some((other) => other.name === name)),
            ],
          }
        : one,
    );
  }
  return [...byRule.values()];
}

function stated(assume: AnalysisOptions['configuration']['assume'], name: Assumption): boolean | 'not stated' {
  return assume[name] ?? 'not stated';
}

/** The values that rules read, each path once. Of several list items, the nearest one is used. */
function readsOf(looked: RuleTrace, place: DocumentPosition, secrets: Secrets, reached: Guard): Decision['read'] {
  const { doc, around, offset } = place;
  const when = looked.subject?.when.yes ?? Guard.always;
  const reads = looked.reads.filter(({ value }) => !isInSibling(value, place, looked));
  const holders = new Set(reads.flatMap(({ path }) => holdersOf(path)));
  const nearest = new Map<string, { readonly read: Read; readonly distance: number }>();
  for (const read of reads) {
    // Nested values were read too, and are more specific.
    if ((read.value.state === 'object' || read.value.state === 'list') && holders.has(read.path)) continue;
    const { use } = read.value.origin;
    const index = use.doc === doc ? around.findIndex((range) => within(use, range)) : -1;
    const distance = index < 0 ? around.length : index;
    const before = nearest.get(pathOf(read));
    if (!before || distance < before.distance) nearest.set(pathOf(read), { read, distance });
  }
  return [...nearest].map(
    ([
      path,
      {
        read: { value },
      },
    ]) => {
      const { use } = value.origin;
      const isHere = use.doc === doc && use.start <= offset && offset <= use.end;
      return { path, value: saidInAll(value, secrets, isHere ? when.and(reached) : when) };
    },
  );
}

/** The paths that a path is below: `A` and `A[].B` of `A[].B.C`. */
function holdersOf(path: string): readonly string[] {
  return [...path.matchAll(/\.|\[\]/g)].map(({ index }) => path.slice(0, index));
}

/** Why a finding is not reported, for the same reasons as in an analysis. */
function unreportedOf(
  explained: ExplainedStack,
  reportedAs: ReportedAs,
  reporting: Reporting,
  suppressions: Suppressions,
): Fate['unreported'] {
  const { isReported } = reporting;
  const key = ({ rule, at }: Draft): string => `${rule} ${at.doc} ${at.start} ${at.end}`;
  const reportedOf = memoize((rules: readonly AnyRule[]) => {
    const reported = settled(explained.draftsOf(rules), RULES, isReported);
    // A finding that is folded into another one with the same cause is reported with it.
    return { reported, keys: new Set(reported.flatMap((one) => [one, ...(one.folded ?? [])]).map(key)) };
  });
  return (draft) => {
    if (reportedAs(draft)) return suppressions.of(draft) ? 'suppressed' : undefined;
    const { reported, keys: reportedKeys } = reportedOf(rulesBeside(draft.rule));
    if (reportedKeys.has(key(draft))) return suppressions.of(draft) ? 'suppressed' : undefined;
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
function noFixOf(explained: ExplainedStack, reportedAs: ReportedAs, { today }: AnalysisOptions): Fate['noFix'] {
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
