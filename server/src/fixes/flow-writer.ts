/** Changes to flow collections: all of JSON, and YAML's flow style. */
import { flatMap } from '../base/flat-map.ts';
import type { Range } from '../base/span.ts';
import type { ListNode, MapNode, Node, Tree } from '../syntax/tree.ts';
import type { NewNode } from '../syntax/tree-edit.ts';
import type { ListChange, MapChange } from './changes.ts';
import { commentsWithin, restOfLine, skipComments } from './comments.ts';
import { beginsOwnLine, isFlow, isSpread, wholeChildren, styleWithin, type FlowStyle } from './flow-style.ts';
import { flowPair, flowText, type FlowLayout, type FlowSyntax } from './flow-text.ts';
import {
  beginsLine,
  indentation,
  lineEnd,
  lineStart,
  nextLine,
  skipBlank,
  skipBlankBack,
  skipSpacesBack,
} from './lines.ts';
import { Refused } from './refused.ts';
import { deletion, insertion, type Splice } from './splice.ts';

/** Removes pairs of a map and writes new ones after those that stay. */
export function changeFlowMap(tree: Tree, map: MapNode, change: MapChange, general: FlowSyntax): Splice[] {
  const syntax = { ...general, style: styleWithin(tree, map, general.style) };
  const removed = new Set([...change.removed].map((pair) => map.pairs.indexOf(pair)));
  const added = [...change.added].map(([key, value]): NewPart => ({
    before: map.pairs.length,
    write: (indent) => flowPair(key, value, syntax, indent),
  }));
  return changeFlow(tree, map, syntax, removed, added);
}

/** Removes items of a list and writes new ones before others or at the end. */
export function changeFlowList(tree: Tree, list: ListNode, change: ListChange, general: FlowSyntax): Splice[] {
  const syntax = { ...general, style: styleWithin(tree, list, general.style) };
  const added = flatMap(
    [...change.inserted].toSorted(([a], [b]) => a - b),
    ([before, values]) =>
      values.map((value): NewPart => ({ before, write: (indent) => flowText(value, syntax, indent) })),
  );
  return changeFlow(tree, list, syntax, change.removed, added);
}

/** A value that is in place of a node in brackets, as text. */
export function flowReplacement(tree: Tree, node: Node, value: NewNode, syntax: FlowSyntax): string {
  const onLines = node.parent ? beginsOwnLine(tree.text, node) : /[\r\n]/.test(tree.text.trim());
  return flowText(value, syntax, onLines ? indentation(tree.text, node.start) : undefined);
}

/** A child to insert, before the child with an index (or after the last one), as text for a given indentation. */
interface NewPart {
  readonly before: number;
  readonly write: (indent: string | undefined) => string;
}

interface Place {
  readonly tree: Tree;
  readonly node: MapNode | ListNode;
  readonly style: FlowStyle;
  /** What separates children on lines of their own: a comma, or nothing in objects of HCL. */
  readonly comma: ',' | '';
  /** The offset after the opening bracket. */
  readonly open: number;
  /** The offset of the closing bracket. */
  readonly close: number;
}

function changeFlow(
  tree: Tree,
  node: MapNode | ListNode,
  { style, layout }: FlowSyntax,
  removed: ReadonlySet<number>,
  added: readonly NewPart[],
): Splice[] {
  if (removed.size === 0 && added.length === 0) return [];
  const comma = layout && node.kind === 'map' ? commaIn(tree, node, layout) : ',';
  const place: Place = { tree, node, style, comma, open: openOf(tree, node), close: node.end - 1 };
  const kept = wholeChildren(node)
    .map((_, index) => index)
    .filter((index) => !removed.has(index));
  const lastKept = kept.at(-1);
  if (lastKept === undefined) return refill(place, added);
  const splices = flatMap(consecutiveRuns(removed), ([first, last]) => removeRun(place, first, last));
  const atEnd: NewPart[] = [];
  for (const part of added) {
    const next = kept.find((index) => index >= part.before);
    if (next === undefined) atEnd.push(part);
    else splices.push(insertBefore(place, next, part));
  }
  return [...splices, ...commaAfter(place, lastKept, atEnd.length > 0), ...append(place, lastKept, atEnd)];
}

/** What separates the entries of an object of HCL. Those on one line need commas. */
function commaIn(tree: Tree, node: MapNode, { comma }: FlowLayout): ',' | '' {
  const { pairs } = node;
  if (pairs.length > 0 && !isSpread(tree.text, node)) return ',';
  if (pairs.some((_, index) => commaBehind(tree, node, index) !== undefined)) return ',';
  return pairs.length > 1 ? '' : comma;
}

function openOf(tree: Tree, node: MapNode | ListNode): number {
  const [open, close] = node.kind === 'map' ? ['{', '}'] : ['[', ']'];
  const at = skipComments(tree, Math.max(node.start, node.tag?.end ?? 0, node.anchor?.end ?? 0));
  if (tree.text[at] !== open) throw new Refused('The target is a pair without braces in a list.');
  if (node.end - 1 <= at || tree.text[node.end - 1] !== close) throw new Refused('The target has an unclosed bracket.');
  return at + 1;
}

/** Runs of indexes that follow each other, as first and last. */
export function consecutiveRuns(indexes: Iterable<number>): readonly (readonly [first: number, last: number])[] {
  const result: [number, number][] = [];
  for (const index of [...indexes].toSorted((a, b) => a - b)) {
    const last = result.at(-1);
    if (last?.[1] === index - 1) last[1] = index;
    else result.push([index, index]);
  }
  return result;
}

/** Removes children with their own commas. The comma before the last one is the business of `commaAfter`. */
function removeRun(place: Place, first: number, last: number): Splice[] {
  const { tree, node } = place;
  const { text } = tree;
  const run = wholeChildren(node)
    .map((_, index) => index)
    .slice(first, last + 1);
  const lines = run.map((index) => linesOf(place, index, index) ?? []);
  if (lines.every((own) => own.length > 0)) return lines.flat();
  const { start } = wholeChildren(node)[first]!;
  const end = endOf(place, last);
  return (
    linesOf(place, first, last) ?? [
      last + 1 < wholeChildren(node).length
        ? deletion(start, skipBlank(text, end))
        : deletion(blankBefore(tree, start), end),
    ]
  );
}

/** The removal of the lines of some children, when nothing else is on them. */
function linesOf(place: Place, first: number, last: number): Splice[] | undefined {
  const { text } = place.tree;
  const { start } = wholeChildren(place.node)[first]!;
  const rest = restOfLine(place.tree, endOf(place, last));
  return beginsLine(text, start) && rest !== undefined
    ? [deletion(lineStart(text, start), nextLine(text, rest))]
    : undefined;
}

/** The end of a child with its comma. */
function endOf({ tree, node }: Place, index: number): number {
  const comma = commaBehind(tree, node, index);
  return comma === undefined ? wholeChildren(node)[index]!.end : comma + 1;
}

/** Makes or removes the comma after the last child that stays. */
function commaAfter({ tree, node, comma: separator }: Place, index: number, more: boolean): Splice[] {
  if (separator === '') return [];
  const { end } = wholeChildren(node)[index]!;
  const comma = commaBehind(tree, node, index);
  const needed = more || commaBehind(tree, node, wholeChildren(node).length - 1) !== undefined;
  if (needed) return comma === undefined ? [insertion(end, ',', -1)] : [];
  if (comma === undefined) return [];
  return [deletion(skipBlank(tree.text, end) === comma ? end : comma, comma + 1)];
}

/** Writes children after the last one that stays, each on a line of its own if that one is. */
function append({ tree, node, style, comma: separator }: Place, index: number, added: readonly NewPart[]): Splice[] {
  if (added.length === 0) return [];
  const { text } = tree;
  const part = wholeChildren(node)[index]!;
  const comma = commaBehind(tree, node, index);
  const behind = comma === undefined ? part.end : comma + 1;
  const trailing = commaBehind(tree, node, wholeChildren(node).length - 1) === undefined ? '' : separator;
  if (!beginsLine(text, part.start)) {
    const indent = indentWithin(tree, node, part);
    return [insertion(behind, style.gap + added.map((a) => a.write(indent)).join(`,${style.gap}`) + trailing)];
  }
  const indent = indentation(text, part.start);
  const lines = added.map((a) => style.lineEnd + indent + a.write(indent)).join(separator);
  return [insertion(restOfLine(tree, behind) ?? behind, lines + trailing)];
}

/**
 * The indentation for a new item that follows another one on its line: the members of both stand on lines, as in `},{`.
 * Undefined if the other one is on one line, and for members of objects, which are not alike.
 */
function indentWithin(
  { text }: Tree,
  { kind }: Node,
  { end, value }: Range & { readonly value: Node },
): string | undefined {
  return kind === 'list' && isFlow(value) && isSpread(text, value) ? indentation(text, end - 1) : undefined;
}

function insertBefore({ tree, node, style, comma }: Place, index: number, added: NewPart): Splice {
  const part = wholeChildren(node)[index]!;
  const { start } = part;
  if (!beginsLine(tree.text, start))
    return insertion(start, `${added.write(indentWithin(tree, node, part))},${style.gap}`);
  const indent = indentation(tree.text, start);
  return insertion(start, `${added.write(indent)}${comma}${style.lineEnd}${indent}`);
}

/**
 * Writes the children of a collection whose previous children are all removed. Comments that belong to none of them do
 * stay.
 */
function refill(place: Place, added: readonly NewPart[]): Splice[] {
  const { tree, node, style, comma, open, close } = place;
  const { text } = tree;
  const parts = wholeChildren(node);
  const removal = parts.length === 0 ? [] : removeRun(place, 0, parts.length - 1);
  const comment = commentsWithin(tree, open, close).findLast((c) =>
    removal.every(({ start, end }) => c.end <= start || c.start >= end),
  );
  const outer = indentation(text, node.start);
  const spread = comment !== undefined || (parts.length === 0 ? onLines(place) : isSpread(text, node));
  const indent = outer + style.unit;
  const closing = style.lineEnd + (beginsLine(text, close) ? indentation(text, close) : outer);
  const lines = added.map((a) => style.lineEnd + indent + a.write(indent)).join(comma);
  if (comment) {
    const closes = added.length > 0 && lineEnd(text, comment.end) >= close;
    return [
      ...removal,
      insertion(comment.end, lines),
      ...(closes ? [{ start: comment.end, end: close, newText: closing }] : []),
    ];
  }
  const padding = node.kind === 'map' ? style.padding : '';
  const line = padding + added.map((a) => a.write(undefined)).join(`,${style.gap}`) + padding;
  const content = added.length === 0 ? '' : spread ? lines + closing : line;
  return [{ start: open, end: close, newText: content }];
}

/** Whether the children of a collection that is empty are to stand on lines of their own, as those around it do. */
function onLines({ tree, node, open, close }: Place): boolean {
  if (/[\r\n]/.test(tree.text.slice(open, close))) return true;
  if (node.parent) return beginsOwnLine(tree.text, node);
  return tree.layer === undefined || /[\r\n]/.test(tree.text.trim());
}

/** The offset of the comma after a child. */
function commaBehind(tree: Tree, node: MapNode | ListNode, index: number): number | undefined {
  const at = skipComments(tree, wholeChildren(node)[index]!.end);
  return tree.text[at] === ',' ? at : undefined;
}

/** The offset from which on there is only white space before the given one. Behind a comment its line end stays. */
function blankBefore(tree: Tree, offset: number): number {
  const { text } = tree;
  const at = skipBlankBack(text, offset);
  return tree.comments.some((comment) => comment.end === at) ? skipSpacesBack(text, offset) : at;
}
