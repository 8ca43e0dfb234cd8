/** Lists that consist of the blocks of a type in an HCL body. The list itself has no location; its items do. */
import type { Value } from '../../model/value.ts';
import { locate } from '../located.ts';
import type { NewNode, TreeEdit } from '../../syntax/tree-edit.ts';
import type { MapNode, Node, Pair, Tree } from '../../syntax/tree.ts';

export interface BlockList {
  readonly tree: Tree;
  readonly map: MapNode;
  readonly pairs: readonly Pair[];
}

/** Whether a node is the body of an HCL block. */
export function isBlock(tree: Tree, node: Node): node is MapNode {
  return tree.language === 'hcl' && node.kind === 'map' && node.style === 'block';
}

/** The blocks of a list, or the single block of a list of one; undefined for other lists. */
export function blocksOfList(list: Value): BlockList | undefined {
  const items = list.state === 'list' ? list.items.map((item) => item.value) : [list];
  const found = items.map((item) => (item.origin.edit === 'here' ? locate(item) : undefined));
  const [first] = found;
  const map = first?.node.parent;
  if (!first || map?.kind !== 'map') return undefined;
  const pairs = found.map((at) =>
    at && isBlock(at.tree, at.node) ? map.pairs.find(({ value }) => value === at.node) : undefined,
  );
  return pairs.every((pair) => pair !== undefined && pair.separator < 0 && pair.name === pairs[0]!.name)
    ? { tree: first.tree, map, pairs: pairs as readonly Pair[] }
    : undefined;
}

/** Another block of the type, after a given block or after all of them. */
export function blockAfter({ tree, map, pairs }: BlockList, behind: Value | undefined, value: NewNode): TreeEdit {
  const node = behind && locate(behind)?.node;
  const pair = pairs.find((one) => one.value === node) ?? pairs.at(-1)!;
  return { op: 'addBlock', tree, map, behind: pair, type: pair.name, labels: [], value };
}
