/** The meta-arguments `count` and `for_each`. https://developer.hashicorp.com/terraform/language/meta-arguments */
import { flatMap } from '../../base/flat-map.ts';
import { Guard, TRUE, type Truth } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { choice, itemsOf, leaves, mapLeaves, member, unknown } from '../../model/navigate.ts';
import { asInteger } from '../../model/predicate.ts';
import type { Leaf, Origin, Value } from '../../model/value.ts';
import type { Pair, Tree } from '../../syntax/tree.ts';
import type { BoundNames } from './body-value.ts';
import type { PlacedBody } from './overrides.ts';

/** The `count` or `for_each` of a block. */
export interface Repetition {
  readonly tree: Tree;
  readonly pair: Pair;
}

/** One instance of a block, or all of them if they are not distinguished. */
export interface Instance {
  /** `["a"]`, `[0]`; empty for a block with at most one instance, and for one that represents all instances. */
  readonly key: string;
  /** The key in addresses where `key` is empty: `[0]` for a block that is counted once at most. */
  readonly shownKey?: string;
  /** The values of `each` and `count`. */
  readonly bound: BoundNames;
  readonly when: Truth;
}

/** The maximum number of distinguished instances. The limit for `count` is lower, because its instances are similar. */
const MAX_KEYS = 64;
const MAX_COUNT = 16;

/** The repetition of a block. The last body that sets it applies. */
export function repetitionOf(bodies: readonly PlacedBody[]): Repetition | undefined {
  for (const { tree, body } of bodies.toReversed()) {
    const pair = body.pairs.findLast((p) => p.name === 'count' || p.name === 'for_each');
    if (pair) return { tree, pair };
  }
  return undefined;
}

/** The source of the repetition, without template markers. */
export function repeatedText({ tree, pair }: Repetition): string {
  return tree.text
    .slice(pair.value.start, pair.value.end)
    .replace(/^"\$\{|\}"$/g, '')
    .trim();
}

/** The resource whose instances a block is repeated over: `for_each = aws_x.y`, `count = length(aws_x.y)`. */
export function repeatsAlong(name: string, text: string): string | undefined {
  if (name === 'for_each') return /^[\w-]+\.[\w-]+$/.exec(text)?.[0];
  return /^length\(\s*([\w-]+\.[\w-]+)\s*\)$/.exec(text)?.[1];
}

/** The scenarios in which a value results in at least one instance; undefined if unknown in some of them. */
export function existenceOver(name: string, over: Value): Truth | undefined {
  let yes: Guard = Guard.never;
  let no: Guard = Guard.never;
  for (const { guard, value: leaf } of leaves(over)) {
    const creates = makes(name, leaf);
    // The scenarios that a value of a variable selects are reached.
    if (creates === true) yes = yes.or(guard.selected());
    else if (creates === false) no = no.or(guard.selected());
    else return undefined;
  }
  return leadingTo({ yes, no });
}

/**
 * The scenarios in which something is created, and in which it is not. Those that differ from the default are assumed:
 * what exists only on request is not part of the configuration by default, and what exists by default is missing only
 * on request.
 */
function leadingTo({ yes, no }: Truth): Truth {
  return { yes: no.holdsByDefault() ? yes.assumed() : yes, no: yes.holdsByDefault() ? no.assumed() : no };
}

/** Whether a value results in no instance by default, so that nothing in the document reaches one. */
export function isIdleByDefault(name: string, over: Value): boolean {
  return leaves(over).some(({ guard, value }) => guard.holdsByDefault() && makes(name, value) === false);
}

/** Whether a value results in at least one instance. */
function makes(name: string, leaf: Leaf): boolean | undefined {
  return name === 'count' ? countOf(leaf) : sizeOf(leaf);
}

/**
 * The instances that a value results in, each in the scenarios in which its key occurs; undefined if they are not
 * distinguished: there is at most one, there are too many, or no key is known in any scenario. Scenarios with unknown
 * keys have no instances here.
 */
export function instancesOver(name: string, over: Value, at: Span): readonly Instance[] | undefined {
  return name === 'count' ? counted(over, at) : keyed(over, at);
}

function counted(over: Value, at: Span): readonly Instance[] | undefined {
  const counts = flatMap(leaves(over), ({ guard, value }) => {
    const count = value.state === 'known' ? asInteger(value) : undefined;
    return count === undefined ? [] : [{ guard: guard.selected(), count }];
  });
  const most = Math.max(0, ...counts.map(({ count }) => count));
  if (most <= 1 || most > MAX_COUNT) return undefined;
  return Array.from({ length: most }, (_, index): Instance => ({
    key: `[${index}]`,
    bound: countBound(index, at),
    when: leadingTo({
      yes: counts.filter(({ count }) => count > index).reduce<Guard>((sum, { guard }) => sum.or(guard), Guard.never),
      no: counts.filter(({ count }) => count <= index).reduce<Guard>((sum, { guard }) => sum.or(guard), Guard.never),
    }),
  }));
}

interface Keyed {
  readonly key: string;
  readonly keyAt: Span;
  readonly branches: { readonly guard: Guard; readonly value: Value }[];
  yes: Guard;
  no: Guard;
}

function keyed(over: Value, at: Span): readonly Instance[] | undefined {
  const known = flatMap(leaves(over), ({ guard, value }) => {
    const members = membersOf(value);
    return members ? [{ guard: guard.selected(), members }] : [];
  });
  const found = new Map<string, Keyed>();
  for (const { members } of known)
    for (const { key, keyAt } of members) {
      if (!found.has(key)) found.set(key, { key, keyAt, branches: [], yes: Guard.never, no: Guard.never });
    }
  if (found.size === 0 || found.size > MAX_KEYS) return undefined;
  for (const { guard, members } of known) {
    const byKey = new Map(members.map((member) => [member.key, member]));
    for (const one of found.values()) {
      const member = byKey.get(one.key);
      if (!member) {
        one.no = one.no.or(guard);
        continue;
      }
      one.branches.push({ guard, value: member.value });
      one.yes = one.yes.or(guard.and(member.when.yes));
      one.no = one.no.or(guard.and(member.when.no));
    }
  }
  return [...found.values()].map(({ key, keyAt, branches, yes, no }): Instance => {
    const origin: Origin = { use: at, steps: [], edit: 'none' };
    const value = branches.length === 1 ? branches[0]!.value : choice(origin, branches);
    return {
      key: `[${JSON.stringify(key)}]`,
      bound: eachBound(
        { state: 'known', origin: { ...origin, use: keyAt }, raw: key, quoted: true, value: key },
        value,
        at,
      ),
      when: leadingTo({ yes, no }),
    };
  });
}

interface KeyedMember {
  readonly key: string;
  readonly keyAt: Span;
  readonly value: Value;
  readonly when: Truth;
}

/** The elements of a `for_each` collection, if all keys are known. The keys of a set are its values. */
function membersOf(leaf: Leaf): readonly KeyedMember[] | undefined {
  if (leaf.state === 'object') return leaf.open ? undefined : leaf.entries;
  if (leaf.state !== 'list' || leaf.open) return undefined;
  const members = leaf.items.map(({ value, when }): KeyedMember | undefined =>
    value.state === 'known' && value.value !== null
      ? { key: value.raw, keyAt: value.origin.use, value, when }
      : undefined,
  );
  return members.every((one) => one !== undefined) ? members : undefined;
}

/** The value of `each`. */
export function eachBound(key: Value, value: Value, at: Span): BoundNames {
  return new Map([
    [
      'each',
      {
        state: 'object',
        origin: value.origin,
        open: false,
        entries: [
          { key: 'value', keyAt: at, when: TRUE, value },
          { key: 'key', keyAt: at, when: TRUE, value: key },
        ],
      },
    ],
  ]);
}

/** The value of `count` in an instance with an index. */
export function countBound(index: number, at: Span): BoundNames {
  return countBoundTo(indexAt(index, at), at);
}

/**
 * The value of `count.index` in a block whose instances are not distinguished: 0 if there is at most one, otherwise any
 * index.
 */
export function countBoundOfAll(over: Value, at: Span): BoundNames {
  const any: Value = { ...unknown({ use: at, steps: [], edit: 'none' }, 'computed'), byCaller: true };
  return countBoundTo(
    mapLeaves(over, (leaf) => (isOnceAtMost(leaf) ? indexAt(0, at) : any)),
    at,
  );
}

/** Whether a block whose instances are not distinguished has at most one in every scenario. */
export function isCountedOnce({ bound }: Instance): boolean {
  const count = bound.get('count');
  return count !== undefined && leaves(member(count, 'index')).every(({ value }) => value.state === 'known');
}

function indexAt(index: number, at: Span): Value {
  return {
    state: 'known',
    origin: { use: at, steps: [], edit: 'none' },
    raw: String(index),
    quoted: false,
    value: index,
  };
}

function countBoundTo(value: Value, at: Span): BoundNames {
  const origin: Origin = { use: at, steps: [], edit: 'none' };
  return new Map([
    ['count', { state: 'object', origin, open: false, entries: [{ key: 'index', keyAt: at, when: TRUE, value }] }],
  ]);
}

/** The instance key in an address. */
export function addressKey({ key, shownKey }: Instance): string {
  return shownKey ?? key;
}

/** Whether a count results in at most one instance. */
function isOnceAtMost(leaf: Leaf): boolean {
  return leaf.state === 'known' && (asInteger(leaf) ?? 2) <= 1;
}

/** Whether a count results in at least one instance. */
function countOf(leaf: Leaf): boolean | undefined {
  const count = leaf.state === 'known' ? asInteger(leaf) : undefined;
  return count === undefined ? undefined : count > 0;
}

/** Whether a `for_each` collection has elements. */
function sizeOf(leaf: Leaf): boolean | undefined {
  if (leaf.state === 'object') return leaf.entries.length > 0 ? true : leaf.open ? undefined : false;
  if (leaf.state !== 'list') return undefined;
  const { items, complete } = itemsOf(leaf);
  if (items.some((item) => item.when.yes.isAlways())) return true;
  return items.length === 0 && complete.yes.isAlways() ? false : undefined;
}
