/** List functions. */
import { flatMap } from '../../../../base/flat-map.ts';
import { bothTruths, eitherTruth, FALSE, Guard, MAYBE, TRUE, type Truth } from '../../../../base/guard.ts';
import { choice, leaves, unknown } from '../../../../model/navigate.ts';
import type { Branch, Element, Leaf, Origin, Value } from '../../../../model/value.ts';
import { isIdentity } from '../any-item.ts';
import { entriesInOrder, filtered, isCertain, itemsInOrder, listOf, listWith, sequenceOr } from '../collections.ts';
import { integerOf, terraformText } from '../conversions.ts';
import { equalLeaves } from '../equality.ts';
import { compareTexts, orderOf } from '../order.ts';
import { scalar } from '../origin.ts';
import { MAX_ITEMS, perLeaf, truthValue, type TerraformFunction } from './function.ts';
import { withoutRepeats } from './set.ts';

/** The maximum depth of flattened lists, and the maximum number of lengths of a list. */
const MAX_DEPTH = 20;
const MAX_LENGTHS = 16;

/** The maximum numbers of compared items. */
const MAX_COMPARISONS = 100_000;

export const LIST_FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  chunklist: perLeaf(chunklist),
  compact: perLeaf(compact),
  concat: perLeaf(concat),
  contains: perLeaf(([list, wanted], origin) =>
    list?.state === 'list' && wanted ? truthValue(holds(list.items, list.open, wanted), origin) : undefined,
  ),
  distinct: perLeaf(([list], origin) => {
    if (list?.state !== 'list') return undefined;
    const { items, settled } = withoutRepeats(list.items);
    const isSettled = settled && !list.open && orderOf(list) !== 'unsettled';
    return listWith(origin, items, isSettled ? 'sequence' : 'unsettled', list.open);
  }),
  element: perLeaf(element),
  flatten: perLeaf(flatten),
  index: perLeaf(index),
  length: perLeaf(length),
  matchkeys: perLeaf(matchkeys),
  reverse: perLeaf(([list], origin) => {
    const items = itemsInOrder(list);
    if (items) return listOf(origin, items.toReversed());
    return list?.state === 'list' ? listWith(origin, list.items, 'unsettled', list.open) : undefined;
  }),
  slice: perLeaf(slice),
  sort: perLeaf(sort),
};

/**
 * An unknown list leaves the result open. The ARNs or IDs of the instances of a resource are one reference:
 * `aws_x.y[*].arn`.
 */
function concat(args: readonly Leaf[], origin: Origin): Value | undefined {
  const lists = flatMap(args, (leaf) => {
    if (leaf.state === 'list') return [leaf];
    return leaf.state === 'reference' && isIdentity(leaf.attribute)
      ? [listWith(leaf.origin, [{ value: leaf, when: TRUE }], 'unsettled', false)]
      : [];
  });
  if (lists.length === 0 || lists.reduce((sum, list) => sum + list.items.length, 0) > MAX_ITEMS) return undefined;
  const open = lists.length < args.length || lists.some((list) => list.open);
  return listWith(
    origin,
    flatMap(lists, (list) => list.items),
    open || lists.some((list) => orderOf(list) === 'unsettled') ? 'unsettled' : 'sequence',
    open,
  );
}

/**
 * The list without null values and empty strings. Attributes that name a resource are neither, and an encoded JSON
 * string is not empty.
 */
function compact([list]: readonly Leaf[], origin: Origin): Value | undefined {
  if (list?.state !== 'list') return undefined;
  const items = filtered(list.items, (leaf) => {
    if (leaf.state === 'known') return leaf.value !== null && leaf.value !== '';
    if (leaf.state === 'reference') return isIdentity(leaf.attribute) || undefined;
    if (leaf.state === 'object' || leaf.state === 'list') return true;
    return leaf.state === 'template' ? leaf.pieces.some((piece) => typeof piece === 'string') || undefined : undefined;
  });
  return listWith(origin, items, list.open ? 'unsettled' : sequenceOr(orderOf(list)), list.open);
}

/** Whether a value is one of the items. */
function holds(items: readonly Element[], open: boolean, wanted: Leaf): Truth {
  return items.reduce(
    (truth, { value, when }) => eitherTruth(truth, bothTruths(when, isEqual(value, wanted))),
    open ? MAYBE : FALSE,
  );
}

function isEqual(value: Value, wanted: Leaf): Truth {
  return leaves(value).reduce((truth, { guard, value: leaf }) => {
    const equal = equalLeaves(leaf, wanted);
    return {
      yes: equal === true ? truth.yes.or(guard) : truth.yes,
      no: equal === false ? truth.no.or(guard) : truth.no,
    };
  }, MAYBE);
}

function index([list, wanted]: readonly Leaf[], origin: Origin): Value | undefined {
  const items = itemsInOrder(list);
  for (const [at, item] of items?.entries() ?? []) {
    const equal = item.state === 'choice' || !wanted ? undefined : equalLeaves(item, wanted);
    if (equal === undefined) return undefined;
    if (equal) return scalar(origin, at);
  }
  return items && unknown(origin, 'syntax');
}

/** Indexes beyond the end wrap around, and negative indexes count from the end. */
function element([list, at]: readonly Leaf[], origin: Origin): Value | undefined {
  const [items, position] = [itemsInOrder(list), integerOf(at)];
  if (items?.length === 0) return unknown(origin, 'syntax');
  if (!items || position === undefined) return undefined;
  return items[((position % items.length) + items.length) % items.length];
}

function slice([list, start, end]: readonly Leaf[], origin: Origin): Value | undefined {
  const [items, from, to] = [itemsInOrder(list), integerOf(start), integerOf(end)];
  if (!items || from === undefined || to === undefined)
    return list?.state === 'list' ? listWith(origin, list.items.map(optional), 'unsettled', list.open) : undefined;
  return from < 0 || to < from || to > items.length ? unknown(origin, 'syntax') : listOf(origin, items.slice(from, to));
}

/** An item of a list of which some part is taken. */
function optional({ value, when }: Element): Element {
  return { value, when: bothTruths(when, MAYBE) };
}

function chunklist([list, size]: readonly Leaf[], origin: Origin): Value | undefined {
  const [items, length] = [itemsInOrder(list), integerOf(size)];
  if (!items || length === undefined || length < 0) return undefined;
  if (length === 0) return listOf(origin, [listOf(origin, items)]);
  return listOf(
    origin,
    Array.from({ length: Math.ceil(items.length / length) }, (_, at) =>
      listOf(origin, items.slice(at * length, (at + 1) * length)),
    ),
  );
}

function sort([list]: readonly Leaf[], origin: Origin): Value | undefined {
  if (list?.state !== 'list') return undefined;
  const texts = list.items.map(({ value }) => (value.state === 'known' ? terraformText(value) : undefined));
  if (list.open || texts.includes(undefined) || !list.items.every(isCertain))
    return listWith(origin, list.items, 'unsettled', list.open);
  const sorted = list.items
    .map(({ value }, at) => ({ value, text: texts[at]! }))
    .sort((a, b) => compareTexts(a.text, b.text));
  return listOf(
    origin,
    sorted.map(({ value, text }) =>
      value.state === 'known' && typeof value.value !== 'string' ? scalar(origin, text) : value,
    ),
  );
}

/** Nested lists, flattened. An unknown value can be a list. */
function flatten([list]: readonly Leaf[], origin: Origin): Value | undefined {
  if (list?.state !== 'list') return undefined;
  const items: Element[] = [];
  let open = false as boolean;
  let settled = true as boolean;
  const add = (leaf: Leaf, when: Truth, depth: number): void => {
    if (leaf.state !== 'list' || depth > MAX_DEPTH || items.length > MAX_ITEMS) {
      if (leaf.state === 'unknown' || leaf.state === 'reference' || leaf.state === 'list') open = true;
      // A reference can be one value or several; its target is in the list in both cases.
      if (leaf.state !== 'unknown' && leaf.state !== 'list') items.push({ value: leaf, when });
      return;
    }
    open ||= leaf.open;
    settled &&= orderOf(leaf) !== 'unsettled';
    for (const item of leaf.items) {
      const all = leaves(item.value);
      // In the remaining scenarios it can be any list.
      open ||= !Guard.always.coveredBy(...all.map(({ guard }) => guard));
      for (const one of all) {
        const elsewhere = all.reduce((sum, other) => (other === one ? sum : sum.or(other.guard)), Guard.never);
        const here = one.guard.isAlways() ? item.when : bothTruths(item.when, { yes: one.guard, no: elsewhere });
        add(one.value, when === TRUE ? here : bothTruths(when, here), depth + 1);
      }
    }
  };
  add(list, TRUE, 0);
  return items.length > MAX_ITEMS
    ? undefined
    : listWith(origin, items, open || !settled ? 'unsettled' : 'sequence', open);
}

/** The number of items in each scenario. */
function length([leaf]: readonly Leaf[], origin: Origin): Value | undefined {
  switch (leaf?.state) {
    case 'list':
      return leaf.open || orderOf(leaf) === 'unsettled' ? undefined : counted(leaf.items, origin);
    case 'object':
      return leaf.open ? undefined : counted(entriesInOrder(leaf.entries), origin);
    // Terraform counts grapheme clusters, which equals the length for ASCII only.
    case 'known':
      return typeof leaf.value === 'string' && /^[\x20-\x7E]*$/.test(leaf.value)
        ? scalar(origin, leaf.value.length)
        : undefined;
    default:
      return undefined;
  }
}

function counted(things: readonly { readonly when: Truth }[], origin: Origin): Value | undefined {
  const certain = things.filter(({ when }) => when.yes.isAlways()).length;
  let counts: ReadonlyMap<number, Guard> = new Map([[certain, Guard.always]]);
  for (const { when } of things) {
    if (when.yes.isAlways()) continue;
    const next = new Map<number, Guard>();
    const add = (count: number, guard: Guard): void => {
      if (guard.satisfiable()) next.set(count, next.get(count)?.or(guard) ?? guard);
    };
    for (const [count, guard] of counts) {
      add(count + 1, guard.and(when.yes));
      add(count, guard.and(when.no));
    }
    if (next.size > MAX_LENGTHS || next.size === 0) return undefined;
    counts = next;
  }
  const branches: Branch[] = [...counts].map(([count, guard]) => ({ guard, value: scalar(origin, count) }));
  return choice(origin, branches);
}

function matchkeys(args: readonly Leaf[], origin: Origin): Value | undefined {
  const [values, keys, wanted] = args.map(itemsInOrder);
  if (!values || !keys || !wanted || values.length !== keys.length || keys.length * wanted.length > MAX_COMPARISONS)
    return undefined;
  const items = wanted.map((value) => ({ value, when: TRUE }));
  const kept = flatMap(values, (value, at): readonly Element[] => {
    const key = keys[at]!;
    const when = key.state === 'choice' ? MAYBE : holds(items, false, key);
    return when.no.isAlways() ? [] : [{ value, when }];
  });
  return listWith(origin, kept, 'sequence');
}
