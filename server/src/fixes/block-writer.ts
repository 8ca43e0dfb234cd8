/** Changes to the children of block collections of YAML. */
import type { Range } from '../base/span.ts';
import type { ListNode, MapNode, Tree } from '../syntax/tree.ts';
import type { NewNode } from '../syntax/tree-edit.ts';
import type { ListChange, MapChange } from './changes.ts';
import { endWithComments } from './comments.ts';
import { runs } from './flow-writer.ts';
import { beginsLine, lineAbove, lineStart, nextLine, skipBlank, skipSpaces } from './lines.ts';
import { depthOf } from './place.ts';
import { Refused } from './refused.ts';
import { deletion, insertion, joined, type Splice } from './splice.ts';
import { itemLines, pairLines, type BlockSyntax } from './yaml-block.ts';
import { indentOf } from './yaml-style.ts';

/** Removes some pairs of a map, not all of them, and writes new ones behind those that stay. */
export function changeBlockMap(tree: Tree, map: MapNode, change: MapChange, syntax: BlockSyntax): Splice[] {
  if (change.removed.size === 0 && change.added.size === 0) return [];
  const indent = indentOf(tree, map);
  const removed = new Set([...change.removed].map((pair) => map.pairs.indexOf(pair)));
  const splices = removeChildren(tree, map.pairs, removed, indent.length);
  const lines = [...change.added].flatMap(([key, value]) => pairLines(key, value, indent, syntax));
  const last = map.pairs.findLast((_, index) => !removed.has(index))!;
  return [...splices, ...insertBehind(tree, map, last, lines, indent, syntax)];
}

/** Removes some items of a list, not all of them, and writes new ones in front of others or at the end. */
export function changeBlockList(tree: Tree, list: ListNode, change: ListChange, syntax: BlockSyntax): Splice[] {
  const indent = indentOf(tree, list);
  const splices = removeChildren(tree, list.items, change.removed, indent.length);
  for (const [index, values] of [...change.inserted].toSorted(([a], [b]) => a - b)) {
    const lines = values.flatMap((value: NewNode) => itemLines(value, indent, syntax));
    const before = list.items.findLast((_, i) => i < index && !change.removed.has(i));
    if (before) splices.push(...insertBehind(tree, list, before, lines, indent, syntax));
    else splices.push(insertInFront(tree, list, list.items.find((_, i) => !change.removed.has(i))!, lines, indent, syntax));
  }
  return splices;
}

function removeChildren(tree: Tree, children: readonly Range[], removed: ReadonlySet<number>, column: number): Splice[] {
  return runs(removed).flatMap(([first, last]) => {
    const run = children.slice(first, last + 1);
    return beginsLine(tree.text, run[0]!.start) ? removeLines(tree, run, column) : removeBehindDash(tree, run, column);
  });
}

/** Removes the lines of children that follow each other. Comment lines between them stay. */
function removeLines(tree: Tree, run: readonly Range[], column: number): Splice[] {
  const { text } = tree;
  const lines = run.map(({ start, end }) => deletion(lineStart(text, start), nextLine(text, endWithComments(tree, end, column))));
  const [last, ...others] = joined(lines).toReversed();
  // A text whose last line has no line end keeps it so.
  const atEnd = last!.end === text.length && lineStart(text, last!.end) < text.length;
  return [...others, atEnd ? deletion(lineAbove(text, last!.start), last!.end) : last!];
}

/** Removes the first children of a collection that begins on the line of a dash, so that the next one moves there. */
function removeBehindDash(tree: Tree, run: readonly Range[], column: number): Splice[] {
  const { text } = tree;
  const { start } = run[0]!;
  if (!/^ *(?:- +)+$/.test(text.slice(lineStart(text, start), start))) throw new Refused('Something else stands in front of it on its line.');
  return [deletion(start, skipBlank(text, endWithComments(tree, run.at(-1)!.end, column)))];
}

function insertBehind(tree: Tree, node: MapNode | ListNode, child: Range, lines: readonly string[], indent: string, syntax: BlockSyntax): Splice[] {
  if (lines.length === 0) return [];
  const newText = lines.map((line) => syntax.lineEnd + line).join('');
  return [insertion(endWithComments(tree, child.end, indent.length), newText, -depthOf(node))];
}

/** Writes lines in front of a child and the comment lines right above it. */
function insertInFront(tree: Tree, node: ListNode, child: Range, lines: readonly string[], indent: string, syntax: BlockSyntax): Splice {
  const { text } = tree;
  const order = depthOf(node);
  if (!beginsLine(text, child.start)) {
    return insertion(child.start, lines.join(syntax.lineEnd).slice(indent.length) + syntax.lineEnd + indent, order);
  }
  let start = lineStart(text, child.start);
  for (;;) {
    const above = lineStart(text, lineAbove(text, start));
    if (above === start || text[skipSpaces(text, above)] !== '#') break;
    start = above;
  }
  return insertion(start, lines.map((line) => line + syntax.lineEnd).join(''), order);
}

