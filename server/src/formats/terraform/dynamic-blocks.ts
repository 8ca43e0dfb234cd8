/**
 * Dynamic blocks: one block per item of the collection, in every scenario. Nested blocks can be dynamic too.
 * https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks
 * https://github.com/hashicorp/hcl/blob/main/ext/dynblock/README.md
 */
import { Guard, TRUE, type Truth } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { leaves, unknown } from '../../model/navigate.ts';
import type { Element, Known, Leaf, List, Origin, Value } from '../../model/value.ts';
import { pairOf, textOf, valueOf, type MapNode, type Node, type Tree } from '../../syntax/tree.ts';
import { spanOf } from '../located.ts';
import { lazyElement } from '../plain.ts';
import { labelsOf, objectsOf } from './bodies.ts';
import { entriesInOrder, isCertain } from './expression/collections.ts';
import { refsOf } from './expression/combine.ts';
import { orderOf } from './expression/order.ts';
import { sharedIn } from './expression/origin.ts';

/** The iteration scope of a dynamic block's content. */
export interface Round {
  /** The name under which expressions in the content know the member. */
  readonly iterator: string;
  /** An object with the `key` and the `value` of the member. */
  readonly value: Value;
  /** Tells the rounds of all dynamic blocks of a body apart. */
  readonly id: string;
}

/** The blocks that the dynamic blocks of one type make. */
export interface Made {
  readonly keyAt: Span;
  readonly items: readonly Element[];
  /** Where those are all, and where there may be others. */
  readonly whole: Guard;
  readonly unseen: Guard;
}

/** How the body around a dynamic block is read. */
export interface BodyReader {
  /** The value of an argument of the dynamic block itself. */
  readonly argument: (node: Node, keyAt: Span) => Value;
  /** The block that a content is in one round. Dynamic blocks inside of it may make as many as there is room for. */
  readonly content: (content: MapNode, keyAt: Span, round: Round, room: number) => Value;
}

/** How many blocks one dynamic block is written out to; more are one that may be there any number of times. */
const MAX_BLOCKS = 64;

/** How many blocks all dynamic blocks of a body are written out to, with those within each other, so that a small text does not make millions. */
export const MAX_ROOM = 16_384;

/** The blocks that the dynamic blocks of a body make, by their type. */
export function dynamicBlocks(tree: Tree, body: MapNode, reader: BodyReader, room: number): ReadonlyMap<string, Made> {
  const found = new Map<string, Made>();
  const types = body.pairs
    .filter(({ name }) => name === 'dynamic')
    .flatMap(({ value }) => labelsOf(value))
    .map((pair) => ({ pair, blocks: objectsOf(pair.value) }));
  const each = Math.floor(
    room /
      Math.max(
        1,
        types.reduce((sum, { blocks }) => sum + blocks.length, 0),
      ),
  );
  for (const { pair, blocks } of types) {
    const keyAt = spanOf(tree, pair.key);
    const made = blocks.map((block) => madeBy(block, pair.name, keyAt, reader, each));
    const before = found.get(pair.name);
    found.set(pair.name, {
      keyAt: before?.keyAt ?? keyAt,
      items: [...(before?.items ?? []), ...made.flatMap(({ items }) => items)],
      whole: made.reduce((all, { whole }) => all.and(whole), before?.whole ?? Guard.always),
      unseen: made.reduce((all, { unseen }) => all.or(unseen), before?.unseen ?? Guard.never),
    });
  }
  return found;
}

/** Whether an object is a block with dynamic blocks inside, and not a map which has such a key. */
export function hasDynamicBlocks(body: MapNode): boolean {
  const labelled = body.pairs
    .filter(({ name }) => name === 'dynamic')
    .flatMap(({ value }) => labelsOf(value))
    .flatMap(({ value }) => objectsOf(value));
  return labelled.length > 0 && labelled.every((block) => pairOf(block, 'for_each') && pairOf(block, 'content'));
}

/** One block for each member that is known, and one that may be there for what is not. Labels are left out, because no block within a resource has one. */
function madeBy(block: MapNode, type: string, keyAt: Span, { argument, content }: BodyReader, room: number): Made {
  const each = pairOf(block, 'for_each');
  const over = each
    ? argument(each.value, keyAt)
    : unknown({ use: keyAt, key: keyAt, steps: [], edit: 'none' }, 'syntax');
  const all = membersOf(over);
  const known = all.members.slice(0, Math.min(MAX_BLOCKS, room));
  const { whole, unseen } = known.length < all.members.length ? { whole: Guard.never, unseen: Guard.always } : all;
  const rounds = [
    ...known,
    ...(unseen.satisfiable() && room > 0 ? [unknownMember(over, keyAt, { yes: Guard.never, no: whole })] : []),
  ];
  const inner = Math.floor(room / Math.max(1, rounds.length));
  const iterator = iteratorOf(block) ?? type;
  return {
    keyAt,
    whole,
    unseen,
    items: rounds.flatMap(({ key, value, when }, index) =>
      objectsOf(valueOf(block, 'content')).map((node) =>
        lazyElement(() => {
          const made = content(
            node,
            keyAt,
            {
              iterator,
              id: `${iterator}@${block.start}:${index}`,
              value: {
                state: 'object',
                origin: value.origin,
                open: false,
                entries: [
                  { key: 'key', keyAt, value: key, when: TRUE },
                  { key: 'value', keyAt, value, when: TRUE },
                ],
              },
            },
            inner,
          );
          return rounds.length > 1 ? sharedIn(made, made.origin.use) : made;
        }, when),
      ),
    ),
  };
}

/** The name of the iterator, if the block gives it one. What converts native syntax to JSON puts the name into a template. */
function iteratorOf(block: MapNode): string | undefined {
  return textOf(valueOf(block, 'iterator'))
    ?.replace(/^\$\{|\}$/g, '')
    .trim();
}

/** A member of what a dynamic block goes over. */
interface Iterated {
  readonly when: Truth;
  readonly key: Value;
  readonly value: Value;
}

/** The members that are known, in every scenario; where they are all, and where there may be others. */
function membersOf(over: Value): {
  readonly members: readonly Iterated[];
  readonly whole: Guard;
  readonly unseen: Guard;
} {
  const all = leaves(over);
  const members = all.flatMap(({ guard, value: leaf }) => {
    const elsewhere = all.reduce((sum, other) => (other.value === leaf ? sum : sum.or(other.guard)), Guard.never);
    return membersOfLeaf(leaf).map(({ when, key, value }) => ({
      key,
      value,
      when: guard.isAlways() ? when : { yes: guard.and(when.yes), no: elsewhere.or(guard.and(when.no)) },
    }));
  });
  const sum = (isWhole: boolean): Guard =>
    all.reduce<Guard>(
      (guards, { guard, value }) => (isClosed(value) === isWhole ? guards.or(guard) : guards),
      Guard.never,
    );
  return { members, whole: sum(true), unseen: sum(false) };
}

function isClosed(leaf: Leaf): boolean {
  return (leaf.state === 'list' || leaf.state === 'object') && !leaf.open;
}

function membersOfLeaf(leaf: Leaf): readonly Iterated[] {
  if (leaf.state === 'list')
    return leaf.items.map((item, index) => ({
      when: item.when,
      get value() {
        return item.value;
      },
      get key() {
        return keyOfItem(leaf, index);
      },
    }));
  if (leaf.state !== 'object') return [];
  return entriesInOrder(leaf.entries).map((entry) => ({
    when: entry.when,
    get value() {
      return entry.value;
    },
    key: written(entry.key, { use: entry.keyAt, steps: [], edit: 'none', ...secrecyOf(leaf) }),
  }));
}

/** The key of an item is its index in a list, and the item itself in a set. Behind an item that may not be there, indexes are not known. */
function keyOfItem(list: List, index: number): Value {
  const order = orderOf(list);
  if (order === 'set') return list.items[index]!.value;
  const origin: Origin = { use: list.origin.use, steps: [], edit: 'none', ...secrecyOf(list) };
  return order === 'sequence' && list.items.slice(0, index).every(isCertain)
    ? written(index, origin)
    : unknown(origin, 'computed');
}

function written(key: string | number, origin: Origin): Known {
  return { state: 'known', origin, raw: String(key), quoted: typeof key === 'string', value: key };
}

/** Represents all unknown items. */
function unknownMember(over: Value, keyAt: Span, when: Truth): Iterated {
  const value: Value = {
    ...unknown({ use: keyAt, key: keyAt, steps: [], edit: 'none', ...secrecyOf(over) }, 'computed', refsOf([over])),
    byCaller: true,
  };
  return { when, key: value, value };
}

function secrecyOf({ origin }: Value): { readonly secret?: true } {
  return origin.secret ? { secret: true } : {};
}
