import { diffArrays } from 'diff';
import type { TextEdit } from 'vscode-languageserver';
import { LineIndex } from '../base/line-index.ts';

/** The minimal edits, in order, between two texts: lines are compared, then the ends of changed parts. */
export function textEdits(before: string, after: string): TextEdit[] {
  const lines = new LineIndex(before);
  const edits: TextEdit[] = [];
  let at = 0;
  let removed = '';
  let added = '';
  const flush = (): void => {
    if (removed !== '' || added !== '') edits.push(trimmed(removed, added, at - removed.length, lines));
    removed = '';
    added = '';
  };
  for (const change of diffArrays(linesOf(before), linesOf(after))) {
    const text = change.value.join('');
    if (change.added) added += text;
    else {
      if (!change.removed) flush();
      else removed += text;
      at += text.length;
    }
  }
  flush();
  return edits;
}

function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

/** An edit without common prefix and suffix. It does not split line ends or surrogate pairs. */
function trimmed(removed: string, added: string, at: number, lines: LineIndex): TextEdit {
  const most = Math.min(removed.length, added.length);
  let start = 0;
  while (start < most && removed[start] === added[start]) start++;
  while (start > 0 && (cuts(removed, start) || cuts(added, start))) start--;
  let end = 0;
  while (end < most - start && removed[removed.length - 1 - end] === added[added.length - 1 - end]) end++;
  while (end > 0 && (cuts(removed, removed.length - end) || cuts(added, added.length - end))) end--;
  return {
    range: lines.range({ start: at + start, end: at + removed.length - end }),
    newText: added.slice(start, added.length - end),
  };
}

/** Whether an offset is inside a surrogate pair or a CRLF. */
function cuts(text: string, offset: number): boolean {
  return /^(?:[\ud800-\udbff][\udc00-\udfff]|\r\n)$/.test(text.slice(offset - 1, offset + 1));
}
