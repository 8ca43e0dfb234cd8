/** The lines of comments, without markers. */
import { flatMap } from '../base/flat-map.ts';
import type { Range } from '../base/span.ts';
import type { Comment, Tree } from '../syntax/tree.ts';

/** The text of a comment on one line: the range without the marker, and without white space around it. */
export interface CommentLine extends Range {
  readonly comment: Comment;
  /** Whether the comment has no text on other lines. */
  readonly isWhole: boolean;
}

/** The lines of all comments of a document that have text, in document order. */
export function commentLines(tree: Tree): readonly CommentLine[] {
  return flatMap(tree.comments, (comment) => linesOf(tree.text, comment));
}

function linesOf(text: string, comment: Comment): readonly CommentLine[] {
  const isBlock = text.startsWith('/*', comment.start);
  const end = isBlock && text.startsWith('*/', comment.end - 2) ? comment.end - 2 : comment.end;
  const lines: Range[] = [];
  for (let at = comment.start; at < end;) {
    const next = isBlock ? lineEnd(text, at, end) : end;
    const line = trimmedRange(text, at, next);
    if (line.start < line.end) lines.push(line);
    at = next + 1;
  }
  return lines.map((line) => ({ ...line, comment, isWhole: lines.length === 1 }));
}

function lineEnd(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

/** The range without white space and the characters of markers at its start: `#`, `//`, `/*` and `*`. */
function trimmedRange(text: string, from: number, to: number): Range {
  let start = from;
  while (start < to && (isLineSpace(text[start]!) || '#/*'.includes(text[start]!))) start++;
  let end = to;
  while (end > start && isLineSpace(text[end - 1]!)) end--;
  return { start, end };
}

/** Whether a character is white space within a line. */
export function isLineSpace(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\r' || character === '\n';
}

/** The words of a range of a text, which white space separates. */
export function wordsOf(text: string, { start, end }: Range): readonly Range[] {
  const words: Range[] = [];
  for (let at = start; at < end;) {
    while (at < end && isLineSpace(text[at]!)) at++;
    const from = at;
    while (at < end && !isLineSpace(text[at]!)) at++;
    if (at > from) words.push({ start: from, end: at });
  }
  return words;
}
