import { partitionPoint } from './binary-search.ts';
import type { Range } from './span.ts';

/** A position as editors count it: zero-based line and UTF-16 character. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/**
 * Converts between UTF-16 offsets and line positions. Ranges are offsets; lines are for reports, links, migration, and
 * suppressions of a line.
 */
export class LineIndex {
  readonly #lines: Lines;
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    this.#lines = text.includes('\r') ? linesWithReturns(text) : linesOf(text);
  }

  get lineCount(): number {
    return this.#lines.count;
  }

  /** The position of an offset, clamped to the text. */
  positionAt(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.#length));
    const { starts, count } = this.#lines;
    const line = partitionPoint(starts, (start) => start <= clamped, count) - 1;
    return { line, character: clamped - starts[line]! };
  }

  /**
   * The offset of a position. A character beyond its line returns the end of the line, before the line end; a
   * nonexistent line returns the nearest end of the text.
   */
  offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    const { starts, ends, count } = this.#lines;
    if (position.line >= count) return this.#length;
    const start = starts[position.line]!;
    const isLast = position.line === count - 1;
    const end = isLast ? this.#length : (ends?.[position.line] ?? starts[position.line + 1]! - 1);
    return Math.max(start, Math.min(start + position.character, end));
  }

  range(range: Range): { start: Position; end: Position } {
    return { start: this.positionAt(range.start), end: this.positionAt(range.end) };
  }

  /** The range of a line without its line end. */
  line(text: string, line: number): Range {
    const { starts, count } = this.#lines;
    const start = line < count ? starts[line]! : this.#length;
    let end = line + 1 < count ? starts[line + 1]! : this.#length;
    while (end > start && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
    return { start, end };
  }
}

/** The lines of a text. Lists of numbers would take four times the memory, which matters for large documents. */
interface Lines {
  readonly count: number;
  /** The start offsets of lines, with room for more. */
  readonly starts: Uint32Array;
  /** The start offsets of line ends, which the last line does not have; undefined if each is one character. */
  readonly ends?: Uint32Array;
}

/** The usual number of characters in a line: with shorter ones, the room is doubled. */
const USUAL_LENGTH = 32;

function roomFor(text: string): Uint32Array {
  return new Uint32Array(Math.ceil(text.length / USUAL_LENGTH) + 1);
}

function doubled(lines: Uint32Array): Uint32Array {
  const more = new Uint32Array(2 * lines.length);
  more.set(lines);
  return more;
}

function linesOf(text: string): Lines {
  let starts = roomFor(text);
  let count = 1;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
    if (count === starts.length) starts = doubled(starts);
    starts[count++] = end + 1;
  }
  return { count, starts };
}

/** Lines that a carriage return can end, alone or with a line feed. */
function linesWithReturns(text: string): Lines {
  let starts = roomFor(text);
  let ends = roomFor(text);
  let count = 1;
  let lf = text.indexOf('\n');
  let cr = text.indexOf('\r');
  while (lf >= 0 || cr >= 0) {
    const end = cr >= 0 && (lf < 0 || cr < lf) ? cr : lf;
    const next = end === cr && lf === cr + 1 ? lf + 1 : end + 1;
    if (count === starts.length) [starts, ends] = [doubled(starts), doubled(ends)];
    ends[count - 1] = end;
    starts[count++] = next;
    if (lf >= 0 && lf < next) lf = text.indexOf('\n', next);
    if (cr >= 0 && cr < next) cr = text.indexOf('\r', next);
  }
  return { count, starts, ends };
}
