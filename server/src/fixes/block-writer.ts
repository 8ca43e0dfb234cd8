/** Changes to the children of block collections of YAML. */
import { flatMap } from '../base/flat-map.ts';
import type { Range } from '../base/span.ts';
import { childrenOf, type ListNode, type MapNode, type Node, type ScalarNode, type Tree } from '../syntax/tree.ts';
import type { NewNode } from '../syntax/tree-edit.ts';
import type { ListChange, MapChange } from './changes.ts';
import { endOfChild, endWithComments } from './comments.ts';
import { consecutiveRuns } from './flow-writer.ts';
import { beginsLine, lineAbove, lineEnd, lineStart, nextLine, skipBlank, skipBlankBack, skipSpaces } from './lines.ts';
import { depthOf } from './place.ts';
import { Refused } from './refused.ts';
import { deletion, insertion, joined, type Splice } from './splice.ts';
import { itemLines, pairLines, type BlockSyntax } from './yaml-block.ts';
import { indentOf } from './yaml-style.ts';

interface Child extends Range {
  readonly value: Node;
}

/** Removes some pairs of a map, not all of them, and writes new ones after those that stay. */
export function changeBlockMap(tree: Tree, map: MapNode, change: MapChange, syntax: BlockSyntax): Splice[] {
  if (change.removed.size === 0 && change.added.size === 0) return [];
  const indent = indentOf(tree, map);
  const removed = new Set([...change.removed].map((pair) => map.pairs.indexOf(pair)));
  const splices = removeChildren(
    tree,
    map.pairs,
    removed,
    indent.length,
    change.added.size > 0 ? [map.pairs.length] : [],
  );
  const lines = flatMap([...change.added], ([key, value]) => pairLines(key, value, indent, syntax));
  const last = map.pairs.findLast((_, index) => !removed.has(index))!;
  return [...splices, ...insertBehind(tree, map, last, lines, indent, syntax)];
}

/** Removes some items of a list, not all of them, and writes new ones before others or at the end. */
export function changeBlockList(tree: Tree, list: ListNode, change: ListChange, syntax: BlockSyntax): Splice[] {
  const indent = indentOf(tree, list);
  const splices = removeChildren(tree, list.items, change.removed, indent.length, [...change.inserted.keys()]);
  for (const [index, values] of [...change.inserted].toSorted(([a], [b]) => a - b)) {
    const lines = flatMap(values, (value: NewNode) => itemLines(value, indent, syntax));
    const before = list.items.findLast((_, i) => i < index && !change.removed.has(i));
    if (before) splices.push(...insertBehind(tree, list, before, lines, indent, syntax));
    else
      splices.push(
        insertInFront(
          tree,
          list,
          list.items.find((_, i) => !change.removed.has(i))!,
          lines,
          indent,
          syntax,
        ),
      );
  }
  return splices;
}

/** Removes children; `insertsAt` states where others are inserted, by the index of the child that they go before. */
function removeChildren(
  tree: Tree,
  children: readonly Child[],
  removed: ReadonlySet<number>,
  column: number,
  insertsAt: readonly number[],
): Splice[] {
  return flatMap(consecutiveRuns(removed), ([first, last]) => {
    const run = children.slice(first, last + 1);
    if (!beginsLine(tree.text, run[0]!.start)) return removeBehindDash(tree, run, column);
    const before = children[first - 1];
    const lines = linesOf(tree, before, run, column);
    const end = lines.at(-1)!;
    if (end.end < tree.text.length || lineStart(tree.text, end.end) === end.end) return lines;
    return [
      ...lines.slice(0, -1),
      lastLines(
        tree,
        end,
        before,
        insertsAt.some((index) => index >= first),
      ),
    ];
  });
}

/** The lines of children that follow each other, without the comment lines between them. */
function linesOf(tree: Tree, before: Child | undefined, run: readonly Child[], column: number): readonly Splice[] {
  const { text } = tree;
  // A line is removed with the line end before it, so that text after the outer collection keeps its place.
  const lines = joined(
    run.map(({ start, value }) => deletion(lineAbove(text, start), endOfChild(tree, value, column))),
  );
  if (before) return isInLines(lastIn(before.value)) ? outOfReach(tree, before, lines, column) : lines;
  const [first, ...others] = lines;
  return [
    first!.start === lineStart(text, first!.start) ? deletion(first!.start, nextLine(text, first!.end)) : first!,
    ...others,
  ];
}

/**
 * The same removals, extended by the lines below that a block scalar directly above would absorb: comments with deeper
 * indentation, and blank lines if it keeps them (`|+`).
 */
function outOfReach(tree: Tree, before: Child, lines: readonly Splice[], column: number): readonly Splice[] {
  const { text } = tree;
  const keeps = keepsBlank(tree, before);
  let reached = before.end;
  return joined(
    lines.map((removal) => {
      if (skipBlankBack(text, removal.start) > reached) return removal;
      let end = removal.end;
      let next = skipBlank(text, end);
      while (text[next] === '#' && next - lineStart(text, next) > column) {
        end = lineEnd(text, next);
        next = skipBlank(text, end);
      }
      reached = keeps && lineStart(text, next) > end ? lineAbove(text, next) : end;
      return deletion(removal.start, reached);
    }),
  );
}

/** Whether a child ends with a block scalar (`|+`) that takes in all blank lines below it. */
function keepsBlank({ text }: Tree, { value }: Child): boolean {
  const last = lastIn(value);
  return isInLines(last) && /^[^\r\n]*[|>][0-9]?\+/.test(text.slice(last.start, last.content.start));
}

/**
 * The removal of the last lines of a text that does not end with a line end, so that it still does not. Behind a block
 * scalar the line end may be a part of its value, and stays unless something follows.
 */
function lastLines({ text }: Tree, { start, end }: Splice, before: Child | undefined, follows: boolean): Splice {
  const blank = skipBlankBack(text, start);
  if (!before || blank > before.end || !isInLines(lastIn(before.value))) return deletion(blank, end);
  return deletion(follows ? before.end : nextLine(text, start), end);
}

function lastIn(node: Node): Node {
  const last = childrenOf(node).at(-1);
  return last ? lastIn(last) : node;
}

function isInLines(node: Node): node is ScalarNode {
  return node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded');
}

/** Removes the first children of a collection that begins on the line of a dash, so that the next one moves there. */
function removeBehindDash(tree: Tree, run: readonly Child[], column: number): Splice[] {
  const { text } = tree;
  const { start } = run[0]!;
  if (!/^ *(?:- +)+$/.test(text.slice(lineStart(text, start), start)))
    throw new Refused('Other content precedes it on its line.');
  return [deletion(start, skipBlank(text, endOfChild(tree, run.at(-1)!.value, column)))];
}

function insertBehind(
  tree: Tree,
  node: MapNode | ListNode,
  child: Child,
  lines: readonly string[],
  indent: string,
  syntax: BlockSyntax,
): Splice[] {
  if (lines.length === 0) return [];
  const newText = lines.map((line) => syntax.lineEnd + line).join('');
  return [insertion(endWithComments(tree, child.end, indent.length), newText, -depthOf(node))];
}

/** Writes lines before the first child that stays and the comment lines right above it. */
function insertInFront(
  tree: Tree,
  node: ListNode,
  child: Child,
  lines: readonly string[],
  indent: string,
  syntax: BlockSyntax,
): Splice {
  const { text } = tree;
  const order = depthOf(node);
  const { start: first } = node.items[0]!;
  if (!beginsLine(text, first)) {
    return insertion(first, lines.join(syntax.lineEnd).slice(indent.length) + syntax.lineEnd + indent, order);
  }
  let start = lineStart(text, child.start);
  for (;;) {
    const above = lineStart(text, lineAbove(text, start));
    const comment = skipSpaces(text, above);
    if (above === start || text[comment] !== '#' || comment - above > indent.length) break;
    start = above;
  }
  return insertion(start, lines.map((line) => line + syntax.lineEnd).join(''), order);
}
