/** Suppressions as comments in YAML and HCL: above a line, and at the top of a document. */
import type { Range } from '../base/span.ts';
import { beginsLine, indentation, lineEndOf, lineStart, nextLine, skipSpaces } from '../fixes/lines.ts';
import type { Format } from '../model/format.ts';
import type { Suppression } from '../model/suppression.ts';
import { parseHcl } from '../syntax/hcl.ts';
import type { Node, Tree } from '../syntax/tree.ts';
import type { Directive } from './comment-suppressions.ts';
import { scopesOf } from './scopes.ts';
import { suppressionsIn } from './suppressions.ts';
import { REASON, type SuppressionEdit } from './suppression-edit.ts';

/**
 * A comment above a property, list item, block or resource that begins a line. Its rule is added to one that covers the
 * same.
 */
export function commentAbove(tree: Tree, format: Format, statement: Range, rule: string): SuppressionEdit {
  const scopes = scopesOf(tree);
  const covered = scopes.statement(scopes.lineOf(statement.start));
  const existing = ownComments(tree, format).find(
    ({ scope, at }) => scope.kind === 'range' && at.end <= covered.start && scope.in.start === covered.start,
  );
  if (existing) return withRule(existing, rule);
  const start = lineStart(tree.text, statement.start);
  return inserted(tree, start, indentation(tree.text, statement.start), 'stackwarden-disable-next-line', rule);
}

/**
 * A comment above the line of a place within an expression of HCL that spans lines, such as the statement of a policy
 * in `jsonencode`. Undefined if the place is on the first line, or where a comment would be a part of a string.
 */
export function commentInExpression(tree: Tree, format: Format, at: Range, rule: string): SuppressionEdit | undefined {
  const scopes = scopesOf(tree);
  const expression = scopes.expressionAt(at.start);
  if (!expression || lineStart(tree.text, at.start) <= expression.start) return undefined;
  const start = skipSpaces(tree.text, lineStart(tree.text, at.start));
  if (')]}'.includes(tree.text[start]!)) return undefined;
  const edit = commentAbove(tree, format, { start, end: start }, rule);
  return isRead(tree, edit) ? edit : undefined;
}

/** Whether a comment is one where it is written. */
function isRead({ doc, text, comments, problems }: Tree, { range, newText, reason }: SuppressionEdit): boolean {
  if (!reason) return true;
  const after = parseHcl(doc, text.slice(0, range.start) + newText + text.slice(range.end));
  return after.comments.length === comments.length + 1 && after.problems.length === problems.length;
}

/** A comment for the document, below the comments that it begins with. Its rule is added to one for the document. */
export function commentAtTop(tree: Tree, format: Format, rule: string): SuppressionEdit {
  const existing = ownComments(tree, format).find(({ scope }) => scope.kind === 'file');
  return existing ? withRule(existing, rule) : inserted(tree, topOf(tree), '', 'stackwarden-disable', rule);
}

/** Our comments that count and have no end, so that a further rule can count for the same reason. */
function ownComments(tree: Tree, format: Format): readonly Suppression[] {
  return suppressionsIn(tree, { format, honored: [] }).filter(
    ({ kind, error, until, reason }) => kind === 'comment' && !error && !until && reason,
  );
}

function withRule({ rules }: Suppression, rule: string): SuppressionEdit {
  const { end } = rules.at(-1)!.at;
  return { range: { start: end, end }, newText: `, ${rule}` };
}

function inserted(tree: Tree, at: number, indent: string, directive: Directive, rule: string): SuppressionEdit {
  const before = `${indent}# ${directive} ${rule} -- `;
  return {
    range: { start: at, end: at },
    newText: `${before}${REASON}${lineEndOf(tree.text)}`,
    reason: { start: before.length, end: before.length + REASON.length },
  };
}

/** The start of the first line that is not in the comments at the beginning of a document. */
export function topOf({ text, comments }: Tree): number {
  let at = lineStart(text, 0);
  for (const comment of comments) {
    if (comment.start !== at || !beginsLine(text, comment.start)) return at;
    const next = nextLine(text, comment.end);
    // More on the line than the comment, or no line below it.
    if (text.slice(comment.end, next).trim() !== '' || next === comment.end) return at;
    at = next;
  }
  return at;
}

/** The innermost property, list item or block around a place that begins a line, so that a comment can be above it. */
export function statementAround(tree: Tree, at: Range): Range | undefined {
  let found: Range | undefined;
  let children: readonly Node[] = tree.roots;
  for (;;) {
    const node = children.find((child) => contains(child, at));
    if (!node || (node.kind !== 'map' && node.kind !== 'list')) return found;
    const parts = node.kind === 'map' ? node.pairs : node.items;
    const part = parts.find((one) => contains(one, at));
    if (!part) return found;
    if (beginsLine(tree.text, part.start)) found = part;
    children = [part.value];
  }
}

function contains(range: Range, at: Range): boolean {
  return range.start <= at.start && at.start <= range.end && at.end <= Math.max(range.end, at.start);
}
