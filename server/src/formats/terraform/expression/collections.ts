/** The items, entries and keys of collections. */
import { flatMap } from '../../../base/flat-map.ts';
import { Guard, TRUE, type Truth } from '../../../base/guard.ts';
import { choice, leaves, mapLeaves } from '../../../model/navigate.ts';
import type { Element, Leaf, List, Order, Member, Origin, Value } from '../../../model/value.ts';
import { dereferenced } from '../../located.ts';
import { terraformText } from './conversions.ts';
import { compareTexts, ordered, orderOf } from './order.ts';
import type { Completeness } from './completeness.ts';

/** The items of a collection, when it is known which there are, how many and in which order. */
export function itemsInOrder(leaf: Value | undefined): readonly Value[] | undefined {
  if (leaf?.state !== 'list' || leaf.open || orderOf(leaf) === 'unsettled' || !leaf.items.every(isCertain))
    return undefined;
  return leaf.items.map((item) => item.value);
}

/** Whether an item or member exists in every scenario. */
export function isCertain({ when }: Element | Member): boolean {
  return when.yes.isAlways();
}

/** A list of items that are there in every scenario. */
export function listOf(origin: Origin, values: readonly Value[], order: Order = 'sequence'): List {
  return listWith(
    origin,
    values.map((value) => ({ value, when: TRUE })),
    order,
  );
}

/** A list of items that exist in some scenarios. An open one can have more items. */
export function listWith(origin: Origin, items: readonly Element[], order: Order, open = false): List {
  return ordered({ state: 'list', origin, items, open }, order);
}

/** Whether the items of a list are in an order that counts; those of a set are not. */
export function sequenceOr(order: Order | undefined): Order {
  return order === 'unsettled' ? 'unsettled' : 'sequence';
}

/** Each key of an object once, in the order in which Terraform goes through them. */
export function entriesInOrder(entries: readonly Member[]): readonly Member[] {
  const byKey = new Map<string, Member>();
  for (const entry of entries) {
    const before = byKey.get(entry.key);
    byKey.set(
      entry.key,
      !before || isCertain(entry)
        ? entry
        : {
            ...entry,
            when: { yes: entry.when.yes.or(before.when.yes), no: entry.when.no.and(before.when.no) },
            value: choice(entry.value.origin, [
              { guard: entry.when.yes, value: entry.value },
              { guard: entry.when.no, value: before.value },
            ]),
          },
    );
  }
  return [...byKey.values()].sort((a, b) => compareTexts(a.key, b.key));
}

/** The items of a list for which a test holds, if known: each where the test holds. */
export function filtered(items: readonly Element[], test: (leaf: Leaf) => boolean | undefined): readonly Element[] {
  return flatMap(items, ({ value, when }): readonly Element[] => {
    const tested = leaves(value).map((leaf) => ({ ...leaf, holds: test(leaf.value) }));
    const where = (holds: boolean): Guard =>
      tested.filter((one) => one.holds === holds).reduce((sum, { guard }) => sum.or(guard), Guard.never);
    const kept = tested.filter(({ holds }) => holds !== false);
    if (kept.length === 0 && Guard.always.coveredBy(where(false))) return [];
    if (tested.every(({ holds, guard }) => holds && guard.isAlways())) return [{ value, when }];
    return [
      { value: choice(value.origin, kept), when: { yes: when.yes.and(where(true)), no: when.no.or(where(false)) } },
    ];
  });
}

/**
 * The keys that a value can be, each in the scenarios in which it is that; where they are known, and where it may be
 * any other. A reference to a name is the name.
 */
export function keysOf(
  value: Value,
): Completeness & { readonly keys: readonly { readonly key: string; readonly when: Truth }[] } {
  const all = leaves(mapLeaves(value, dereferenced));
  const known = flatMap(all, ({ guard, value: leaf }) => {
    const key = terraformText(leaf);
    return key === undefined ? [] : [{ key, guard }];
  });
  const others = (key: string | undefined): Guard =>
    all.filter((other) => terraformText(other.value) !== key).reduce((sum, other) => sum.or(other.guard), Guard.never);
  const keys = known.map(({ key, guard }) => ({
    key,
    when: guard.isAlways() ? TRUE : { yes: guard, no: others(key) },
  }));
  const whole = known.reduce<Guard>((sum, { guard }) => sum.or(guard), Guard.never);
  const unseen = all
    .filter(({ value: leaf }) => terraformText(leaf) === undefined)
    .reduce((sum, { guard }) => sum.or(guard), Guard.never);
  return {
    keys,
    ...(Guard.always.coveredBy(whole, unseen) ? { whole, unseen } : { whole: Guard.never, unseen: Guard.always }),
  };
}
