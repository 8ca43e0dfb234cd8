/** Searches in HCL documents. */
import type { Range } from '../base/span.ts';

/** White space within a line, and with line ends. */
export const HCL_SPACE = /[ \t\r]+/y;
export const BLANK = /[ \t\r\n]+/y;

/** A comment up to the end of its line. */
export const LINE_COMMENT = /(?:#|\/\/)[^\n]*/y;

/** An identifier. */
export const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;

/** The end of a sticky pattern's match at an offset; the offset itself if it does not match. */
export function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** The offset after the last character before an offset that is not white space. */
export function textEnd(text: string, at: number): number {
  let end = at;
  while (end > 0 && ' \t\r\n'.includes(text[end - 1]!)) end--;
  return end;
}

/** A label without closing quote, and the brace at the end of its line. */
export function openedInLabel(
  text: string,
  label: Range | undefined,
): { readonly label: Range; readonly brace: number } | undefined {
  if (!label || text[label.start] !== '"') return undefined;
  const [, name, space] = /^("[^"{]*[^"{\s])(\s*)\{\s*$/.exec(text.slice(label.start, label.end)) ?? [];
  return name === undefined
    ? undefined
    : {
        label: { start: label.start, end: label.start + name.length },
        brace: label.start + name.length + space!.length,
      };
}

/** The first offset of a text from an offset on; the end of the document if it does not occur. */
export function indexOrEnd(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from);
  return found < 0 ? text.length : found;
}

/** The last line that contains only a name, for each name. Such a line can end a heredoc. */
export function namesAlone(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { index, 0: line } of text.matchAll(/^[^\n]*$/gm)) {
    const name = line.length < 1000 ? line.trim() : '';
    if (matchEnd(NAME, name, 0) === name.length && name !== '') found.set(name, index);
  }
  return found;
}
