/**
 * The parts that the text of a folded scalar is made of: one on several lines in quotes or without, or a block after
 * `>`. Where a line continues, the line break with all white space around it is read as one space, or as one line end
 * for each empty line. https://yaml.org/spec/1.2.2/#65-line-folding
 */
import type { ScalarNode, Tree } from './tree.ts';

/** Characters that are in the source as they are (`run`), or a number of them that is read as others. */
export type FoldedPart = { readonly run: number } | { readonly outer: number; readonly inner: number };

/** The length of an escape at an offset of the source, and its decoded text; undefined if no escape begins there. */
export type EscapeAt = (offset: number) => { readonly outer: number; readonly inner: number } | undefined;

const BREAK = /\r\n|\r|\n/g;

/** The parts of a scalar in quotes or without them that is written on several lines. */
export function flowParts(
  { text }: Tree,
  { content: { start, end } }: ScalarNode,
  escapeAt: EscapeAt,
): readonly FoldedPart[] {
  const parts: FoldedPart[] = [];
  let from = start;
  const run = (to: number): void => {
    if (to > from) parts.push({ run: to - from });
    from = to;
  };
  for (let at = start; at < end;) {
    const escape = escapeAt(at);
    if (escape) {
      run(at);
      // A backslash at the end of a line takes the line break away, and the white space that the next line begins
      // with; empty lines between them count.
      const joins = escape.outer === 2 && /[\r\n]/.test(text[at + 1]!);
      const gap = joins ? gapAt(text, at + 1, end) : undefined;
      const part = gap ? { outer: gap.end - at, inner: gap.breaks - 1 } : escape;
      parts.push(part);
      from = at += part.outer;
      continue;
    }
    const gap = gapAt(text, at, end);
    if (gap && gap.breaks > 0) {
      run(at);
      parts.push({ outer: gap.end - at, inner: gap.breaks === 1 ? 1 : gap.breaks - 1 });
      from = at = gap.end;
    } else {
      at = gap?.end ?? at + 1;
    }
  }
  run(end);
  return parts;
}

/** White space from an offset on and the line breaks in it; undefined if none begins. */
function gapAt(text: string, at: number, limit: number): { readonly end: number; readonly breaks: number } | undefined {
  let end = at;
  while (end < limit && ' \t\r\n'.includes(text[end]!)) end++;
  return end === at ? undefined : { end, breaks: text.slice(at, end).match(BREAK)?.length ?? 0 };
}

/**
 * The parts of a block after `>` whose lines are indented by a number of columns. Lines that are indented more are not
 * folded, neither before nor after.
 */
export function blockParts(
  { text }: Tree,
  { content: { start, end }, value }: ScalarNode,
  indent: number,
): readonly FoldedPart[] {
  const lines = linesOf(text.slice(start, end));
  const parts: FoldedPart[] = [];
  const isEmpty = (index: number): boolean => (lines[index]?.text.slice(indent) ?? '') === '';
  const isFree = (index: number): boolean => /^[ \t]/.test(lines[index]!.text.slice(indent));
  let read = 0;
  for (let index = 0; index < lines.length;) {
    const line = lines[index]!;
    const shown = isEmpty(index) ? 0 : line.text.length - indent;
    const hidden = line.text.length - shown;
    if (hidden > 0) parts.push({ outer: hidden, inner: 0 });
    if (shown > 0) parts.push({ run: shown });
    read += shown;
    let next = index + 1;
    while (next < lines.length && isEmpty(next)) next++;
    const empty = lines.slice(index + 1, next);
    const outer = line.break + empty.reduce((sum, one) => sum + one.text.length + one.break, 0);
    // The first lines may be empty, and the header of the block decides how many of the last line ends count.
    const inner =
      next >= lines.length
        ? value.length - read
        : shown === 0 || isFree(index) || isFree(next)
          ? empty.length + 1
          : Math.max(1, empty.length);
    // The last line end does not belong to the content but is read too.
    if (outer > 0 || inner > 0) parts.push({ outer: outer || 1, inner });
    read += inner;
    index = next;
  }
  return parts;
}

function linesOf(text: string): readonly { readonly text: string; readonly break: number }[] {
  const pieces = text.split(/(\r\n|\r|\n)/);
  const lines: { text: string; break: number }[] = [];
  for (let index = 0; index < pieces.length; index += 2)
    lines.push({ text: pieces[index]!, break: pieces[index + 1]?.length ?? 0 });
  return lines.at(-1)?.text === '' ? lines.slice(0, -1) : lines;
}
