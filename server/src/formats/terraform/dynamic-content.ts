/**
 * Changes to generated blocks: the content of a dynamic block must be kept and is shared.
 * https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks
 */
import type { TreeEdit } from '../../syntax/tree-edit.ts';
import { pairOf, type Node } from '../../syntax/tree.ts';

/** Whether an edit removes the content of a dynamic block, or adds blocks next to it. */
export function reshapesContent(edit: TreeEdit): boolean {
  switch (edit.op) {
    case 'removePair':
      return isContent(edit.pair.value);
    case 'removeItem':
    case 'insertItem':
      return isContent(edit.list);
    case 'addBeside':
      return isContent(edit.at);
    case 'replace':
      return Array.isArray(edit.value) && isContent(edit.at);
    default:
      return false;
  }
}

/** Whether a node is the content of a dynamic block, or the list that contains it. */
export function isContent(node: Node): boolean {
  const held = node.parent?.kind === 'list' ? node.parent : node;
  const block = held.parent;
  return block?.kind === 'map' && pairOf(block, 'content')?.value === held && pairOf(block, 'for_each') !== undefined;
}

/** The names of arguments and blocks on the path to a place, with dynamic blocks written as plain ones. */
export function withoutDynamic(names: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < names.length; at++) {
    if (names[at] === 'dynamic' && names[at + 2] === 'content') {
      found.push(names[at + 1]!);
      at += 2;
    } else found.push(names[at]!);
  }
  return found;
}
