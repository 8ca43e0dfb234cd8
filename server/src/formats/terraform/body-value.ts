import { flatMap } from '../../base/flat-map.ts';
import { addTo } from '../../base/groups.ts';
import { TRUE } from '../../base/guard.ts';
import type { Span } from '../../base/span.ts';
import { absentFrom, mapLeaves, unknown } from '../../model/navigate.ts';
import type { Element, Member, Origin, Value } from '../../model/value.ts';
import { resolved, type MapNode, type Node, type Pair, type ScalarNode, type Tree } from '../../syntax/tree.ts';
import { locatedAt, originOf, spanOf } from '../located.ts';
import { lazyElement, lazyMember, MAX_VALUE_DEPTH, plainValue } from '../plain.ts';
import { hiddenByName } from '../secret-places.ts';
import { dynamicBlocks, hasDynamicBlocks, MAX_ROOM, type Made, type DynamicIteration } from './dynamic-blocks.ts';
import { keysOf } from './expression/collections.ts';
import { ordered } from './expression/order.ts';
import { ALL_KNOWN, bothComplete, openList, openObject } from './expression/completeness.ts';

/**
 * Evaluates a string that Terraform parses as a template. The iterations of the enclosing dynamic blocks are given from
 * the outermost to the innermost.
 */
export type EvaluateTemplate = (
  tree: Tree,
  node: ScalarNode,
  key: Span | undefined,
  iterations?: readonly DynamicIteration[],
) => Value;

/** The values of locally bound names, as objects with `key` and `value`. */
export type BoundNames = ReadonlyMap<string, Value>;

/** Names that are neither an attribute nor a block type in any body. */
const NESTED_META: ReadonlySet<string> = new Set(['//', 'dynamic']);

/** Arguments of every block that are not attributes of the resource. */
const META: ReadonlySet<string> = new Set([
  ...NESTED_META,
  'count',
  'for_each',
  'depends_on',
  'lifecycle',
  'provider',
  'provisioner',
  'connection',
]);

/**
 * The attributes and nested blocks of a body as a value. A name that occurs several times represents several blocks, in
 * order; the blocks that dynamic blocks generate for that type follow.
 */
export function bodyValue(tree: Tree, body: MapNode, nameAt: Span | undefined, evaluate: EvaluateTemplate): Value {
  return membersOf(tree, body, nameAt, evaluate, MAX_ROOM, META);
}

function membersOf(
  tree: Tree,
  body: MapNode,
  nameAt: Span | undefined,
  evaluate: EvaluateTemplate,
  room: number,
  meta: ReadonlySet<string>,
): Value {
  const byName = new Map<string, { node: Node; keyAt: Span }[]>();
  for (const pair of body.pairs) {
    if (!meta.has(pair.name)) addTo(byName, pair.name, { node: pair.value, keyAt: spanOf(tree, pair.key) });
  }
  const dynamic = dynamicBlocks(
    tree,
    body,
    {
      argument: (node, keyAt) => attributeValue(tree, node, keyAt, evaluate),
      content: (node, keyAt, round, inner) =>
        membersOf(
          tree,
          node,
          keyAt,
          (t, n, key, iterations = []) => evaluate(t, n, key, [round, ...iterations]),
          inner,
          NESTED_META,
        ),
    },
    room,
  );
  const entries: Member[] = [];
  for (const [name, found] of byName) {
    const [first] = found;
    const made = dynamic.get(name);
    if (found.length === 1 && !made)
      entries.push(
        lazyMember(name, first!.keyAt, () => attributeValue(tree, first!.node, first!.keyAt, evaluate, 0, room)),
      );
    else
      entries.push(
        lazyMember(name, first!.keyAt, () =>
          blocks(
            flatMap(found, ({ node, keyAt }) => blockElements(tree, node, keyAt, evaluate, room)),
            made,
            first!.keyAt,
          ),
        ),
      );
  }
  for (const [name, made] of dynamic)
    if (!byName.has(name) && (made.items.length > 0 || made.unseen.satisfiable()))
      entries.push(lazyMember(name, made.keyAt, () => blocks([], made, made.keyAt)));
  return locatedAt({ state: 'object', origin: originOf(tree, body, nameAt), entries, open: false }, tree, body);
}

/** The blocks of a type. If some are unknown, the list is open in those scenarios only. */
function blocks(written: readonly Element[], made: Made | undefined, keyAt: Span): Value {
  const origin: Origin = { use: keyAt, key: keyAt, steps: [], edit: 'none' };
  const items = [...written, ...(made?.items ?? [])];
  return made?.unseen.satisfiable()
    ? openList(origin, items, made, absentFrom)
    : { state: 'list', origin, items, open: false };
}

function blockElements(
  tree: Tree,
  node: Node,
  keyAt: Span,
  evaluate: EvaluateTemplate,
  room: number,
): readonly Element[] {
  const target = resolved(node);
  if (target?.kind !== 'list') return [{ when: TRUE, value: attributeValue(tree, node, keyAt, evaluate, 0, room) }];
  return target.items.map((item) => lazyElement(() => attributeValue(tree, item.value, keyAt, evaluate, 0, room)));
}

/** The value of an attribute or nested block. Strings are templates; names of objects are literal. */
export function attributeValue(
  tree: Tree,
  node: Node,
  key: Span | undefined,
  evaluate: EvaluateTemplate,
  depth = 0,
  room = MAX_ROOM,
): Value {
  const origin = originOf(tree, node, key);
  if (depth > MAX_VALUE_DEPTH) return locatedAt(unknown(origin, 'budget'), tree, node);
  switch (node.kind) {
    case 'scalar':
      return node.style === 'double' || node.style === 'expression'
        ? hiddenByName(tree, node, evaluate(tree, node, key))
        : plainValue(tree, node, key);
    case 'map':
      return isBlock(tree, node)
        ? membersOf(tree, node, key, evaluate, room, NESTED_META)
        : objectValue(tree, node, origin, evaluate, (pair, keyAt) =>
            attributeValue(tree, pair.value, keyAt, evaluate, depth + 1, room),
          );
    case 'list':
      return locatedAt(
        ordered(
          {
            state: 'list',
            origin,
            open: false,
            items: node.items.map((item) =>
              lazyElement(() => attributeValue(tree, item.value, undefined, evaluate, depth + 1, room)),
            ),
          },
          'sequence',
        ),
        tree,
        node,
      );
    case 'alias':
      return absentFrom({ state: 'object', origin, entries: [], open: false }, true);
  }
}

/** Whether an object is the body of a block. HCL distinguishes blocks; in JSON, dynamic blocks indicate one. */
function isBlock({ language }: Tree, node: MapNode): boolean {
  return language === 'hcl' ? node.style === 'block' : hasDynamicBlocks(node);
}

/**
 * An object. Unlike the names in a block, its keys are templates, like its values. An unknown key keeps its source
 * text, and the object is open. https://github.com/hashicorp/hcl/blob/main/json/spec.md#objects
 */
function objectValue(
  tree: Tree,
  node: MapNode,
  origin: Origin,
  evaluate: EvaluateTemplate,
  valueOf: (pair: Pair, keyAt: Span) => Value,
): Value {
  let seen = ALL_KNOWN;
  const entries = flatMap(node.pairs, (pair): readonly Member[] => {
    const keyAt = spanOf(tree, pair.key);
    const made = (key: string, when = TRUE): Member => lazyMember(key, keyAt, () => valueOf(pair, keyAt), when);
    if (pair.key.kind !== 'scalar' || !/[$%]\{/.test(pair.name)) return [made(pair.name)];
    const { keys, whole, unseen } = keysOf(evaluate(tree, pair.key, undefined));
    seen = bothComplete(seen, { whole, unseen });
    return keys.length > 0 ? keys.map(({ key, when }) => made(key, when)) : [made(pair.name)];
  });
  return mapLeaves(openObject(origin, entries, seen), (leaf) => locatedAt(leaf, tree, node));
}
