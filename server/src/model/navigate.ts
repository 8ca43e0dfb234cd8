import { spend } from '../base/budget.ts';
import { flatMap } from '../base/flat-map.ts';
import { groupedBy } from '../base/groups.ts';
import { memoize } from '../base/memoize.ts';
import { bothTruths, FALSE, Guard, MAYBE, TRUE, type Truth } from '../base/guard.ts';
import { byText } from '../base/order.ts';
import type { Span } from '../base/span.ts';
import type { Absent, Branch, Choice, Element, Leaf, Member, Origin, Reason, Unknown, Value } from './value.ts';

/** The maximum number of branches of a value; the rest is unknown (budget). */
export const MAX_BRANCHES = 64;

/** The leaves of a value: every possible value, with its scenarios. */
export function leaves(value: Value): readonly { readonly guard: Guard; readonly value: Leaf }[] {
  spend();
  if (value.state !== 'choice') {
    // By itself, because V8 creates an object in a list in its runtime until the function is optimized.
    const only = { guard: Guard.always, value };
    return [only];
  }
  return value.branches.every(isFlat) ? value.branches : leavesWithin(value);
}

interface FlatBranch extends Branch {
  readonly value: Leaf;
}

function isFlat(branch: Branch): branch is FlatBranch {
  return branch.value.state !== 'choice';
}

function leavesWithin({ branches }: Choice): readonly FlatBranch[] {
  return flatMap(branches, ({ guard, value: inner }) =>
    inner.state === 'choice'
      ? leaves(inner)
          .map((leaf) => ({ guard: guard.and(leaf.guard), value: leaf.value }))
          .filter((leaf) => leaf.guard.satisfiable())
      : [{ guard, value: inner }],
  );
}

/**
 * A value that depends on the scenario. Unreachable branches are removed and nested choices are flattened. A single
 * branch that exists in every scenario is returned itself.
 */
export function choice(origin: Origin, branches: readonly Branch[]): Value {
  const flat: { guard: Guard; value: Leaf }[] = [];
  for (const branch of branches) {
    if (!branch.guard.satisfiable()) continue;
    for (const leaf of leaves(branch.value)) {
      const guard = branch.guard.and(leaf.guard);
      if (guard.satisfiable()) flat.push({ guard, value: leaf.value });
    }
  }
  // Without branches, the value is unknown: because of its inputs, or because scenarios were dropped.
  if (flat.length === 0) return unknown(origin, branches.some(({ guard }) => !guard.exact) ? 'budget' : 'computed');
  if (flat.length === 1 && flat[0]!.guard.isAlways()) return flat[0]!.value;
  if (flat.length > MAX_BRANCHES) {
    const beyond = flat.splice(MAX_BRANCHES - 1).reduce<Guard>((sum, { guard }) => sum.or(guard), Guard.never);
    flat.push({ guard: beyond, value: unknown(origin, 'budget') });
  }
  // An array that grew has room for sixteen more, and most choices have two branches.
  return { state: 'choice', origin, branches: flat.slice() };
}

/**
 * An unknown value with its reason. `refs` are the addresses of the values that it is made from, as far as they are
 * known. `more` is what else is known of it. V8 would make a hidden class for each copy with another field.
 */
export function unknown(
  origin: Origin,
  why: Reason,
  refs: readonly string[] = [],
  more?: Partial<Omit<Unknown, 'state' | 'origin' | 'why' | 'refs'>>,
): Unknown {
  return more ? { state: 'unknown', origin, why, refs, ...more } : { state: 'unknown', origin, why, refs };
}

/** An absent value, at the value that would contain it. */
export function absentFrom(holder: Value, open = false): Absent {
  return { state: 'absent', origin: originAt(holder.origin, deepestKey(holder)), open };
}

/** An origin with another use. V8 copies an object slowly if a field of the copy is then set, and most have few. */
function originAt(origin: Origin, use: Span): Origin {
  const { def, key, steps, edit, secret } = origin;
  if (def !== undefined || secret !== undefined) return { ...origin, use };
  return key === undefined ? { use, steps, edit } : { use, key, steps, edit };
}

/** The range for something missing in a value, such as another list item: its key. */
export function gapIn(value: Value): Value {
  return mapLeaves(value, (leaf) => (leaf.state === 'object' || leaf.state === 'list' ? absentFrom(leaf) : leaf));
}

/** The range for something missing in a value: its key, otherwise its first key, otherwise the value. */
function deepestKey(holder: Value): Span {
  if (holder.origin.key) return holder.origin.key;
  if (holder.state === 'object' && holder.entries[0]) return holder.entries[0].keyAt;
  return holder.origin.use;
}

/** Maps every leaf of a value and keeps the scenarios. */
export function mapLeaves(value: Value, f: (leaf: Leaf) => Value): Value {
  if (value.state !== 'choice') return f(value);
  return choice(
    value.origin,
    value.branches.map((branch) => ({ guard: branch.guard, value: mapLeaves(branch.value, f) })),
  );
}

/** The value under a key. The last of several entries with the same key applies, in its scenarios. */
export function member(value: Value, key: string): Value {
  return value.state === 'choice' ? memberInScenarios(value, key) : memberOf(value, key);
}

/** A function of its own, because one with a closure makes room for it in each call, and few values are choices. */
function memberInScenarios(value: Choice, key: string): Value {
  return mapLeaves(value, (leaf) => memberOf(leaf, key));
}

function memberOf(leaf: Leaf, key: string): Value {
  switch (leaf.state) {
    case 'object':
      return entry(leaf, leaf.entries, key, leaf.open);
    case 'absent':
      return leaf.default && !leaf.open ? member(leaf.default, key) : leaf;
    case 'known':
      return leaf.value === null ? absentFrom(leaf) : unknown(leaf.origin, 'syntax');
    case 'reference':
      return unknown(leaf.origin, 'computed', [leaf.to]);
    case 'unknown':
      return leaf.part ? leaf : partOf(leaf);
    default:
      return unknown(leaf.origin, 'syntax');
  }
}

/**
 * A member of an unknown value: neither its value nor its existence is known. A string that could not be read as a
 * document is that of the whole, such as an OpenAPI definition in YAML around a policy.
 */
function partOf({ input, admits, admitsPart, unread, ...held }: Unknown): Unknown {
  return { part: true, ...(held.why === 'parameter' ? { byCaller: true } : {}), ...held };
}

/** The number of entries from which those with a key are looked up. */
const MANY_ENTRIES = 64;

const entriesByKey = memoize((entries: readonly Member[]) => groupedBy(entries, (one) => one.key));

function entry(holder: Value, all: readonly Member[], key: string, open: boolean): Value {
  const entries = all.length < MANY_ENTRIES ? all : (entriesByKey(all).get(key) ?? []);
  // An entry that exists in every scenario hides earlier ones, which is the usual case.
  let first = entries.length - 1;
  while (first >= 0 && !(entries[first]!.key === key && entries[first]!.when.yes.isAlways())) first--;
  let result: Value = first < 0 ? absentFrom(holder, open) : entries[first]!.value;
  for (let i = first + 1; i < entries.length; i++) {
    const one = entries[i]!;
    if (one.key === key) result = either(one.when, one.value, result);
  }
  return result;
}

/** A value where a statement is true, another value where it is false, and unknown elsewhere. */
export function either(when: Truth, value: Value, otherwise: Value): Value {
  if (when.yes.isAlways()) return value;
  if (when.no.isAlways()) return otherwise;
  return choice(value.origin, [
    { guard: when.yes, value },
    { guard: when.no, value: otherwise },
  ]);
}

/** The value at a path of keys. */
export function memberAt(value: Value, path: readonly string[]): Value {
  return path.reduce(member, value);
}

/** The items of a list value, with the scenarios of each, and whether they are complete. */
export interface Items {
  readonly items: readonly Element[];
  readonly complete: Truth;
}

/**
 * The items of a list in every scenario. With `loose`, a single value counts as a list of one, as in IAM policies and
 * Terraform blocks.
 */
export function itemsOf(value: Value, loose = false): Items {
  if (value.state !== 'choice') return itemsOfLeaf(value, loose);
  return loose ? looseItemsOf(value) : strictItemsOf(value);
}

// Memoized, because many rules ask for the items of the same values, and scenarios are expensive to add up.
const looseItemsOf = memoize((value: Choice): Items => itemsOfChoice(value, true));
const strictItemsOf = memoize((value: Choice): Items => itemsOfChoice(value, false));

function itemsOfChoice(value: Choice, loose: boolean): Items {
  const parts = leaves(value).map(({ guard, value: leaf }) => {
    const { items, complete } = itemsOfLeaf(leaf, loose);
    return { guard, items, complete };
  });
  if (parts.length === 1 && parts[0]!.guard.isAlways()) return { items: parts[0]!.items, complete: parts[0]!.complete };
  let complete: Guard = Guard.never;
  // An item that is the same in several scenarios counts once, for example if other items are added before or after it
  // in some of them.
  const found = new Map<Element, { yes: Guard; no: Guard; readonly parts: Set<unknown> }>();
  for (const part of parts) {
    complete = complete.or(part.guard.and(part.complete.yes));
    for (const item of part.items) {
      const yes = part.guard.and(item.when.yes);
      const no = part.guard.and(item.when.no);
      const before = found.get(item);
      if (before) {
        before.yes = before.yes.or(yes);
        before.no = before.no.or(no);
        before.parts.add(part);
      } else found.set(item, { yes, no, parts: new Set([part]) });
    }
  }
  const items = [...found].map(([{ value }, { yes, no, parts: inThese }]): Element => ({
    value,
    when: { yes, no: parts.reduce((sum, part) => (inThese.has(part) ? sum : sum.or(part.guard)), no) },
  }));
  return { items, complete: { yes: complete, no: Guard.never } };
}

/**
 * The items of a list-typed property. CloudFormation accepts a single value for a list of one, so a value known not to
 * be a list counts as the only item; an unknown value can be a list, so its items are unknown.
 */
export function itemsOfProperty(value: Value): Items {
  if (value.state !== 'choice') return itemsOf(asList(value));
  return itemsOf(mapLeaves(value, asList));
}

/**
 * The only item of a list, if a single value and a list of one are equivalent, as in IAM policies; other values are
 * unchanged.
 */
export function soleItem(value: Value): Value {
  return mapLeaves(value, (leaf) => {
    if (leaf.state !== 'list' || leaf.open || leaf.items.length !== 1) return leaf;
    const [{ value: item, when }] = leaf.items as readonly [Element];
    return when.yes.isAlways() ? item : leaf;
  });
}

/** A value known not to be a list, as a list of one with the same range. */
function asList(leaf: Leaf): Value {
  const isSingle =
    leaf.state === 'object' || (leaf.state === 'known' && leaf.value !== null) || leaf.state === 'template';
  return isSingle ? { state: 'list', origin: leaf.origin, open: false, items: [{ value: leaf, when: TRUE }] } : leaf;
}

const NO_ITEMS: Items = { items: [], complete: TRUE };
/** Items of which none is known. */
const SOME_ITEMS: Items = { items: [], complete: MAYBE };

function itemsOfLeaf(leaf: Leaf, loose: boolean): Items {
  switch (leaf.state) {
    case 'list':
      return {
        items: leaf.items.every(isThere) ? leaf.items : flatMap(leaf.items, spread),
        complete: leaf.open ? MAYBE : TRUE,
      };
    case 'absent':
      return leaf.default && !leaf.open ? itemsOf(leaf.default, loose) : leaf.open ? SOME_ITEMS : NO_ITEMS;
    case 'known':
      return leaf.value === null
        ? NO_ITEMS
        : { items: loose ? [{ value: leaf, when: TRUE }] : [], complete: loose ? TRUE : MAYBE };
    case 'object':
    case 'template':
    case 'reference':
      return loose ? { items: [{ value: leaf, when: TRUE }], complete: TRUE } : SOME_ITEMS;
    case 'unknown':
      return { items: loose ? [{ value: leaf, when: TRUE }] : [], complete: MAYBE };
  }
}

/** An item that can be absent (`AWS::NoValue` in a branch) exists only in the other branches. */
function spread(item: Element): Element[] {
  if (item.value.state !== 'choice') return isNothing(item.value) ? [] : [item];
  const branches = leaves(item.value);
  if (!branches.some((branch) => isNothing(branch.value))) return [item];
  const existing = branches.filter((branch) => !isNothing(branch.value));
  const yes = existing.reduce((sum, branch) => sum.or(branch.guard), Guard.never);
  const no = branches
    .filter((branch) => isNothing(branch.value))
    .reduce((sum, branch) => sum.or(branch.guard), Guard.never);
  return [
    { value: choice(item.value.origin, existing), when: { yes: item.when.yes.and(yes), no: item.when.no.or(no) } },
  ];
}

function isThere({ value }: Element): boolean {
  return value.state !== 'choice' && !isNothing(value);
}

/** Whether a value is known to be absent; a value that files not read can set is not. */
export function isNothing(value: Value): boolean {
  return value.state === 'absent' && !value.open;
}

/** Whether a value is known to be absent or null. */
export function isUnset(value: Value): boolean {
  return isNothing(value) || (value.state === 'known' && value.value === null);
}

/** The maximum number of nested values. */
const MOST_WITHIN = 20_000;

const byKey = (one: Member, other: Member): number => byText(one.key, other.key);

/** A nested value. */
export interface InnermostValue extends Element {
  /** The nearest key around it; empty without one. */
  readonly key: string;
}

/**
 * All nested values that are neither lists nor objects, with their scenarios, ordered by key; a scalar returns itself.
 */
export function innermostOf(value: Value): readonly InnermostValue[] {
  const found: InnermostValue[] = [];
  const open: InnermostValue[] = [{ key: '', value, when: TRUE }];
  let remaining = MOST_WITHIN;
  for (let next = open.pop(); next && remaining-- > 0; next = open.pop()) {
    const { key, value: one, when } = next;
    const parts = leaves(one);
    if (parts.every(({ value: leaf }) => leaf.state !== 'object' && leaf.state !== 'list')) found.push(next);
    else
      for (const { guard, value: leaf } of parts) {
        const there: Truth = { yes: when.yes.and(guard), no: when.no };
        const inner: readonly InnermostValue[] =
          leaf.state === 'object'
            ? leaf.entries.toSorted(byKey)
            : leaf.state === 'list'
              ? leaf.items.map((item) => ({ key, value: item.value, when: item.when }))
              : [{ key, value: leaf, when: TRUE }];
        for (const part of inner.toReversed())
          open.push({ key: part.key, value: part.value, when: bothTruths(there, part.when) });
      }
  }
  return found;
}

/** The members of an object, with the scenarios in which they exist; empty for any other value. */
export function membersOf(value: Value): readonly Pick<Member, 'key' | 'value' | 'when'>[] {
  return flatMap(leaves(value), ({ guard, value: leaf }) =>
    leaf.state === 'object'
      ? leaf.entries.map((entry) => ({
          key: entry.key,
          value: entry.value,
          when: bothTruths({ yes: guard, no: Guard.never }, entry.when),
        }))
      : [],
  );
}

export { FALSE, TRUE };
