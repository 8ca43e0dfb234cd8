/** Copies of nodes, for insertion elsewhere in the same document. */
import { flatMap } from '../base/flat-map.ts';
import { NewCopy, NewReference, NewText, type ResourceEdit, type NewValue } from '../model/edit.ts';
import { Blocks, Tagged, Verbatim, type NewNode } from '../syntax/tree-edit.ts';
import { pairOf, type MapNode, type Node, type Tree } from '../syntax/tree.ts';
import { locate, type Located } from './located.ts';
import { refusal, type Refusal } from './lowering.ts';

/** The source of a copy; undefined if it is not defined here, or depends on text elsewhere. */
function copied({ from, key }: NewCopy): Located | undefined {
  const holder = from.origin.edit === 'here' ? locate(from) : undefined;
  // Block types are the names of elements in lower case, with the plural for lists.
  const names = key === undefined ? [] : [key, key.toLowerCase(), `${key.toLowerCase()}s`];
  // A repeated block is only part of the element.
  if (key !== undefined && holder?.node.kind === 'map' && pairOf(holder.node, 'dynamic')) return undefined;
  const node =
    key === undefined
      ? holder?.node
      : holder?.node.kind === 'map'
        ? names.map((name) => pairOf(holder.node, name)).find((pair) => pair)?.value
        : undefined;
  return holder && node && isWhole(holder.tree, node) ? { tree: holder.tree, node } : undefined;
}

/** The bodies of the HCL blocks that together represent an element, if it is repeated. */
function repeated({ from, key }: NewCopy): Blocks | undefined {
  const holder = key === undefined || from.origin.edit !== 'here' ? undefined : locate(from);
  if (holder?.tree.language !== 'hcl' || holder.node.kind !== 'map') return undefined;
  const pairs = holder.node.pairs.filter(
    ({ name, separator }) => separator < 0 && (name === key!.toLowerCase() || name === `${key!.toLowerCase()}s`),
  );
  return pairs.length > 0 ? new Blocks(pairs.map(({ value }) => copyOf(holder.tree, value))) : undefined;
}

/** The source text of a copy. Nodes that cannot be copied were refused earlier. */
export function nodeOfCopy(copy: NewCopy): NewNode {
  const blocks = repeated(copy);
  if (blocks) return blocks;
  const located = copied(copy);
  return located ? copyOf(located.tree, located.node) : null;
}

/** Why the copies of an edit cannot be inserted; undefined if they can. */
export function uncopied(edit: ResourceEdit): Refusal | undefined {
  const values: readonly NewValue[] =
    'value' in edit ? [edit.value] : edit.op === 'splitStatement' ? edit.statements : [];
  return flatMap(values, copiesIn).every((copy) => copied(copy))
    ? undefined
    : refusal('the text to copy is defined elsewhere');
}

function copiesIn(value: NewValue): readonly NewCopy[] {
  if (value instanceof NewCopy) return [value];
  if (value === null || typeof value !== 'object' || value instanceof NewReference || value instanceof NewText)
    return [];
  return flatMap(Object.values(value), (inner) => copiesIn(inner));
}

/** A copied anchor would be a duplicate, and a copied alias has its target elsewhere. */
function isWhole(tree: Tree, node: Node): boolean {
  if (node.anchor) return false;
  switch (node.kind) {
    case 'alias':
      return false;
    // A heredoc ends with a separate line.
    case 'scalar':
      return (tree.language !== 'expression' && tree.language !== 'hcl') || !tree.text.startsWith('<<', node.start);
    case 'list':
      return node.items.every(({ value }) => isWhole(tree, value));
    case 'map':
      return node.pairs.every(
        ({ key, separator, value }) =>
          key.kind === 'scalar' &&
          key.value !== '<<' &&
          // A dynamic block has a label.
          !(tree.language === 'hcl' && separator < 0 && tree.text[value.start] !== '{') &&
          isWhole(tree, value),
      );
  }
}

/** Whether keys of a map contain interpolations, so that the tree has other keys or none. */
function hasInterpolatedKeys({ pairs }: MapNode): boolean {
  return pairs.some(({ name }) => name === '' || /[\uE000\uE001]/.test(name));
}

function copyOf(tree: Tree, node: Node): NewNode {
  const inner = contentOf(tree, node);
  return node.tag ? new Tagged(node.tag.name, inner) : inner;
}

/** The arguments and nested blocks of an HCL body. */
function bodyCopy(tree: Tree, { pairs }: MapNode): NewNode {
  return Object.fromEntries(
    pairs.map(({ name, separator, value }) => {
      if (separator >= 0) return [name, copyOf(tree, value)];
      const blocks = pairs.filter((pair) => pair.name === name && pair.separator < 0);
      return [name, new Blocks(blocks.map((pair) => copyOf(tree, pair.value)))];
    }),
  );
}

function contentOf(tree: Tree, node: Node): NewNode {
  switch (node.kind) {
    case 'map':
      if (tree.language === 'hcl' && node.style === 'block') return bodyCopy(tree, node);
      return tree.language !== 'yaml' && hasInterpolatedKeys(node)
        ? new Verbatim(tree, node)
        : Object.fromEntries(node.pairs.map(({ name, value }) => [name, copyOf(tree, value)]));
    case 'list':
      return tree.language === 'hcl' ? new Verbatim(tree, node) : node.items.map(({ value }) => copyOf(tree, value));
    case 'alias':
      return null;
    case 'scalar': {
      // The interpolation in a Terraform string is not part of the string's value.
      if (tree.language !== 'yaml') return new Verbatim(tree, node);
      if (node.style !== 'plain' || node.tag) return node.value;
      return node.value === 'true' || node.value === 'false' ? node.value === 'true' : node.value;
    }
  }
}
