/** Records which rules read a position of a document, with what they read and report. */
import { Interrupted } from '../base/budget.ts';
import { flatMap } from '../base/flat-map.ts';
import { isolated } from '../base/isolation.ts';
import { once } from '../base/once.ts';
import { note, noting } from '../base/reads.ts';
import { within, type Range, type Uri } from '../base/span.ts';
import { policiesAround } from '../model/policies-around.ts';
import type { Question } from '../model/question.ts';
import type { Resource, Stack } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { AnyRule, Assumption, Context, Report } from '../rules/rule.ts';
import { nodesAround, type Tree } from '../syntax/tree.ts';
import { FactReads } from './fact-reads.ts';
import { reportedResource, type RuleCall } from './rule-calls.ts';
import { statementValues, Read } from './observed.ts';
import { draftsOf, type Draft, type PlaceTexts } from './report.ts';

/** A position in a document: an offset in UTF-16 code units, and the nodes around it. */
export interface DocumentPosition {
  readonly doc: Uri;
  readonly offset: number;
  /** The nodes and pairs that contain the offset, from the innermost to the outermost. */
  readonly around: readonly Range[];
  /** The list items that contain the offset, from the outermost to the innermost. */
  readonly items: readonly { readonly item: Range; readonly list: Range }[];
  /** The value of the key at the offset. */
  readonly below: Range | undefined;
}

/** A report of a rule call with its findings, and the resource that it is about if the call has no subject. */
export interface TracedReport {
  readonly report: Report & { readonly resource?: Resource };
  readonly drafts: readonly Draft[];
}

/** The trace of one rule that read a position. */
export interface RuleTrace {
  readonly rule: AnyRule;
  readonly subject: Resource | undefined;
  /** Undefined if the rule threw. */
  readonly reports: readonly TracedReport[] | undefined;
  /** All values that it read, each once. */
  readonly reads: readonly Read[];
  /** The values among these that are at the position. */
  readonly touching: readonly Read[];
  /** The facts about the account that it requested. */
  readonly assumed: readonly Assumption[];
}

/** The position at an offset in UTF-16 code units. The innermost node is the one of `nodesAround`. */
export function placeAt(tree: Tree, offset: number): DocumentPosition {
  const nodes = nodesAround(tree, { start: offset, end: offset });
  let below: Range | undefined;
  const around: Range[] = [];
  const items: { item: Range; list: Range }[] = [];
  nodes.forEach((node, index) => {
    const holder = nodes[index - 1];
    const pair =
      holder?.kind === 'map'
        ? holder.pairs.find((candidate) => candidate.key === node || candidate.value === node)
        : undefined;
    if (pair) around.unshift(pair);
    if (index === nodes.length - 1 && pair?.key === node) below = pair.value;
    around.unshift(node);
    if (holder?.kind === 'list') items.push({ item: node, list: holder });
  });
  return { doc: tree.doc, offset, around, items, below };
}

/** What a rule call read and reported. */
export interface TracedCall {
  readonly reports: RuleTrace['reports'];
  readonly drafts: readonly Draft[];
  /** All values that it read, each once. */
  readonly reads: readonly Read[];
  readonly assumed: readonly Assumption[];
  /** The facts that represent further values that it read. */
  readonly facts: readonly FactReads[];
  /** All values that it read, with those that its facts represent. */
  readonly withFacts: () => readonly Read[];
  /** The questions of the call about the stack. */
  readonly questions: ReadonlySet<Question>;
}

/** A fact about the account that a rule requested. */
class AssumedFact {
  readonly name: Assumption;

  constructor(name: Assumption) {
    this.name = name;
  }
}

/** The context of rules, which notes the facts about the account that they request. */
export function tracedContext(context: Context): Context {
  const facts = new Map<Assumption, AssumedFact>();
  return {
    ...context,
    assume: (name, otherwise) => {
      let fact = facts.get(name);
      if (!fact) facts.set(name, (fact = new AssumedFact(name)));
      note(fact);
      return context.assume(name, otherwise);
    },
  };
}

/** Calls a rule on an observed stack. */
export function traceOf(call: RuleCall, places: PlaceTexts): TracedCall {
  const { result, reads: noted } = noting(() => tracedReports(call, places));
  const reads = new Map<Value, Read>();
  const assumed: Assumption[] = [];
  const facts: FactReads[] = [];
  const questions = new Set<Question>();
  for (const one of noted ?? [])
    if (one instanceof Read) {
      if (!reads.has(one.value)) reads.set(one.value, one);
    } else if (one instanceof AssumedFact) assumed.push(one.name);
    else if (one instanceof FactReads) facts.push(one);
    // All other gates note questions.
    else questions.add(one as Question);
  const own = [...reads.values()];
  return {
    reports: result,
    drafts: flatMap(result ?? [], ({ drafts }) => drafts),
    reads: own,
    assumed,
    facts,
    withFacts: once(() => withReadsOf(facts, own)),
    questions,
  };
}

/**
 * What a rule call read at a position; undefined if it read and reported nothing there.
 * @param isRelevant Whether the values that a fact read are included.
 */
export function traceAt(
  { rule, subject }: RuleCall,
  { reports, drafts, reads: own, facts, withFacts, assumed }: TracedCall,
  place: DocumentPosition,
  isRelevant: (fact: FactReads) => boolean,
): RuleTrace | undefined {
  const relevant = facts.filter(isRelevant);
  const reads =
    relevant.length === 0 ? own : relevant.length === facts.length ? withFacts() : withReadsOf(relevant, own);
  const touching = reads.filter(({ value }) => touches(value, place));
  return touching.length > 0 || drafts.some(({ at }) => isAt(at, place))
    ? { rule, subject, reports, reads, touching, assumed }
    : undefined;
}

/** Reads with those of facts, each value once. */
function withReadsOf(facts: readonly FactReads[], own: readonly Read[]): readonly Read[] {
  const all = [...own, ...flatMap(facts, (fact) => fact.reads())];
  return [...new Map(all.toReversed().map((read) => [read.value, read])).values()].toReversed();
}

/** The innermost property at a position that a rule read. */
export function readPropertyAt(traces: readonly RuleTrace[], place: DocumentPosition): Read | undefined {
  let property: Read | undefined;
  for (const { touching } of traces)
    for (const read of touching)
      if (
        read.value.state !== 'absent' &&
        includesPosition(read.value, place) &&
        (!property || sizeOf(read.value) < sizeOf(property.value))
      )
        property = read;
  return property;
}

/** The reports of a rule call with their findings; undefined if it throws. */
export function tracedReports(
  call: Pick<RuleCall, 'rule' | 'subject' | 'resource' | 'reports'>,
  places: PlaceTexts,
): RuleTrace['reports'] {
  try {
    return [...call.reports()].map((report) => ({
      report,
      drafts: draftsOf(call.rule, report, reportedResource(call, report), places),
    }));
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    return undefined;
  }
}

/** Whether an element of a statement of a policy is at a position or contains it. */
export function hasStatementAt(stack: Stack, place: DocumentPosition): boolean {
  const at = { start: place.offset, end: place.offset };
  return policiesAround(stack, place.doc, at).some((policy) =>
    isolated(
      () => policy.host.self.origin.use,
      () =>
        policy.statements.some((statement) =>
          statementValues(statement).some((value) => includesPosition(value, place)),
        ),
      () => true,
    ),
  );
}

/** Whether a value is at a position, contains it, or is below the key there. */
export function touches(value: Value, place: DocumentPosition): boolean {
  return (
    includesPosition(value, place) ||
    (place.below !== undefined && value.origin.use.doc === place.doc && within(value.origin.use, place.below))
  );
}

/** Whether a value or its key contains a position. */
export function includesPosition({ origin: { use, key } }: Value, place: DocumentPosition): boolean {
  return isAt(use, place) || (key !== undefined && isAt(key, place));
}

function isAt({ doc, start, end }: Value['origin']['use'], place: DocumentPosition): boolean {
  return doc === place.doc && start <= place.offset && place.offset <= end;
}

/** The number of characters of a value where it is used. */
export function sizeOf({ origin: { use } }: Value): number {
  return use.end - use.start;
}
