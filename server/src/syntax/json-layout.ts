/** Where things stand on their lines, in JSON text. */
import { BOM, isLineEnd, isSpace, SLASH } from './characters.ts';

/** Whether nothing is on the line in front of an offset, but for what is stray there. */
export function isFirstOnLine(text: string, offset: number, strays: ReadonlySet<number>): boolean {
  while (offset > 0 && (isSpace(text.charCodeAt(offset - 1)) || strays.has(offset - 1))) offset--;
  return offset === 0 || isLineEnd(text.charCodeAt(offset - 1)) || text.charCodeAt(offset - 1) === BOM;
}

/** Whether nothing more is on the line from an offset on. */
export function isLastOnLine(text: string, offset: number): boolean {
  while (isSpace(text.charCodeAt(offset))) offset++;
  return isLineEnd(text.charCodeAt(offset));
}

/** The columns of white space at the beginning of the line that an offset is on, as if nothing stray were there. */
export function indentation(text: string, offset: number, strays: ReadonlySet<number>): number {
  let start = offset;
  while (start > 0 && !isLineEnd(text.charCodeAt(start - 1))) start--;
  let columns = 0;
  for (; isSpace(text.charCodeAt(start)) || strays.has(start); start++) if (!strays.has(start)) columns++;
  return columns;
}

export function lineEnd(text: string, offset: number): number {
  while (!isLineEnd(text.charCodeAt(offset))) offset++;
  return offset;
}

/** Whether the next character that is not white space is a certain one. */
export function isNext(text: string, offset: number, character: number): boolean {
  while (offset < text.length && (isSpace(text.charCodeAt(offset)) || isLineEnd(text.charCodeAt(offset)))) offset++;
  return text.charCodeAt(offset) === character;
}

/** Whether a bracket that begins its line is followed by what can follow one there: a comma, a bracket or the end of the line. */
export function isFollowedWell(text: string, bracket: number, isInPlace: boolean): boolean {
  let at = bracket + 1;
  while (isSpace(text.charCodeAt(at))) at++;
  if (isLineEnd(text.charCodeAt(at))) return true;
  if (']}'.includes(text[at]!)) return isInPlace || at === bracket + 1;
  return ',/'.includes(text[at]!);
}

/** Where a word ends that is not in quotes: at what cannot be in it, or in front of a comment. */
export function wordEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !',[]{}"\r\n'.includes(text[end]!) && !isComment(text, end)) end++;
  return end;
}

function isComment(text: string, at: number): boolean {
  return text.charCodeAt(at) === SLASH && isSpace(text.charCodeAt(at - 1)) && '/*'.includes(text[at + 1] ?? '.');
}

/** Whether a line begins here that a version control system leaves behind when two versions do not fit together. */
export function isConflictMarker(text: string, offset: number): boolean {
  return (
    /^(?:<{7}|={7}|>{7}|\|{7})(?![^ \r\n])/.test(text.slice(offset, offset + 8)) &&
    (offset === 0 || isLineEnd(text.charCodeAt(offset - 1)))
  );
}

export function isWord(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95;
}
