/** The resources of a document by their ranges. */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import type { Range } from '../base/span.ts';
import { isTemplate, isTerraform, type Format } from '../model/format.ts';
import { resolved, valueOf, type MapNode, type Node, type Pair, type Tree } from '../syntax/tree.ts';

/** A resource of a template, or a block of a Terraform configuration. */
export interface SuppressibleResource {
  /** The pair of the logical ID, or the whole block. */
  readonly pair: Pair;
  /** The map around the pair. */
  readonly around: MapNode;
}

/** The resources of a document in the order of the text. */
export const resourcesIn = memoize((tree: Tree, format: Format): readonly SuppressibleResource[] =>
  flatMap(tree.roots, (root) => {
    if (isTemplate(format)) return resourcesOf(valueOf(root, 'Resources'));
    if (!isTerraform(format) || root.kind !== 'map') return [];
    return tree.language === 'hcl'
      ? blocksOf(root)
      : flatMap([...BLOCK_LABELS], ([type, labels]) => labeled(root, type, labels));
  }),
);

/** How many labels the blocks of Terraform that stand for resources have. */
const BLOCK_LABELS: ReadonlyMap<string, number> = new Map([
  ['data', 2],
  ['module', 1],
  ['resource', 2],
]);

const LOOP = 'Fn::ForEach::';

/** The resources below a map of logical IDs. A loop has them as the third item of its list. */
function resourcesOf(node: Node | undefined): readonly SuppressibleResource[] {
  const map = resolved(node);
  if (map?.kind !== 'map') return [];
  return flatMap(map.pairs, (pair) => {
    if (!pair.name.startsWith(LOOP)) return [{ pair, around: map }];
    const parts = resolved(pair.value);
    return resourcesOf(parts?.kind === 'list' ? parts.items[2]?.value : undefined);
  });
}

/** The blocks of a file in HCL. */
function blocksOf(root: MapNode): readonly SuppressibleResource[] {
  return root.pairs.filter(({ separator }) => separator < 0).map((pair) => ({ pair, around: root }));
}

/**
 * The blocks in Terraform's JSON syntax: below as many keys as the type has labels, at each step alone or in a list.
 */
function labeled(node: Node, name: string, labels: number): readonly SuppressibleResource[] {
  const below = (at: Node, left: number): readonly SuppressibleResource[] => {
    if (at.kind === 'list') return flatMap(at.items, (item) => below(item.value, left));
    if (at.kind !== 'map') return [];
    if (left === 1) return at.pairs.filter(({ name: label }) => label !== '//').map((pair) => ({ pair, around: at }));
    return flatMap(at.pairs, (pair) => below(pair.value, left - 1));
  };
  return node.kind === 'map'
    ? flatMap(
        node.pairs.filter((pair) => pair.name === name),
        (pair) => below(pair.value, labels),
      )
    : [];
}

/** The resource or block that contains a place. */
export function resourceWith(tree: Tree, format: Format, at: Range): Pair | undefined {
  return resourcesIn(tree, format).find(({ pair }) => pair.start <= at.start && at.start <= pair.end)?.pair;
}

/** The name of a resource or block for users: its logical ID, or its address. */
export function resourceName(tree: Tree, format: Format, pair: Pair): string {
  if (isTemplate(format)) return pair.name;
  const names = [pair.name];
  if (tree.language === 'hcl')
    // The labels of a block are maps around its body, which begins with a brace.
    for (let at = pair.value; at.kind === 'map' && tree.text[at.start] !== '{' && at.pairs[0]; at = at.pairs[0].value)
      names.push(at.pairs[0].name);
  else
    for (let map = pair.key.parent; map && names.length < LONGEST_ADDRESS; map = map.parent) {
      const holder = map.parent?.kind === 'map' ? map.parent.pairs.find(({ value }) => value === map) : undefined;
      if (holder) names.unshift(holder.name);
    }
  return (names[0] === 'resource' ? names.slice(1) : names).join('.');
}

/** The parts of an address such as `data.aws_iam_role.this`. */
const LONGEST_ADDRESS = 3;
