/** A new value in place of one that is in a block collection of YAML, or at the top of a document. */
import type { Node, ScalarNode, Tree } from '../syntax/tree.ts';
import { Tagged, type NewNode } from '../syntax/tree-edit.ts';
import { commentsWithin, endWithComments, lineEndBehind } from './comments.ts';
import { isFlow, wholeChildren } from './flow-style.ts';
import { flowReplacement } from './flow-writer.ts';
import { indentation, lineEnd, lineStart, sameLine, skipBlankBack, skipSpaces, skipSpacesBack } from './lines.ts';
import { isCollection } from './new-node.ts';
import { depthOf, holderOf } from './place.ts';
import { Refused } from './refused.ts';
import { deletion, insertion, type Splice } from './splice.ts';
import { atRoot, behindDash, underKey, type BlockSyntax, type BlockValue } from './yaml-block.ts';
import { continues, quotesKept, yamlScalar } from './yaml-scalar.ts';
import { indentOf } from './yaml-style.ts';

/** The place of a value: after a colon or a dash. */
interface Slot {
  /** The offset after the colon or dash. */
  readonly after: number;
  /** The column of the key or dash; -1 at the top. */
  readonly column: number;
  readonly write: (value: NewNode) => BlockValue;
}

/**
 * The replacements that write a value where a node is. They keep its anchor, and as far as they fit its quotes or
 * brackets. Throws `Refused` if the place has no value.
 */
export function replaceValue(tree: Tree, node: Node, value: NewNode, syntax: BlockSyntax): Splice[] {
  const slot = slotOf(tree, node, syntax);
  const written = keepingStyle(tree, node, value, slot, syntax) ?? slot.write(value);
  const anchored = node.anchor ? [`&${node.anchor.name}`, written.head].filter(Boolean).join(' ') : written.head;
  const replacement = { head: anchored, tail: written.tail.map((line) => syntax.lineEnd + line).join('') };
  if (node.start === node.end) return fill(tree, node, slot, replacement);
  return sameLine(tree.text, slot.after, node.start)
    ? replaceOnLine(tree, node, slot, replacement, syntax)
    : replaceBelow(tree, node, slot, replacement, syntax);
}

/** A value as text: what goes on the line of its key, and the lines below with their line ends in front. */
interface Replacement {
  readonly head: string;
  readonly tail: string;
}

function slotOf(tree: Tree, node: Node, syntax: BlockSyntax): Slot {
  const holder = holderOf(node);
  if (!holder) {
    if (node.start === node.end) throw new Refused('The document is empty.');
    return { after: node.start, column: -1, write: (value) => atRoot(value, syntax, node.anchor !== undefined) };
  }
  const indent = indentOf(tree, holder.parent);
  if (holder.kind === 'item') {
    return {
      after: holder.parent.items[holder.index]!.start + 1,
      column: indent.length,
      write: (value) => behindDash(value, indent, syntax, node.anchor !== undefined),
    };
  }
  if (holder.part === 'key' || holder.pair.separator < 0) throw new Refused('The target is a key without a value.');
  return { after: holder.pair.separator + 1, column: indent.length, write: (value) => underKey(value, indent, syntax) };
}

/** A text in the style of the one that it replaces, a collection in the brackets of the one that it replaces. */
function keepingStyle(tree: Tree, node: Node, value: NewNode, slot: Slot, syntax: BlockSyntax): BlockValue | undefined {
  if (isFlow(node) && wholeChildren(node).length > 0 && isCollection(value))
    return { head: flowReplacement(tree, node, value, syntax.flow), tail: [] };
  const kept = quotesKept(node, value, syntax.quote);
  if (kept !== undefined) return { head: kept, tail: [] };
  if (
    value instanceof Tagged &&
    typeof value.value === 'string' &&
    node.kind === 'scalar' &&
    continues(node, value) &&
    (node.style === 'literal' || node.style === 'folded')
  ) {
    const block = literal(tree, node, value.value, slot);
    return block && { ...block, head: `${value.tag} ${block.head}` };
  }
  if (typeof value !== 'string' || node.kind !== 'scalar' || node.empty) return undefined;
  if (node.style === 'literal' || node.style === 'folded') return literal(tree, node, value, slot);
  return { head: yamlScalar(value, false, syntax.quote, node.style), tail: [] };
}

/**
 * A text of several lines below `|`, with the indentation of the block scalar that it replaces, if it can be so
 * written.
 */
function literal(tree: Tree, node: ScalarNode, value: string, slot: Slot): BlockValue | undefined {
  const body = value.endsWith('\n') ? value.slice(0, -1) : value;
  if (!body.includes('\n') || !/^[^ \n][\t\n\x20-\x7E\xA0-\u2027\u202A-\uFEFE\uFF00-\uFFFD]*[^\n]$/.test(body))
    return undefined;
  const { text } = tree;
  if (!sameLine(text, slot.after, node.start) || /[0-9]/.test(text.slice(node.start, lineEnd(text, node.start))))
    return undefined;
  const indent = indentation(text, node.content.start);
  if (indent.length <= slot.column) return undefined;
  return {
    head: body === value ? '|-' : '|',
    tail: body.split('\n').map((line) => (line === '' ? '' : indent + line)),
  };
}

/** Writes a value where there is none. A comment on the line stays there, comment lines below stay in front. */
function fill(tree: Tree, node: Node, slot: Slot, { head, tail }: Replacement): Splice[] {
  const order = -depthOf(node);
  const end = head === '' ? endWithComments(tree, node.end, slot.column) : lineEndBehind(tree, node.end);
  return [insertion(slot.after, head && ` ${head}`, order), insertion(end, tail, order)];
}

/** Replaces a value that starts on the line of its key or dash. */
function replaceOnLine(tree: Tree, node: Node, slot: Slot, { head, tail }: Replacement, syntax: BlockSyntax): Splice[] {
  const { text } = tree;
  const start = head === '' ? slot.after : node.start;
  if (hasOwnLines(node)) {
    const end = ownEnd(tree, node, slot);
    const content = contentBelow(tree, node);
    if (content === undefined) return [{ start, end, newText: head + headComment(tree, node) + tail }];
    const newHead = { start, end: Math.max(node.tag?.end ?? 0, node.anchor?.end ?? 0), newText: head };
    return [
      newHead,
      tail === ''
        ? deletion(skipBlankBack(text, content), end)
        : { start: lineStart(text, content), end, newText: tail.slice(syntax.lineEnd.length) },
    ];
  }
  if (tail === '') return [{ start, end: node.end, newText: head }];
  const end = lineEndBehind(tree, node.end);
  const comment = text.slice(node.end, end).trim();
  return [{ start, end: comment === '' ? end : node.end, newText: head }, insertion(end, tail, -depthOf(node))];
}

/** Replaces a value that starts below its key. Comments between the two stay. */
function replaceBelow(tree: Tree, node: Node, slot: Slot, { head, tail }: Replacement, syntax: BlockSyntax): Splice[] {
  const { text } = tree;
  const start = lineStart(text, node.start);
  const own = hasOwnLines(node);
  const end = own ? ownEnd(tree, node, slot) : node.end;
  const lines = tail.slice(syntax.lineEnd.length);
  const order = -depthOf(node);
  if (head === '') {
    const rest = lineEndBehind(tree, end);
    const comment = skipSpaces(text, end);
    return comment === rest
      ? [{ start, end: rest, newText: lines }]
      : [deletion(node.start, comment), insertion(rest, tail, order)];
  }
  if (!own && tail === '') return [{ start: node.start, end, newText: head }];
  if (commentsWithin(tree, slot.after, node.start).length === 0)
    return [{ start: slot.after, end, newText: ` ${head}${tail}` }];
  const above = insertion(slot.after, ` ${head}`, order);
  return tail === ''
    ? [above, deletion(skipBlankBack(text, node.start), end)]
    : [above, { start, end, newText: lines }];
}

/** Whether the last line of a value holds nothing else, so that a comment on it belongs to the value. */
function hasOwnLines(node: Node): boolean {
  return node.kind === 'scalar'
    ? node.style === 'literal' || node.style === 'folded'
    : node.kind !== 'alias' && node.style === 'block';
}

function ownEnd(tree: Tree, node: Node, slot: Slot): number {
  return node.kind === 'scalar' ? node.end : endWithComments(tree, node.end, slot.column);
}

/** Where the content of a block collection starts, when only its tag or anchor is on the line of its key. */
function contentBelow({ text }: Tree, node: Node): number | undefined {
  if (node.kind === 'scalar' || node.kind === 'alias') return undefined;
  const { start } = (node.kind === 'map' ? node.pairs : node.items)[0]!;
  return sameLine(text, node.start, start) ? undefined : start;
}

/** The comment after the `|` of a block scalar, with the space before it. */
function headComment(tree: Tree, node: Node): string {
  if (node.kind !== 'scalar') return '';
  const comment = commentsWithin(tree, node.start, lineEnd(tree.text, node.start)).at(-1);
  return comment ? tree.text.slice(skipSpacesBack(tree.text, comment.start), comment.end) : '';
}
