/** Records which rules read a position of a document, with what they read and report. */
import type { Configuration } from '../config/configuration.ts';
import { Interrupted, OutOfBudget } from '../base/budget.ts';
import { within, type Range, type Uri } from '../base/span.ts';
import type { Resource, Stack } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { AnyRule, Assumption, Report } from '../rules/rule.ts';
import { nodesAround, type Tree } from '../syntax/tree.ts';
import { Cancelled } from './analysis.ts';
import { contextOf, looksAt, type CheckOptions, type Look } from './check.ts';
import { observed, type Read } from './observed.ts';
import { draftsOf, type Draft } from './report.ts';

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

/** The trace of one rule that read a position. */
export interface RuleTrace {
  readonly rule: AnyRule;
  readonly subject: Resource | undefined;
  /** Undefined if the rule threw. */
  readonly reports: readonly { readonly report: Report; readonly drafts: readonly Draft[] }[] | undefined;
  /** All values that it read, each once. */
  readonly reads: readonly Read[];
  /** The values among these that are at the position. */
  readonly touching: readonly Read[];
  /** The facts about the account that it requested. */
  readonly assumed: readonly Assumption[];
}

export interface LookedAt {
  readonly looked: readonly RuleTrace[];
  /** The findings of all rules in the stack. */
  readonly drafts: readonly Draft[];
  /** The innermost property at the position that a rule read. */
  readonly property: Read | undefined;
  /** Whether the time limit was exceeded before all rules ran, and even before the first group finished. */
  readonly cut: 'first' | 'later' | undefined;
}

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

/** Runs groups of rules on a stack in order, and keeps those that read a position. */
export function lookedAt(
  stack: Stack,
  place: DocumentPosition,
  groups: readonly (readonly AnyRule[])[],
  options: CheckOptions & { readonly configuration: Configuration },
): LookedAt {
  let reads = new Map<Value, Read>();
  let assumed = new Set<Assumption>();
  const seen = observed(stack, (read) => {
    if (!reads.has(read.value)) reads.set(read.value, read);
  });
  const context = contextOf(seen, options);
  const listening = {
    ...context,
    assume: (name: Assumption, otherwise?: boolean) => {
      assumed.add(name);
      return context.assume(name, otherwise);
    },
  };
  const looked: RuleTrace[] = [];
  const all: Draft[] = [];
  let property: Read | undefined;
  const look = ({ rule, subject, reports }: Look): void => {
    if (options.cancelled?.()) throw new Cancelled('The analysis was cancelled.');
    reads = new Map();
    assumed = new Set();
    const found = reportsOf(rule, subject, reports, options);
    const drafts = found?.flatMap((one) => one.drafts) ?? [];
    all.push(...drafts);
    const touching = [...reads.values()].filter(({ value }) => touches(value, place));
    for (const read of touching)
      if (
        read.value.state !== 'absent' &&
        holds(read.value, place) &&
        (!property || sizeOf(read.value) < sizeOf(property.value))
      )
        property = read;
    if (touching.length > 0 || drafts.some(({ at }) => isAt(at, place)))
      looked.push({ rule, subject, reports: found, reads: [...reads.values()], touching, assumed: [...assumed] });
  };
  for (const [index, rules] of groups.entries()) {
    try {
      for (const one of looksAt(seen, rules, listening, { regardlessOfNeeds: true })) look(one);
    } catch (error) {
      if (!(error instanceof OutOfBudget)) throw error;
      return { looked, drafts: all, property, cut: index === 0 ? 'first' : 'later' };
    }
  }
  return { looked, drafts: all, property, cut: undefined };
}

/** The findings of one rule. */
export function draftsOfRule(
  stack: Stack,
  rule: AnyRule,
  options: CheckOptions & { readonly configuration: Configuration },
): readonly Draft[] {
  return [...looksAt(stack, [rule], contextOf(stack, options))].flatMap(
    ({ subject, reports }) => reportsOf(rule, subject, reports, options)?.flatMap(({ drafts }) => drafts) ?? [],
  );
}

function reportsOf(
  rule: AnyRule,
  subject: Resource | undefined,
  reports: () => Iterable<Report & { readonly resource?: Resource }>,
  { places }: CheckOptions,
): RuleTrace['reports'] {
  try {
    return [...reports()].map((report) => ({
      report,
      drafts: draftsOf(rule, report, subject ?? report.resource, places),
    }));
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    return undefined;
  }
}

/** Whether a value is at a position, contains it, or is below the key there. */
export function touches(value: Value, place: DocumentPosition): boolean {
  return (
    holds(value, place) ||
    (place.below !== undefined && value.origin.use.doc === place.doc && within(value.origin.use, place.below))
  );
}

/** Whether a value or its key contains a position. */
function holds({ origin: { use, key } }: Value, place: DocumentPosition): boolean {
  return isAt(use, place) || (key !== undefined && isAt(key, place));
}

function isAt({ doc, start, end }: Value['origin']['use'], place: DocumentPosition): boolean {
  return doc === place.doc && start <= place.offset && place.offset <= end;
}

/** The number of characters of a value where it is used. */
export function sizeOf({ origin: { use } }: Value): number {
  return use.end - use.start;
}
