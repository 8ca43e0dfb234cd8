/** `for` expressions over lists and objects. */
import { flatMap } from '../../../base/flat-map.ts';
import { bothTruths, eitherTruth, MAYBE } from '../../../base/guard.ts';
import { mapLeaves } from '../../../model/navigate.ts';
import type { Element, Leaf, Member, Order, Origin, Reference, Unknown, Value } from '../../../model/value.ts';
import type { For } from './ast.ts';
import { anyItemOf } from './any-item.ts';
import { isCertain, keysOf, listWith } from './collections.ts';
import { refsOf, unknownOf } from './combine.ts';
import { evaluateIn, type EvaluationContext } from './context.ts';
import { orderOf } from './order.ts';
import { computedFrom } from './origin.ts';
import { addressesIn } from './references.ts';
import { iterationsOf, type Iteration } from './iterations.ts';
import { ALL_KNOWN, bothComplete, openObject, NONE_KNOWN, type Completeness } from './completeness.ts';
import { truthIn } from './truth.ts';

/** The list or object that a `for` expression returns. */
export function forExpression(expression: For, context: EvaluationContext, origin: Origin): Value {
  return mapLeaves(evaluateIn(expression.collection, context), (leaf): Value => {
    const iterations = iterationsOf(leaf, expression.keyName, expression.valueName, context, origin);
    if (!iterations && !expression.key && isCollection(leaf)) return listOfAny(expression, leaf, context, origin);
    if (!iterations)
      return unknownOf(
        origin,
        'function',
        [leaf],
        [...new Set([...addressesIn(expression, context.scope), ...refsOf([leaf])])],
      );
    const open = (leaf.state === 'list' || leaf.state === 'object') && leaf.open;
    const kept = flatMap(iterations, ({ context: inner, when }): readonly Iteration[] => {
      const both = expression.condition ? bothTruths(when, truthIn(expression.condition, inner, false)) : when;
      return both.no.isAlways() ? [] : [{ context: inner, when: both }];
    });
    const order = orderOfIterations(leaf);
    if (!expression.key)
      return listWith(
        // A list that is empty by default is so too.
        kept.length === 0 ? computedFrom(origin, [leaf]) : origin,
        kept.map(({ context: inner, when }): Element => ({ value: evaluateIn(expression.value, inner), when })),
        order,
        open,
      );
    const { entries, seen } = entriesOf(expression.key, expression.value, kept);
    const hasOther = open || seen.unseen.satisfiable();
    if (expression.group)
      return { state: 'object', origin, open: hasOther, entries: grouped(entries, order, hasOther, origin) };
    return openObject(origin, entries, open ? NONE_KNOWN : seen);
  });
}

/** Whether a value can be a collection: it is unknown, the instances of a resource, or an attribute of a resource. */
function isCollection(leaf: Leaf): leaf is Unknown | Reference {
  return leaf.state === 'unknown' ? leaf.why !== 'syntax' : leaf.state === 'reference';
}

/** The result for an unknown collection: one optional item represents all. */
function listOfAny(expression: For, over: Unknown | Reference, context: EvaluationContext, origin: Origin): Value {
  const any = anyItemOf(over);
  // The instances that are not distinguished are each what the reference stands for.
  const isInstance = over.state === 'reference' && over.attribute === undefined;
  const bindings = new Map(context.bindings).set(expression.valueName, isInstance ? over : any);
  if (expression.keyName !== undefined) bindings.set(expression.keyName, any);
  const inner: EvaluationContext = { ...context, bindings, edit: 'none' };
  const when = expression.condition ? bothTruths(MAYBE, truthIn(expression.condition, inner, false)) : MAYBE;
  const items = when.no.isAlways() ? [] : [{ value: evaluateIn(expression.value, inner), when }];
  return listWith(origin, items, 'unsettled');
}

/** The order of the results for the items of a collection. */
function orderOfIterations(leaf: Leaf): Order {
  return ((leaf.state === 'list' || leaf.state === 'object') && leaf.open) || orderOf(leaf) === 'unsettled'
    ? 'unsettled'
    : 'sequence';
}

/** One entry per iteration. Entries with an unknown key can have any key. */
function entriesOf(
  key: For['value'],
  value: For['value'],
  iterations: readonly Iteration[],
): { readonly entries: readonly Member[]; readonly seen: Completeness } {
  let seen = ALL_KNOWN;
  const entries = flatMap(iterations, ({ context, when }): readonly Member[] => {
    const { keys, whole, unseen } = keysOf(evaluateIn(key, context));
    const keyAt = context.scope.span(key);
    seen = bothComplete(seen, { whole, unseen });
    if (keys.length === 0) return [];
    const held = evaluateIn(value, context, { key: keyAt });
    return keys.map((one) => ({ key: one.key, keyAt, value: held, when: bothTruths(when, one.when) }));
  });
  return { entries, seen };
}

/** The values grouped by key, as lists. */
function grouped(entries: readonly Member[], order: Order, open: boolean, origin: Origin): readonly Member[] {
  const groups = new Map<string, readonly Member[]>();
  for (const entry of entries) groups.set(entry.key, [...(groups.get(entry.key) ?? []), entry]);
  return [...groups].map(([key, members]): Member => ({
    key,
    keyAt: members[0]!.keyAt,
    when: members.find(isCertain)?.when ?? members.map(({ when }) => when).reduce(eitherTruth),
    value: listWith(
      origin,
      members.map(({ value, when }) => ({ value, when })),
      order,
      open,
    ),
  }));
}
