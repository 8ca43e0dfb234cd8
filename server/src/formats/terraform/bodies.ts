/**
 * The JSON syntax of blocks. At every level of labels, and for every body, the value is an object or an array of
 * objects that are merged in order; names can repeat. https://github.com/hashicorp/hcl/blob/main/json/spec.md
 */
import { flatMap } from '../../base/flat-map.ts';
import { addTo } from '../../base/groups.ts';
import { memoize } from '../../base/memoize.ts';
import { resolved, type MapNode, type Node, type Pair } from '../../syntax/tree.ts';

/** The objects of a level: the value itself, or the items of an array. */
export function objectsOf(node: Node | undefined): readonly MapNode[] {
  const target = resolved(node);
  if (target?.kind === 'map') return [target];
  return target?.kind === 'list'
    ? flatMap(target.items, (item) => (item.value.kind === 'map' ? [item.value] : []))
    : [];
}

/** The pairs of a level by name, in order; `//` is a comment there. */
export function labelsOf(node: Node | undefined): readonly Pair[] {
  return flatMap(objectsOf(node), (map) => map.pairs).filter((pair) => pair.name !== '//');
}

/** All values under a key of a file, even if the key repeats. */
export function under(root: Node | undefined, name: string): readonly Node[] {
  return (root && valuesByName(root).get(name)) ?? [];
}

/** The root has a pair for each block in HCL, so it is searched once for all keys. */
const valuesByName = memoize((root: Node): ReadonlyMap<string, readonly Node[]> => {
  const values = new Map<string, Node[]>();
  for (const { name, value } of labelsOf(root)) addTo(values, name, value);
  return values;
});

/** A block with two labels: `resource`, `data`. */
export interface LabeledBlock {
  readonly type: string;
  readonly name: string;
  readonly pair: Pair;
  readonly body: MapNode;
}

/** The blocks of a file under a key, one per body. An array of bodies under one name is several blocks. */
export function labeledBlocks(root: Node | undefined, keyword: string): readonly LabeledBlock[] {
  return [...eachLabeledBlock(root, keyword)];
}

/** The same one by one. */
export function* eachLabeledBlock(root: Node | undefined, keyword: string): Iterable<LabeledBlock> {
  for (const types of under(root, keyword))
    for (const type of labelsOf(types))
      for (const pair of labelsOf(type.value))
        for (const body of objectsOf(pair.value)) yield { type: type.name, name: pair.name, pair, body };
}

/** The blocks with one label: `variable`, `module`. */
export function namedBlocks(
  root: Node | undefined,
  keyword: string,
): readonly { readonly name: string; readonly pair: Pair; readonly body: MapNode }[] {
  return flatMap(under(root, keyword), (names) =>
    flatMap(labelsOf(names), (pair) => objectsOf(pair.value).map((body) => ({ name: pair.name, pair, body }))),
  );
}
