/** Set functions. Sets are lists that are marked as sets. */
import { flatMap } from '../../../../base/flat-map.ts';
import { bothTruths, MAYBE, notTruth, TRUE, type Truth } from '../../../../base/guard.ts';
import type { Element, Known, Leaf, Origin, Value } from '../../../../model/value.ts';
import { isCertain, itemsInOrder, listOf, listWith } from '../collections.ts';
import { equalLeaves } from '../equality.ts';
import { compareTexts, ordered, orderOf } from '../order.ts';
import { MAX_ITEMS, perLeaf, type TerraformFunction } from './function.ts';

/** The maximum numbers of compared items. */
const MAX_COMPARISONS = 100_000;

export const SET_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  setintersection: perLeaf((args, origin) => narrowed(args, origin, (truth) => truth)),
  setproduct: perLeaf(setproduct),
  setsubtract: perLeaf((args, origin) => narrowed(args, origin, notTruth)),
  setunion: perLeaf((args, origin) => {
    const lists = args.filter((leaf) => leaf.state === 'list');
    if (lists.length === 0 || lists.reduce((sum, list) => sum + list.items.length, 0) > MAX_ITEMS) return undefined;
    return setOf(
      origin,
      flatMap(lists, (list) => list.items),
      lists.length < args.length || lists.some((list) => list.open),
    );
  }),
};

/** The items of a set without duplicates, sorted if all are known. */
export function setOf(origin: Origin, all: readonly Element[], open = false): Value {
  const { items, settled } = withoutRepeats(all);
  const known = flatMap(items, ({ value }) => (value.state === 'known' && value.value !== null ? [value] : []));
  const isSortable =
    settled &&
    !open &&
    items.every(isCertain) &&
    known.length === items.length &&
    new Set(known.map(({ value }) => typeof value)).size <= 1;
  if (isSortable) return listOf(origin, known.toSorted(compared), 'set');
  return listWith(origin, items, settled && !open && items.length <= 1 ? 'set' : 'unsettled', open);
}

/** The order of values of one type in a set: strings by their bytes, numbers by size, false before true. */
function compared(a: Known, b: Known): number {
  return typeof a.value === 'string' ? compareTexts(a.raw, b.raw) : Number(a.value) - Number(b.value);
}

/** Items without duplicates, and whether none of the remaining ones can be equal to another. */
export function withoutRepeats(items: readonly Element[]): {
  readonly items: readonly Element[];
  readonly settled: boolean;
} {
  const seen = new Set<string>();
  const kept = items.filter((item) => {
    const { value } = item;
    if (value.state !== 'known' || !isCertain(item)) return true;
    const id = `${typeof value.value} ${value.raw}`;
    return !seen.has(id) && seen.add(id);
  });
  return {
    items: kept,
    settled: kept.length <= 1 || kept.every((item) => item.value.state === 'known' && isCertain(item)),
  };
}

/** The items of the first set that satisfy a condition on their presence in the other sets. */
function narrowed(
  [first, ...others]: readonly Leaf[],
  origin: Origin,
  test: (isIn: Truth) => Truth,
): Value | undefined {
  if (first?.state !== 'list') return undefined;
  if (
    others.reduce((sum, other) => sum + (other.state === 'list' ? other.items.length : 1), 0) * first.items.length >
    MAX_COMPARISONS
  )
    return undefined;
  const items = flatMap(first.items, ({ value, when }): readonly Element[] => {
    const both = others.reduce<Truth>((truth, other) => bothTruths(truth, test(isIn(value, other))), when);
    return both.no.isAlways() ? [] : [{ value, when: both.yes.isAlways() ? TRUE : both }];
  });
  return setOf(origin, items, first.open);
}

function isIn(value: Value, set: Leaf): Truth {
  if (value.state === 'choice' || set.state !== 'list') return MAYBE;
  const found = set.items.map((item) => {
    const equal = item.value.state === 'choice' ? undefined : equalLeaves(value, item.value);
    return equal === undefined ? undefined : equal && isCertain(item) ? true : equal ? undefined : false;
  });
  if (found.includes(true)) return TRUE;
  return set.open || found.includes(undefined) ? MAYBE : notTruth(TRUE);
}

/** Every combination of items. The result is ordered if all arguments are lists. */
function setproduct(args: readonly Leaf[], origin: Origin): Value | undefined {
  const lists = args.map(itemsInOrder);
  if (lists.length < 2 || lists.includes(undefined)) return undefined;
  if (lists.reduce((product, items) => product * items!.length, 1) > MAX_ITEMS) return undefined;
  const rows = lists.reduce<readonly (readonly Value[])[]>(
    (made, items) => flatMap(made, (row) => items!.map((item) => [...row, item])),
    [[]],
  );
  const product = listOf(
    origin,
    rows.map((row) => listOf(origin, row)),
  );
  return args.every((leaf) => orderOf(leaf) === 'sequence') || rows.length <= 1
    ? product
    : ordered(product, 'unsettled');
}
