/** Columns and line starts in JSON text. */
import { partitionPoint } from '../base/binary-search.ts';
import { BOM, isLineEnd, isSpace, SLASH } from '../base/characters.ts';

/** The white space and stray characters at the beginning of a line. */
interface Margin {
  /** The offset of its first character that is neither white space nor stray. */
  end: number;
  columns: number;
}

/**
 * The white space that lines begin with, ignoring stray characters. Many brackets are on one line, so each character is
 * read once and the result is kept.
 */
export class Margins {
  readonly #text: string;
  readonly #strays = new Set<number>();
  readonly #margins = new Map<number, Margin>();
  #starts: readonly number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** A bracket or quote that is passed over. */
  addStray(offset: number): void {
    this.#strays.add(offset);
  }

  /** Whether nothing is on the line in front of an offset. */
  isFirst(offset: number): boolean {
    return this.#at(offset).end >= offset;
  }

  /** The indentation of the line that contains an offset. */
  indentation(offset: number): number {
    return this.#at(offset).columns;
  }

  #at(offset: number): Margin {
    const start = this.#lineStart(offset);
    let margin = this.#margins.get(start);
    if (!margin) this.#margins.set(start, (margin = { end: start, columns: 0 }));
    for (; ; margin.end++) {
      if (this.#strays.has(margin.end)) continue;
      if (!isSpace(this.#text.charCodeAt(margin.end))) return margin;
      margin.columns++;
    }
  }

  #lineStart(offset: number): number {
    const starts = (this.#starts ??= lineStarts(this.#text));
    return starts[partitionPoint(starts, (start) => start <= offset) - 1] ?? starts[0]!;
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [text.charCodeAt(0) === BOM ? 1 : 0];
  for (let at = 0; at < text.length; at++) if (isLineEnd(text.charCodeAt(at))) starts.push(at + 1);
  return starts;
}

/** Whether nothing more is on the line from an offset on. */
export function isLastOnLine(text: string, offset: number): boolean {
  while (isSpace(text.charCodeAt(offset))) offset++;
  return isLineEnd(text.charCodeAt(offset));
}

/** Whether there is a line break between two offsets. */
export function isAcrossLines(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isLineEnd(text.charCodeAt(at))) return true;
  return false;
}

/** The offset of the line break that ends a line, or of the end of the text. */
export function endOfLine(text: string, offset: number): number {
  while (!isLineEnd(text.charCodeAt(offset))) offset++;
  return offset;
}

/** Whether the next character that is not white space is a certain one. */
export function isNext(text: string, offset: number, character: number): boolean {
  while (offset < text.length && (isSpace(text.charCodeAt(offset)) || isLineEnd(text.charCodeAt(offset)))) offset++;
  return text.charCodeAt(offset) === character;
}

/** Whether a bracket that begins its line is followed by a comma, a bracket or the end of the line. */
export function isFollowedWell(text: string, bracket: number, isInPlace: boolean): boolean {
  let at = bracket + 1;
  while (isSpace(text.charCodeAt(at))) at++;
  if (isLineEnd(text.charCodeAt(at))) return true;
  if (']}'.includes(text[at]!)) return isInPlace || at === bracket + 1;
  return ',/'.includes(text[at]!);
}

/** The end of an unquoted word: the first character that it cannot contain, or a comment. */
export function wordEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !',[]{}"\r\n'.includes(text[end]!) && !isComment(text, end)) end++;
  return end;
}

function isComment(text: string, at: number): boolean {
  return text.charCodeAt(at) === SLASH && isSpace(text.charCodeAt(at - 1)) && '/*'.includes(text[at + 1] ?? '.');
}

/** Whether a line begins here that a version control system inserts for a merge conflict. */
export function isConflictMarker(text: string, offset: number): boolean {
  return (
    /^(?:<{7}|={7}|>{7}|\|{7})(?![^ \r\n])/.test(text.slice(offset, offset + 8)) &&
    (offset === 0 || isLineEnd(text.charCodeAt(offset - 1)))
  );
}

/** Whether a UTF-16 code unit is an ASCII letter, a digit or an underscore. */
export function isWord(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95;
}
