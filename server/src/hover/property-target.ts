/** The property at a position of a document, and what the document calls it. */
import { within, type Range } from '../base/span.ts';
import type { Resource } from '../model/resource.ts';
import { nodesAround, pairWith, textOf, valueOf, type Node, type Pair, type Tree } from '../syntax/tree.ts';
import { resourcePropertyAt, type HoverTarget } from './target.ts';

/** The property at a position: of the key of a list, that of its items, each of which can be a property of its own. */
export function propertyTarget(
  resource: Resource,
  paths: readonly string[],
  { tree, offset }: { readonly tree: Tree; readonly offset: number },
): HoverTarget | undefined {
  const at = (position: number): HoverTarget | undefined => resourcePropertyAt(resource, paths, tree.doc, position);
  const own = at(offset);
  if (own) return isHolder(own, tree) ? undefined : own;
  const block = repeatedBlock(tree, offset);
  const first = block && at(block.first.start);
  if (first) return { ...first, range: block.key };
  const list = listOf(tree, offset);
  const item = list && at(list.first);
  return item && { ...item, range: list.key, ...(list.isLong ? { isFirst: true } : {}) };
}

/** The key of a repeated block at a position, and that of the first of these blocks, which is the key of their list. */
function repeatedBlock(tree: Tree, offset: number): { readonly key: Range; readonly first: Range } | undefined {
  const node = tree.language === 'hcl' ? nodesAround(tree, { start: offset, end: offset }).at(-1) : undefined;
  const pair = node?.parent?.kind === 'map' ? pairWith(node.parent, node) : undefined;
  if (!pair || pair.key !== node || pair.value.kind !== 'map' || node.parent?.kind !== 'map') return undefined;
  const first = node.parent.pairs.find(({ name }) => name === pair.name);
  return first && first !== pair ? { key: { start: node.start, end: node.end }, first: first.key } : undefined;
}

/** Whether a target is all properties of a resource, which are not known because they are being written. */
function isHolder(target: HoverTarget, tree: Tree): boolean {
  const key = target.what === 'property' && target.key ? nodesAround(tree, target.key).at(-1) : undefined;
  return key !== undefined && isOfProperties(key, target.what === 'property' ? nameAt(tree, target.key) : undefined);
}

/** Whether a key with a name is that of all properties of a resource in a template. */
export function isOfProperties({ parent: body }: Node, name: string | undefined): boolean {
  return body?.kind === 'map' && name === 'Properties' && valueOf(body, 'Type') !== undefined;
}

/** The list of scalars whose key is at a position: where its first item is, and the key. */
function listOf(
  tree: Tree,
  offset: number,
): { readonly first: number; readonly key: Range; readonly isLong: boolean } | undefined {
  const node = nodesAround(tree, { start: offset, end: offset }).at(-1);
  const pair = node?.parent?.kind === 'map' ? pairWith(node.parent, node) : undefined;
  if (!pair || pair.key !== node || pair.value.kind !== 'list') return undefined;
  const first = pair.value.items[0]?.value;
  return first?.kind === 'scalar'
    ? { first: first.start, key: { start: node.start, end: node.end }, isLong: pair.value.items.length > 1 }
    : undefined;
}

/** What the document calls the property of a target: the name of its key, or of the list that it is an item of. */
export function writtenName(tree: Tree, { range, ...target }: HoverTarget): string | undefined {
  const key = target.what === 'property' ? target.key : undefined;
  return nameAt(tree, key) ?? listPairAt(tree, range)?.name;
}

/** The pair of the list that contains an item or has a key. */
function listPairAt(tree: Tree, range: Range): Pair | undefined {
  for (const node of nodesAround(tree, range).toReversed()) {
    const pair = node.parent?.kind === 'map' ? pairWith(node.parent, node) : undefined;
    if (pair?.value.kind === 'list') return pair;
  }
  return undefined;
}

/** The name of a nested property as written in the document, such as Terraform's argument name. */
function nameAt(tree: Tree, key: Range | undefined): string | undefined {
  if (!key) return undefined;
  const node = nodesAround(tree, key).at(-1);
  // A key in a document embedded in a string has no node of its own; the innermost node is the string.
  return node && within(node, key) ? textOf(node) : tree.text.slice(key.start, key.end).replaceAll(/^\\?"|\\?"$/g, '');
}
