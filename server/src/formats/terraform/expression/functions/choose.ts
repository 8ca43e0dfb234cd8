/** Functions that select one of their arguments, or test them. */
import { bothTruths, eitherTruth, FALSE, Guard, MAYBE, TRUE, type Truth } from '../../../../base/guard.ts';
import { choice, leaves, unknown } from '../../../../model/navigate.ts';
import type { Branch, Element, Leaf, List, Origin, Value } from '../../../../model/value.ts';
import { refsOf, unknownOf } from '../combine.ts';
import { terraformBoolean, isError } from '../conversions.ts';
import { computedFrom, scalar } from '../origin.ts';
import { ofLeaves, perLeaf, truthValue, type TerraformFunction } from './function.ts';

/** The maximum number of nested values searched for errors. */
const MAX_READS = 50;

/** The maximum number of items for `one`. */
const MAX_PICKED = 8;

export const CHOOSING_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  alltrue: perLeaf(([list], origin) => (list?.state === 'list' ? truthValue(allOf(list), origin) : undefined)),
  anytrue: perLeaf(([list], origin) => (list?.state === 'list' ? truthValue(anyOf(list), origin) : undefined)),
  can: ofLeaves(([leaf], origin) => {
    const valid = leaf && isValid(leaf);
    // An unknown value can be an error.
    return valid === undefined || (valid && !isKnown(leaf)) ? undefined : scalar(origin, valid);
  }),
  coalesce: (args, origin) => firstOf(args, origin, isPresent),
  coalescelist: (args, origin) =>
    firstOf(args, origin, (leaf) =>
      leaf.state === 'list' ? isFilled(leaf) : leaf.state === 'known' && leaf.value === null ? false : undefined,
    ),
  one: ofLeaves(one),
  try: (args, origin) => firstOf(args, origin, isValid),
};

/** The first accepted argument in each scenario; unknown if that cannot be decided. */
function firstOf(args: readonly Value[], origin: Origin, accepts: (leaf: Leaf) => boolean | undefined): Value {
  const branches: Branch[] = [];
  let pending: Guard = Guard.always;
  for (const arg of args) {
    let next: Guard = Guard.never;
    for (const { guard, value } of leaves(arg)) {
      const here = pending.and(guard);
      const accepted = accepts(value);
      if (accepted === false) next = next.or(here);
      else
        branches.push({
          guard: here,
          value: accepted ? value : unknownOf(computedFrom(origin, [value]), 'function', [value], refsOf(args)),
        });
    }
    pending = next;
  }
  return choice(origin, [...branches, { guard: pending, value: unknown(origin, 'syntax') }]);
}

/** Whether a value is neither null nor an empty string. */
function isPresent(leaf: Leaf): boolean | undefined {
  switch (leaf.state) {
    case 'known':
      return leaf.value !== null && leaf.value !== '';
    case 'template':
      return leaf.pieces.some((piece) => typeof piece === 'string') || undefined;
    case 'list':
    case 'object':
      return true;
    default:
      return undefined;
  }
}

function isFilled({ items, open }: List): boolean | undefined {
  if (items.some(({ when }) => when.yes.isAlways())) return true;
  return items.length === 0 && !open ? false : undefined;
}

/**
 * Whether Terraform can evaluate an expression. A reference that does not resolve is an error, also in a list or
 * object.
 */
function isValid(leaf: Leaf): boolean | undefined {
  if (isError(leaf)) return false;
  if (leaf.state !== 'list' && leaf.state !== 'object') return true;
  const queue: Value[] = [leaf];
  for (let next = 0; next < queue.length && next < MAX_READS; next++) {
    for (const { guard, value } of leaves(queue[next]!)) {
      // A missing attribute of an object is an error only when it is accessed.
      if (value.state !== 'absent' && isError(value)) return guard.isAlways() ? false : undefined;
      if (queue.length >= MAX_READS) continue;
      if (value.state === 'list') queue.push(...value.items.slice(0, MAX_READS).map((item) => item.value));
      if (value.state === 'object') queue.push(...value.entries.slice(0, MAX_READS).map((entry) => entry.value));
    }
  }
  return true;
}

/** Whether a value and everything in it is known, or is an attribute of a resource. */
function isKnown(leaf: Leaf): boolean {
  let left = MAX_READS;
  const known = (value: Value): boolean =>
    left-- > 0 &&
    leaves(value).every(({ value: one }) => {
      switch (one.state) {
        case 'known':
        case 'reference':
          return true;
        case 'template':
          return one.pieces.every((piece) => typeof piece === 'string' || piece.state === 'reference');
        case 'list':
          return !one.open && one.items.every((item) => known(item.value));
        case 'object':
          return !one.open && one.entries.every((entry) => known(entry.value));
        default:
          return false;
      }
    });
  return known(leaf);
}

/**
 * The only item of a list; null for an empty list. Terraform rejects longer lists. A splat of a resource has one item
 * per instance.
 */
function one([list]: readonly Leaf[], origin: Origin): Value | undefined {
  if (list?.state === 'reference') return list;
  if (list?.state !== 'list' || list.open || list.items.length > MAX_PICKED) return undefined;
  const { items } = list;
  const alone = (item?: Element): Guard =>
    items.reduce((guard, other) => guard.and(other === item ? other.when.yes : other.when.no), Guard.always);
  return choice(origin, [
    ...items.map((item) => ({ guard: alone(item), value: item.value })),
    { guard: alone(), value: scalar(origin, null) },
  ]);
}

function anyOf({ items, open }: List): Truth {
  return items.reduce(
    (truth, { value, when }) => eitherTruth(truth, bothTruths(when, booleanOf(value))),
    open ? MAYBE : FALSE,
  );
}

function allOf({ items, open }: List): Truth {
  return items.reduce(
    (truth, { value, when }) => bothTruths(truth, eitherTruth({ yes: when.no, no: when.yes }, booleanOf(value))),
    open ? MAYBE : TRUE,
  );
}

function booleanOf(value: Value): Truth {
  return leaves(value).reduce((truth, { guard, value: leaf }) => {
    const holds = terraformBoolean(leaf) ?? (leaf.state === 'known' && leaf.value === null ? false : undefined);
    return {
      yes: holds === true ? truth.yes.or(guard) : truth.yes,
      no: holds === false ? truth.no.or(guard) : truth.no,
    };
  }, MAYBE);
}
