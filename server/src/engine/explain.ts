/** Explains a position of a document: what the value resolves to, why, and the result of each rule that reads it. */
import { Allowance } from '../base/budget.ts';
import { Guard } from '../base/guard.ts';
import type { Snapshot } from '../base/snapshot.ts';
import { within, type Range, type Uri } from '../base/span.ts';
import { finished } from '../base/steps.ts';
import { onDay } from '../base/today.ts';
import { rankOf, type Decision } from '../hover/explanation/decision.ts';
import type { Explained } from '../hover/explanation/explained.ts';
import { explanationOf } from '../hover/explanation/explanation.ts';
import { saidInAll, type Secrets } from '../hover/explanation/said.ts';
import type { Expression } from '../model/expression.ts';
import { leaves } from '../model/navigate.ts';
import type { Stack } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { Assumption } from '../rules/rule.ts';
import { suppressionsIn } from '../suppression/suppressions.ts';
import type { Tree } from '../syntax/tree.ts';
import type { AnalysisOptions } from './analysis.ts';
import { documentStack, stacksOf, type AnalyzedStacks, type DocumentStack } from './analyzed-stacks.ts';
import { noFixOf, reportedIn, unreportedOf, type ReportedAs } from './draft-fate.ts';
import { ExplainedStack, type LookedAt } from './explained-stack.ts';
import type { Read } from './observed.ts';
import type { ParseCache } from './parse-cache.ts';
import type { Places } from './report.ts';
import { Reporting } from './reporting.ts';
import { placeAt, type DocumentPosition, type RuleTrace } from './rule-trace.ts';
import { Suppressions } from './suppressing.ts';
import { isInSibling, mostImportant, pathOf, verdictsOf, type Fate } from './verdicts.ts';

/** The maximum number of steps to assemble results after the time limit. */
const MOST_STEPS = 200_000;

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
export function explainIn(...given: Parameters<typeof explaining>): Explained | undefined {
  return finished(explaining(...given));
}

/** Does `explainIn` in steps. */
export function* explaining(
  stacks: () => AnalyzedStacks,
  doc: Uri,
  offset: number,
  options: ExplanationOptions,
  explainedStack: ExplainedStackOf = (analyzed, found) => new ExplainedStack(analyzed, found, options),
): Generator<void, Explained | undefined, undefined> {
  const cutShort: Explained = {
    at: { doc, start: offset, end: offset },
    decisions: [],
    atKey: false,
    onlyBelow: false,
    computed: false,
    incomplete: true,
  };
  const { expired, today } = options;
  const looking = lookingAt(stacks, doc, offset, options, explainedStack);
  const seen = yield* withinAllowance(
    { next: () => onDay(today, () => looking.next()) },
    expired && new Allowance(Infinity, expired),
  );
  if (seen === undefined) return undefined;
  if (seen === CUT || seen.cut === 'first') return cutShort;
  // The results so far are assembled within a small budget of its own.
  const explained = yield* withinAllowance(puttingTogether(seen), expired && new Allowance(MOST_STEPS, undefined));
  return explained === CUT ? cutShort : explained;
}

/** The result of work that exceeded its allowance. */
const CUT = Symbol('cut');

/** Does all steps of some work within an allowance. */
function* withinAllowance<T>(
  steps: Pick<Generator<void, T, undefined>, 'next'>,
  allowance: Allowance | undefined,
): Generator<void, T | typeof CUT, undefined> {
  for (;;) {
    const step = allowance
      ? allowance.part(
          () => steps.next(),
          () => undefined,
        )
      : steps.next();
    if (!step) return CUT;
    if (step.done) return step.value;
    yield;
  }
}

/** Runs rules for a position; undefined if there is no value. */
function* lookingAt(
  stacksOf: () => AnalyzedStacks,
  doc: Uri,
  offset: number,
  options: ExplanationOptions,
  explainedStack: ExplainedStackOf,
): Generator<void, Seen | undefined, undefined> {
  const stacks = stacksOf();
  const found = documentStack(stacks, doc);
  if (!found) return undefined;
  const place = placeAt(found.tree, offset);
  if (place.around.length === 0) return undefined;
  yield;
  const explained = explainedStack(stacks, found, options);
  yield;
  const lookedAt = yield* explained.lookingAt(place, options.isShort === true, options.cancelled);
  yield;
  return { ...found, ...lookedAt, place, options, explained, reportedAs: reportedIn(stacks) };
}

/** The values and decisions of rules at a position. */
interface Seen extends Pick<DocumentStack, 'stack' | 'tree'>, LookedAt {
  readonly place: DocumentPosition;
  readonly options: ExplanationOptions;
  readonly explained: ExplainedStack;
  readonly reportedAs: ReportedAs;
}

function* puttingTogether({
  stack,
  tree,
  place,
  options,
  explained,
  reportedAs,
  looked,
  property,
  cut,
}: Seen): Generator<void, Explained | undefined, undefined> {
  const { doc, offset } = place;
  const { places } = explained;
  yield* explained.findingSecrets();
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
  const decisions = yield* decidedAt(looked, place, fate, options, secrets, expression?.reached);
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

function* decidedAt(
  looked: readonly RuleTrace[],
  place: DocumentPosition,
  fate: Fate,
  { configuration, isShort = false }: ExplanationOptions,
  secrets: Secrets,
  reached = Guard.always,
): Generator<void, readonly Decision[], undefined> {
  const decisions: Decision[] = [];
  for (const one of looked) {
    decisions.push({
      rule: one.rule.id,
      title: one.rule.title,
      profile: one.rule.profile,
      ...verdictsOf(one, place, fate, secrets),
      read: isShort ? [] : readsOf(one, place, secrets, reached),
      assumed: one.assumed.map((name) => ({ name, value: stated(configuration.assume, name) })),
    });
    yield;
  }
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
