import type { NewNode } from '../../syntax/tree-edit.ts';
import type { Node } from '../../syntax/tree.ts';

/** Copies of nodes in Terraform JSON, for writing them elsewhere. */
export function copyOf(node: Node): NewNode {
  switch (node.kind) {
    case 'map':
      return Object.fromEntries(node.pairs.map((pair) => [pair.name, copyOf(pair.value)]));
    case 'list':
      return node.items.map((item) => copyOf(item.value));
    case 'alias':
      return null;
    case 'scalar': {
      if (node.style === 'double') return node.value;
      return node.value === 'true'
        ? true
        : node.value === 'false'
          ? false
          : node.value === 'null'
            ? null
            : Number(node.value);
    }
  }
}
