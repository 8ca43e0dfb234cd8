/** Searches in a text of HCL: where a pattern ends, where a line does, and what its lines are. */
import type { Range } from '../../base/span.ts';

/** White space within a line, and with line ends. */
export const SPACE = /[ \t\r]+/y;
export const BLANK = /[ \t\r\n]+/y;

/** A comment up to the end of its line. */
export const LINE_COMMENT = /(?:#|\/\/)[^\n]*/y;

/** An identifier. */
export const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;

/** After what a sticky pattern matches at an offset; the offset itself if it does not match. */
export function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** After the last character before an offset that is not white space. */
export function textEnd(text: string, at: number): number {
  let end = at;
  while (end > 0 && ' \t\r\n'.includes(text[end - 1]!)) end--;
  return end;
}

/** A label whose quote is not closed, without the brace at the end of its line. */
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

export function indexOrEnd(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from);
  return found < 0 ? text.length : found;
}

/** The lines that have only a name, which may end a heredoc: the last one of each. */
export function namesAlone(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { index, 0: line } of text.matchAll(/^[^\n]*$/gm)) {
    const name = line.length < 1000 ? line.trim() : '';
    if (matchEnd(NAME, name, 0) === name.length && name !== '') found.set(name, index);
  }
  return found;
}
