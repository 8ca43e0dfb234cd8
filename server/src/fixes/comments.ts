/** The text between the nodes of a tree: white space and comments. */
import { partitionPoint } from '../base/binary-search.ts';
import { flatMap } from '../base/flat-map.ts';
import type { Range } from '../base/span.ts';
import { childrenOf, type Comment, type ListNode, type Node, type Tree } from '../syntax/tree.ts';
import { lineEnd, lineStart, nextLine, skipBlank, skipSpaces } from './lines.ts';
import { holderOf } from './place.ts';
import { Refused } from './refused.ts';

/** The first offset from the given one that is neither in white space nor in a comment. */
export function skipComments(tree: Tree, offset: number): number {
  for (let at = skipBlank(tree.text, offset); ;) {
    const comment = commentAt(tree, at);
    if (!comment) return at;
    at = skipBlank(tree.text, comment.end);
  }
}

/** The end of the line of an offset, when nothing but comments stands on the rest of it; else undefined. */
export function restOfLine(tree: Tree, offset: number): number | undefined {
  for (let at = skipSpaces(tree.text, offset); ;) {
    if (at === lineEnd(tree.text, at)) return at;
    const comment = commentAt(tree, at);
    if (!comment) return undefined;
    at = skipSpaces(tree.text, comment.end);
  }
}

/** The end of the line of an offset, after a block value, where only comments can be. */
export function lineEndBehind(tree: Tree, offset: number): number {
  const end = restOfLine(tree, offset);
  if (end === undefined) throw new Refused('Other content follows the value on its line.');
  return end;
}

/**
 * The end of what belongs to a child of a block collection whose value ends at an offset: a comment on the same line,
 * and the comment lines right below that are further right than the collection.
 */
export function endWithComments(tree: Tree, offset: number, column: number): number {
  const { text } = tree;
  let end = lineEndBehind(tree, offset);
  for (;;) {
    const next = nextLine(text, end);
    const start = skipSpaces(text, next);
    if (text[start] !== '#' || start - next <= column) return end;
    end = lineEnd(text, start);
  }
}

/**
 * The end of what is removed with a child of a block collection: a comment behind its value and the lines that continue
 * it, and the comment lines right below in the block of its value. Other comment lines further right than the
 * collection can be about what follows.
 */
export function endOfChild(tree: Tree, value: Node, column: number): number {
  const { text } = tree;
  const behind = skipSpaces(text, value.end);
  const aligned = commentAt(tree, behind) ? behind - lineStart(text, behind) : undefined;
  const inside = (value.kind === 'map' || value.kind === 'list') && value.style === 'block' ? value.indent : Infinity;
  let end = lineEndBehind(tree, value.end);
  for (;;) {
    const next = nextLine(text, end);
    const start = skipSpaces(text, next);
    const at = start - next;
    if (text[start] !== '#' || at <= column || (at < inside && at !== aligned)) return end;
    end = lineEnd(text, start);
  }
}

/** The comments that lie between two offsets. */
export function commentsWithin(tree: Tree, start: number, end: number): readonly Comment[] {
  return tree.comments.filter((comment) => comment.start >= start && comment.end <= end);
}

/** The comments in an item of a list, after it on its line, and above it. In JSON a pair whose key is `//` is one. */
export function commentsAbout(tree: Tree, list: ListNode, index: number): readonly Range[] {
  const { text } = tree;
  const endOf = (item: Node): number => {
    if (list.style === 'block') return endOfChild(tree, item, list.indent);
    const at = skipBlank(text, item.end);
    return restOfLine(tree, text[at] === ',' ? at + 1 : item.end) ?? item.end;
  };
  const before = list.items[index - 1];
  const { value } = list.items[index]!;
  const above = before
    ? endOf(before.value)
    : isAloneBelow(tree, list, endOf(value))
      ? belowKey(tree, list)
      : lineStart(text, list.start);
  return [...commentsWithin(tree, above, endOf(value)), ...(tree.language === 'json' ? pairsNamed('//', value) : [])];
}

/**
 * Whether the first item of a list, which ends at an offset, is set off from the next one, so that a comment above it
 * is about nothing else.
 */
function isAloneBelow(tree: Tree, list: ListNode, end: number): boolean {
  const next = list.items[1];
  return (
    !next || commentsWithin(tree, end, next.start).length > 0 || /\n[ \t]*\r?\n/.test(tree.text.slice(end, next.start))
  );
}

/** Where what is above the first item of a list begins. What follows the key is about the whole list. */
function belowKey({ text }: Tree, list: ListNode): number {
  const holder = holderOf(list);
  return list.style === 'block' && holder?.kind === 'pair'
    ? Math.min(nextLine(text, holder.pair.separator), lineStart(text, list.start))
    : lineStart(text, list.start);
}

function pairsNamed(name: string, node: Node): readonly Range[] {
  return [
    ...(node.kind === 'map' ? node.pairs.filter((pair) => pair.name === name) : []),
    ...flatMap(childrenOf(node), (child) => pairsNamed(name, child)),
  ];
}

/** The comment that starts at an offset. Comments are in the order of the text. */
function commentAt(tree: Tree, offset: number): Comment | undefined {
  const comment = tree.comments[partitionPoint(tree.comments, ({ start }) => start < offset)];
  return comment?.start === offset ? comment : undefined;
}
