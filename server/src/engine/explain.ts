/** Explains a position of a document: what the value resolves to, why, and the result of each rule that reads it. */
import { StepAllowance } from '../base/budget.ts';
import { Guard } from '../base/guard.ts';
import type { Snapshot } from '../base/snapshot.ts';
import { within, type Range, type Uri } from '../base/span.ts';
import { finished } from '../base/steps.ts';
import { onDay } from '../base/today.ts';
import type { Explained } from '../hover/explanation/explained.ts';
import { explanationOf } from '../hover/explanation/explanation.ts';
import type { Secrets } from '../hover/explanation/short-value.ts';
import { resourceAt } from '../hover/target.ts';
import type { EvaluatedExpression } from '../model/expression.ts';
import { leaves } from '../model/navigate.ts';
import type { Stack } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { suppressionsIn } from '../suppression/suppressions.ts';
import type { Tree } from '../syntax/tree.ts';
import type { AnalysisOptions } from './analysis.ts';
import { documentStack, stacksOf, type AnalyzedStacks, type DocumentStack } from './analyzed-stacks.ts';
import { decidedAt, decidedHere } from './decisions.ts';
import { noFixOf, reportedIn, unreportedOf, type ReportedAs } from './finding-status.ts';
import { ExplainedStack } from './explained-stack.ts';
import type { ParseCache } from './parse-cache.ts';
import type { PlaceTexts } from './report.ts';
import { Reporting } from './reporting.ts';
import { placeAt, type DocumentPosition } from './rule-trace.ts';
import { Suppressions } from './suppressing.ts';
import type { TracedPosition, TraceScope } from './trace-rounds.ts';
import type { FindingStatus } from './verdicts.ts';

/** The maximum number of steps to assemble results after the time limit. */
const MOST_STEPS = 200_000;

export interface ExplanationOptions extends AnalysisOptions {
  /** Whether it is for a hover, which has only verdicts about the position itself. */
  readonly isShort?: boolean;
  /** Whether a hover shows it beside a card, which leaves out reported findings. */
  readonly isBeside?: (explained: Pick<Explained, 'computed' | 'atKey'>) => boolean;
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

/** Explains a position of a document in analyzed stacks. Creating the stacks counts toward the time limit. */
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
  const tracing = tracingAt(stacks, doc, offset, options, explainedStack);
  const seen = yield* withinAllowance(
    { next: () => onDay(today, () => tracing.next()) },
    expired && new StepAllowance(Infinity, expired),
  );
  if (seen === undefined) return undefined;
  if (seen === CUT || seen.cut === 'first') return cutShort;
  // The results so far are assembled within a small budget of its own.
  const explained = yield* withinAllowance(puttingTogether(seen), expired && new StepAllowance(MOST_STEPS, undefined));
  return explained === CUT ? cutShort : explained;
}

/** The result of work that exceeded its allowance. */
const CUT = Symbol('cut');

/** Does all steps of some work within an allowance. */
function* withinAllowance<T>(
  steps: Pick<Generator<void, T, undefined>, 'next'>,
  allowance: StepAllowance | undefined,
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
function* tracingAt(
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
  const expression = found.stack.expressionAt?.(doc, offset);
  if (options.isShort && !expression && isOfResources(place, found.stack)) return undefined;
  const explained = explainedStack(stacks, found, options);
  yield;
  const traced = yield* explained.tracing(place, scopeOf(place, expression, options), options.cancelled);
  yield;
  return { ...found, ...traced, place, expression, options, explained, reportedAs: reportedIn(stacks) };
}

/**
 * Whether a position is at the key of a section of resources, about which a hover shows nothing, and all rules read
 * what is below.
 */
function isOfResources({ doc, offset, below }: DocumentPosition, stack: Stack): boolean {
  return (
    below !== undefined &&
    !resourceAt(stack, doc, offset) &&
    stack.resources.some(({ parts }) => parts.some((part) => part.doc === doc && within(part.range, below)))
  );
}

/**
 * The decisions of rules about a position. Whether they read its property matters at a key, and its value where the
 * format has no expression.
 */
function scopeOf(
  { below }: DocumentPosition,
  expression: EvaluatedExpression | undefined,
  options: ExplanationOptions,
): TraceScope {
  if (!options.isShort) return 'everything';
  if (!expression) return 'property';
  return below ? 'any-property' : 'judged';
}

/** The values and decisions of rules at a position. */
interface Seen extends Pick<DocumentStack, 'stack' | 'tree'>, TracedPosition {
  readonly place: DocumentPosition;
  /** The expression at the position, as the format has it. */
  readonly expression: EvaluatedExpression | undefined;
  readonly options: ExplanationOptions;
  readonly explained: ExplainedStack;
  readonly reportedAs: ReportedAs;
}

function* puttingTogether({
  stack,
  tree,
  place,
  expression: written,
  options,
  explained,
  reportedAs,
  traces,
  property,
  cut,
}: Seen): Generator<void, Explained | undefined, undefined> {
  const { doc, offset } = place;
  const { places } = explained;
  const { honoredTools: honored } = options.configuration;
  const suppressions = new Suppressions(
    suppressionsIn(tree, { format: stack.format, honored }),
    options.configuration,
    options.today,
  );
  const reporting = new Reporting(stack.documents, options, suppressions);
  const status: FindingStatus = {
    unreported: unreportedOf(explained, reportedAs, reporting, suppressions),
    noFix: noFixOf(explained, reportedAs, options),
    severity: (draft) => reporting.severityOf(draft),
  };
  const expression = written ?? (property && readAs(tree, property.value));
  const atKey = place.below !== undefined;
  const computed = expression !== undefined && (expression.what === 'condition' || expression.computed);
  const isBeside = options.isBeside?.({ computed, atKey }) ?? false;
  function* findingSecrets(): Generator<void, Secrets, undefined> {
    yield* explained.findingSecrets();
    return explained.secrets();
  }
  const decisions = yield* options.isShort
    ? decidedHere(traces, place, status, findingSecrets, isBeside)
    : decidedAt(traces, place, status, options, yield* findingSecrets(), expression?.reached);
  // A hover has only the explanation of a computed value, if there is no card.
  const isExplained = expression && (!options.isShort || (computed && !isBeside));
  const explanation =
    isExplained && explanationOf(expression, yield* findingSecrets(), withinOf(stack, expression, options));
  const onlyBelow = place.below !== undefined && property === undefined;
  const at = expression?.at.doc === doc ? expression.at : { doc, start: offset, end: offset };
  const owner = ownerOf(stack, places, place, at);
  // A section of the document contains every value that rules read.
  if (!cut && !expression && (decisions.length === 0 || (onlyBelow && !owner))) return undefined;
  return {
    at,
    decisions,
    atKey,
    onlyBelow,
    ...(owner ? { owner } : {}),
    ...(explanation ? { explanation } : {}),
    computed,
    ...(cut ? { incomplete: true } : {}),
  };
}

/** The scenarios to explain; for values, those in which their place is in effect; all scenarios if there are none. */
function withinOf(
  { within }: Stack,
  { reached = Guard.always }: EvaluatedExpression,
  { scenario = [] }: AnalysisOptions,
): { readonly values: Guard; readonly conditions: Guard } {
  const scenarios = within?.yes.satisfiable() ? within.yes : Guard.always;
  const values = scenarios.and(reached);
  return {
    values: values.satisfiable() ? values : scenarios,
    conditions: scenario.length > 0 ? scenarios : Guard.always,
  };
}

/** The value that a rule read, for a format without expressions. */
function readAs(tree: Tree, value: Value): EvaluatedExpression | undefined {
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

function ownerOf(stack: Stack, places: PlaceTexts, place: DocumentPosition, at: Range): Explained['owner'] {
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
