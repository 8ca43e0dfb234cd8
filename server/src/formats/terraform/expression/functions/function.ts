/** The interface of functions, and access to their arguments. */
import { Guard, TRUE, type Truth } from '../../../../base/guard.ts';
import { choice, leaves } from '../../../../model/navigate.ts';
import type { Element, Hole, Leaf, List, Member, Origin, Value } from '../../../../model/value.ts';
import { combined, unknownOf } from '../combine.ts';
import { compareTexts, ordered, orderOf, type Order } from '../order.ts';
import type { Seen } from '../seen.ts';
import { asSecret, computedFrom, scalar } from '../origin.ts';
import { asNumber } from '../truth.ts';

/** Gives the value of a call, at the place that the origin describes; undefined if it cannot be evaluated. */
export type TerraformFunction = (args: readonly Value[], origin: Origin) => Value | undefined;

/** A function of what its arguments are in one scenario. */
export type LeafFunction = (args: readonly Leaf[], origin: Origin) => Value | undefined;

/** The most items that a list or object may be put together from. What is longer is unknown. */
export const MAX_ITEMS = 10_000;

/**
 * A function that is evaluated for every scenario. A value that is JSON text, which stands as what is encoded in it, is
 * none that it can read.
 */
export function perLeaf(f: LeafFunction): TerraformFunction {
  return ofLeaves((leaves, origin) => (leaves.some(isEncoded) ? undefined : f(leaves, origin)));
}

/** A function that is evaluated for every scenario, and knows what to do with encoded values. */
export function ofLeaves(f: LeafFunction): TerraformFunction {
  return (args, origin) =>
    combined(origin, args, (parts) => {
      const made = computedFrom(origin, parts);
      const value = f(parts, made) ?? unworkable(made, parts);
      return made.secret ? asSecret(value, made.secretByName) : value;
    });
}

/** An unknown result. A value made from an error is an error too, which `try` distinguishes. */
export function unworkable(origin: Origin, parts: readonly Leaf[]): Value {
  return unknownOf(origin, parts.some(isError) ? 'syntax' : 'function', parts);
}

/** Whether a value is one that Terraform refuses: it leads nowhere. */
export function isError(leaf: Leaf): boolean {
  if (leaf.state === 'template') return leaf.pieces.some((piece) => typeof piece !== 'string' && isError(piece));
  return (leaf.state === 'absent' && !leaf.open) || (leaf.state === 'unknown' && leaf.why === 'syntax');
}

/** Whether a list or object represents its JSON string. */
export function isEncoded(leaf: Leaf): boolean {
  return (
    (leaf.state === 'object' || leaf.state === 'list') &&
    leaf.origin.steps.some(({ what, name }) => what === 'function' && name === 'jsonencode')
  );
}

/** A text or what Terraform converts to one, in pieces. */
export function piecesOf(leaf: Leaf | undefined): readonly (string | Hole)[] | undefined {
  switch (leaf?.state) {
    case 'known':
      return leaf.value === null ? undefined : [textOf(leaf)!];
    case 'template':
      return leaf.pieces;
    case 'reference':
    case 'unknown':
      return [leaf];
    default:
      return undefined;
  }
}

/** A text that is known, or what Terraform converts to one: a number is written without needless digits. */
export function textOf(leaf: Leaf | undefined): string | undefined {
  if (leaf?.state !== 'known' || leaf.value === null) return undefined;
  if (typeof leaf.value !== 'number') return leaf.raw;
  const short = String(leaf.value);
  return /^-?\d{1,15}(?:\.\d{1,6})?$/.test(short) ? short : leaf.raw;
}

/** A whole number that is known. */
export function integerOf(leaf: Leaf | undefined): number | undefined {
  const number = leaf && asNumber(leaf);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** The items of a collection, when it is known which there are, how many and in which order. */
export function itemsInOrder(leaf: Value | undefined): readonly Value[] | undefined {
  if (leaf?.state !== 'list' || leaf.open || orderOf(leaf) === 'unsettled' || !leaf.items.every(isCertain))
    return undefined;
  return leaf.items.map((item) => item.value);
}

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
  return items.flatMap(({ value, when }): readonly Element[] => {
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

/** The keys that a value can be, each in the scenarios in which it is that; where they are known, and where it may be any other. */
export function keysOf(
  value: Value,
): Seen & { readonly keys: readonly { readonly key: string; readonly when: Truth }[] } {
  const all = leaves(value);
  const known = all.flatMap(({ guard, value: leaf }) => {
    const key = textOf(leaf);
    return key === undefined ? [] : [{ key, guard }];
  });
  const others = (key: string | undefined): Guard =>
    all.filter((other) => textOf(other.value) !== key).reduce((sum, other) => sum.or(other.guard), Guard.never);
  const keys = known.map(({ key, guard }) => ({
    key,
    when: guard.isAlways() ? TRUE : { yes: guard, no: others(key) },
  }));
  const whole = known.reduce<Guard>((sum, { guard }) => sum.or(guard), Guard.never);
  const unseen = all
    .filter(({ value: leaf }) => textOf(leaf) === undefined)
    .reduce((sum, { guard }) => sum.or(guard), Guard.never);
  return {
    keys,
    ...(Guard.always.coveredBy(whole, unseen) ? { whole, unseen } : { whole: Guard.never, unseen: Guard.always }),
  };
}

/** A statement as a value: known where the statement is. */
export function truthValue({ yes, no }: Truth, origin: Origin): Value | undefined {
  if (!yes.satisfiable() && !no.satisfiable()) return undefined;
  return choice(origin, [
    { guard: yes, value: scalar(origin, true) },
    { guard: no, value: scalar(origin, false) },
  ]);
}
