import { addTo } from '../../base/groups.ts';
import { Guard, MAYBE, TRUE } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { absentFrom, leaves, unknown } from '../../model/navigate.ts';
import type { Element, Leaf, Member, Value } from '../../model/value.ts';
import { pairOf, resolved, valueOf, type MapNode, type Node, type ScalarNode, type Tree } from '../../syntax/tree.ts';
import { locatedAt, originOf, spanOf } from '../located.ts';
import { lazyElement, lazyMember, MAX_DEPTH, plainValue } from '../plain.ts';
import { hiddenByName } from '../secret-places.ts';
import { labelsOf, objectsOf } from './bodies.ts';
import { ordered } from './expression/order.ts';

/** Evaluates the text of a string in a place where Terraform reads templates; `bound` are the iterators of dynamic blocks around it. */
export type EvaluateTemplate = (tree: Tree, node: ScalarNode, key: Span | undefined, bound?: Bound) => Value;

/** The values of names that a place knows, as objects with `key` and `value`. */
export type Bound = ReadonlyMap<string, Value>;

/** How many blocks a dynamic block is written out to; more are one that may be there any number of times. */
const MAX_BLOCKS = 64;

/** Arguments of every block that are no attributes of the resource. */
const META: ReadonlySet<string> = new Set(['//', 'count', 'for_each', 'depends_on', 'lifecycle', 'provider', 'provisioner', 'connection', 'dynamic']);

/**
 * The attributes and nested blocks of a body as a value. A name that occurs several times is several blocks, in order; a
 * dynamic block may be there any number of times.
 */
export function bodyValue(tree: Tree, body: MapNode, nameAt: Span | undefined, evaluate: EvaluateTemplate, nested = false): Value {
  const byName = new Map<string, { node: Node; keyAt: Span }[]>();
  for (const pair of body.pairs) {
    if (!META.has(pair.name)) addTo(byName, pair.name, { node: pair.value, keyAt: spanOf(tree, pair.key) });
  }
  const dynamic = new Map<string, Made>();
  for (const pair of body.pairs.filter((p) => p.name === 'dynamic').flatMap((p) => labelsOf(p.value))) {
    const keyAt = spanOf(tree, pair.key);
    const made = objectsOf(pair.value).map((block) => madeBy(tree, block, pair.name, keyAt, evaluate, nested));
    const before = dynamic.get(pair.name);
    dynamic.set(pair.name, {
      keyAt: before?.keyAt ?? keyAt,
      items: [...before?.items ?? [], ...made.flatMap((one) => one.items)],
      open: (before?.open ?? false) || made.some((one) => one.open),
    });
  }
  const entries: Member[] = [];
  for (const [name, found] of byName) {
    const [first] = found;
    const made = dynamic.get(name);
    if (found.length === 1 && !made) entries.push(lazyMember(name, first!.keyAt, () => attributeValue(tree, first!.node, first!.keyAt, evaluate, 0, nested)));
    else entries.push(lazyMember(name, first!.keyAt, () => blocks(found.flatMap(({ node, keyAt }) => blockElements(tree, node, keyAt, evaluate, nested)), made, first!.keyAt)));
  }
  for (const [name, made] of dynamic) if (!byName.has(name) && (made.items.length > 0 || made.open)) entries.push(lazyMember(name, made.keyAt, () => blocks([], made, made.keyAt)));
  return locatedAt({ state: 'object', origin: originOf(tree, body, nameAt), entries, open: false }, tree, body);
}

/** The blocks that dynamic blocks of one type make, and whether there may be others. */
interface Made {
  readonly keyAt: Span;
  readonly items: readonly Element[];
  readonly open: boolean;
}

/**
 * The blocks that a dynamic block makes: one for each member of what it goes over, where that is known, and else one that may
 * be there. Blocks inside of it are not written out, so that their number stays in proportion to the text.
 */
function madeBy(tree: Tree, block: MapNode, type: string, keyAt: Span, evaluate: EvaluateTemplate, nested: boolean): Made {
  const contents = objectsOf(valueOf(block, 'content'));
  const iterator = valueOf(block, 'iterator');
  const name = iterator?.kind === 'scalar' ? iterator.value : type;
  const over = pairOf(block, 'for_each');
  const { members, open } = over && !nested ? membersOf(attributeValue(tree, over.value, keyAt, evaluate)) : { members: [], open: true };
  const element = (when: Element['when'], key: Value, value: Value): readonly Element[] => contents.map((node) => {
    const bound: Bound = new Map([[name, { state: 'object', origin: value.origin, open: false, entries: [{ key: 'key', keyAt, value: key, when: TRUE }, { key: 'value', keyAt, value, when: TRUE }] }]]);
    return lazyElement(() => bodyValue(tree, node, keyAt, (t, n, k, outer) => evaluate(t, n, k, outer ? new Map([...bound, ...outer]) : bound), true), when);
  });
  const iterated = unknown({ use: keyAt, key: keyAt, steps: [], edit: 'none' }, 'computed');
  const known = members.slice(0, MAX_BLOCKS);
  const more = open || members.length > known.length;
  return { keyAt, open: more, items: [...known.flatMap(({ when, key, value }) => element(when, key ?? iterated, value)), ...more ? element(MAYBE, iterated, iterated) : []] };
}

interface Iterated {
  readonly when: Element['when'];
  readonly key?: Value;
  readonly value: Value;
}

/** What a dynamic block goes over, in every scenario, and whether there may be more. */
function membersOf(value: Value): { readonly members: readonly Iterated[]; readonly open: boolean } {
  const all = leaves(value);
  const members = all.flatMap(({ guard, value: leaf }) => {
    const elsewhere = all.reduce((sum, other) => other.value === leaf ? sum : sum.or(other.guard), Guard.never);
    return membersOfLeaf(leaf).map(({ when, key, value: held }) => ({ ...key ? { key } : {}, value: held, when: { yes: guard.and(when.yes), no: elsewhere.or(guard.and(when.no)) } }));
  });
  return { members, open: all.some(({ value: leaf }) => !((leaf.state === 'list' || leaf.state === 'object') && !leaf.open)) };
}

/** The keys of an object are known; those of a list are its values where it is a set, and else numbers. */
function membersOfLeaf(leaf: Leaf): readonly Iterated[] {
  if (leaf.state === 'list') return leaf.items;
  if (leaf.state !== 'object') return [];
  return leaf.entries.map(({ key, keyAt, value, when }) => ({
    when, value, key: { state: 'known', origin: { use: keyAt, steps: [], edit: 'none' }, raw: key, quoted: true, value: key },
  }));
}

function blocks(written: readonly Element[], made: Made | undefined, keyAt: Span): Value {
  return { state: 'list', origin: { use: keyAt, key: keyAt, steps: [], edit: 'none' }, items: [...written, ...made?.items ?? []], open: made?.open ?? false };
}

function blockElements(tree: Tree, node: Node, keyAt: Span, evaluate: EvaluateTemplate, nested: boolean): readonly Element[] {
  const target = resolved(node);
  if (target?.kind !== 'list') return [{ when: TRUE, value: attributeValue(tree, node, keyAt, evaluate, 0, nested) }];
  return target.items.map((item) => lazyElement(() => attributeValue(tree, item.value, keyAt, evaluate, 0, nested)));
}

/** Whether an object is a block with dynamic blocks inside, and not a map which has such a key. */
function hasDynamicBlocks(body: MapNode): boolean {
  const labelled = body.pairs.filter(({ name }) => name === 'dynamic').flatMap(({ value }) => labelsOf(value)).flatMap(({ value }) => objectsOf(value));
  return labelled.length > 0 && labelled.every((block) => pairOf(block, 'for_each') && pairOf(block, 'content'));
}

/**
 * The value of an attribute or nested block. Strings are templates; names of objects are taken as written. `nested` is a block inside of a
 * dynamic block, whose own dynamic blocks are not written out.
 */
export function attributeValue(tree: Tree, node: Node, key: Span | undefined, evaluate: EvaluateTemplate, depth = 0, nested = false): Value {
  const origin = originOf(tree, node, key);
  if (depth > MAX_DEPTH) return locatedAt(unknown(origin, 'budget'), tree, node);
  switch (node.kind) {
    case 'scalar': return node.style === 'double' ? hiddenByName(tree, node, evaluate(tree, node, key)) : plainValue(tree, node, key);
    case 'map': return hasDynamicBlocks(node) ? bodyValue(tree, node, key, evaluate, nested) : locatedAt({
      state: 'object', origin, open: false,
      entries: node.pairs.map((pair) => {
        const keyAt = spanOf(tree, pair.key);
        return lazyMember(pair.name, keyAt, () => attributeValue(tree, pair.value, keyAt, evaluate, depth + 1, nested));
      }),
    }, tree, node);
    case 'list': return locatedAt(ordered({
      state: 'list', origin, open: false,
      items: node.items.map((item) => lazyElement(() => attributeValue(tree, item.value, undefined, evaluate, depth + 1, nested))),
    }, 'sequence'), tree, node);
    case 'alias': return absentFrom({ state: 'object', origin, entries: [], open: false }, true);
  }
}
