import { Verbatim, type NewNode } from '../../syntax/tree-edit.ts';
import type { Node, Tree } from '../../syntax/tree.ts';

/** Copies of nodes, for insertion elsewhere in their file. HCL expressions are copied verbatim. */
export function copyOf(tree: Tree, node: Node): NewNode {
  if (tree.language === 'hcl') return new Verbatim(tree, node);
  switch (node.kind) {
    case 'map':
      return Object.fromEntries(node.pairs.map((pair) => [pair.name, copyOf(tree, pair.value)]));
    case 'list':
      return node.items.map((item) => copyOf(tree, item.value));
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
