/** Whether a place of a tree can be changed without affecting other places. */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import {
  childrenOf,
  indexOfItem,
  pairsNamed,
  pairWith,
  resolved,
  type ListNode,
  type MapNode,
  type Node,
  type Pair,
  type Tree,
} from '../syntax/tree.ts';
import { Refused } from './refused.ts';

/** How a node is in the one around it. */
export type Holder =
  | { readonly kind: 'pair'; readonly parent: MapNode; readonly pair: Pair; readonly part: 'key' | 'value' }
  | { readonly kind: 'item'; readonly parent: ListNode; readonly index: number };

/** Undefined for a root. */
export function holderOf(node: Node): Holder | undefined {
  const parent = node.parent;
  if (parent?.kind === 'map') {
    const pair = pairWith(parent, node);
    return pair && { kind: 'pair', parent, pair, part: pair.value === node ? 'value' : 'key' };
  }
  const index = parent ? indexOfItem(parent, node) : -1;
  return parent && index >= 0 ? { kind: 'item', parent, index } : undefined;
}

/** How many nodes there are around a node. */
export function depthOf(node: Node): number {
  let depth = 0;
  for (let around = node.parent; around; around = around.parent) depth++;
  return depth;
}

/**
 * Rejects a place that is shared through an anchor, or that a duplicate key makes ambiguous. JSON readers use the last
 * of duplicate keys, YAML readers differ.
 */
export function checkPlace(tree: Tree, node: Node): void {
  checked(node, tree);
}

/** A fix that adds a hundred items needs it for each item. */
const checked = memoize((node: Node, tree: Tree): void => {
  if (node.anchor && aliasesByTool(tree, node).length > 0) {
    throw new Refused(`The value has the anchor \`&${node.anchor.name}\`, which other places use.`);
  }
  const holder = holderOf(node);
  if (holder?.kind === 'pair') onlyPair(tree, holder.parent, holder.pair.name);
  if (node.parent) checked(node.parent, tree);
});

/** Rejects the removal of a value that contains an anchor used elsewhere. */
export function checkKept(tree: Tree, value: Node): void {
  for (const node of nodesIn(value)) {
    if (!node.anchor) continue;
    if (aliasesByTool(tree, node).some((alias) => alias.start < value.start || alias.end > value.end)) {
      throw new Refused(`The value has the anchor \`&${node.anchor.name}\`, which other places use.`);
    }
  }
}

/** The pair with a name, if it exists. Rejects duplicate keys in YAML. */
export function onlyPair(tree: Tree, map: MapNode, name: string): Pair | undefined {
  if (tree.language === 'yaml') checkOnce(map, name);
  return pairsNamed(map, name).at(-1);
}

/** Refuses a name that a map has twice: without the one pair, the other one counts. */
export function checkOnce(map: MapNode, name: string): void {
  if (pairsNamed(map, name).length > 1) throw new Refused(`The key \`${name}\` is duplicated.`);
}

/** Rejects writing below a key that a merge key provides: an own key would hide the merged value. */
export function checkMerged(map: MapNode, name: string): void {
  for (const merge of map.pairs.filter((pair) => pair.name === '<<')) {
    if (mergedMaps(merge.value).some((source) => !source || mayHave(source, name))) {
      throw new Refused(`\`${name}\` comes from a merge key (\`<<\`), whose map is defined elsewhere.`);
    }
  }
}

/** Rejects writing into a value that a tag transforms. */
export function checkTag(node: Node): void {
  if (node.tag && !/^!!(?:map|null)$/.test(node.tag.name))
    throw new Refused(`The value is the result of \`${node.tag.name}\`.`);
}

/** The maps that a merge key names; undefined for one that is not known. */
function mergedMaps(value: Node): readonly (MapNode | undefined)[] {
  const whole = resolved(value);
  const parts = whole?.kind === 'list' ? whole.items.map((item) => resolved(item.value)) : [whole];
  return parts.map((part) => (part?.kind === 'map' ? part : undefined));
}

function mayHave(map: MapNode, name: string): boolean {
  return map.pairs.some((pair) => pair.name === name || pair.name === '<<');
}

function aliasesByTool(tree: Tree, target: Node): readonly Node[] {
  return flatMap(tree.roots, (root) =>
    [...nodesIn(root)].filter((node) => node.kind === 'alias' && node.target === target),
  );
}

function* nodesIn(node: Node): Iterable<Node> {
  const left = [node];
  for (let next = left.pop(); next; next = left.pop()) {
    yield next;
    for (const child of childrenOf(next)) left.push(child);
  }
}
