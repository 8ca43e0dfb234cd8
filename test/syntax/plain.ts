import type { Node } from '../../server/src/syntax/tree.ts';

/**
 * A node as plain data: a tag in front of its text, an alias as `*name`, null for what is empty; the last of equal
 * keys.
 */
export function plain(node: Node | undefined): unknown {
  switch (node?.kind) {
    case undefined:
      return undefined;
    case 'scalar':
      return node.tag ? `${node.tag.name} ${node.value}` : node.empty ? null : node.value;
    case 'alias':
      return `*${node.name}`;
    case 'list':
      return node.items.map((item) => plain(item.value));
    case 'map':
      return Object.fromEntries(node.pairs.map((pair) => [pair.name, plain(pair.value)]));
  }
}
