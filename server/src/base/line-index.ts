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
  readonly #starts: number[];
  /** The start offsets of line ends; the last line has none. */
  readonly #ends: number[];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    this.#starts = [0];
    this.#ends = [];
    let lf = text.indexOf('\n');
    let cr = text.indexOf('\r');
    while (lf >= 0 || cr >= 0) {
      const end = cr >= 0 && (lf < 0 || cr < lf) ? cr : lf;
      const next = end === cr && lf === cr + 1 ? lf + 1 : end + 1;
      this.#ends.push(end);
      this.#starts.push(next);
      if (lf >= 0 && lf < next) lf = text.indexOf('\n', next);
      if (cr >= 0 && cr < next) cr = text.indexOf('\r', next);
    }
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The position of an offset, clamped to the text. */
  positionAt(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.#length));
    const line = partitionPoint(this.#starts, (start) => start <= clamped) - 1;
    return { line, character: clamped - this.#starts[line]! };
  }

  /**
   * The offset of a position. A character beyond its line returns the end of the line, before the line end; a
   * nonexistent line returns the nearest end of the text.
   */
  offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    if (position.line >= this.#starts.length) return this.#length;
    const start = this.#starts[position.line]!;
    const end = this.#ends[position.line] ?? this.#length;
    return Math.max(start, Math.min(start + position.character, end));
  }

  range(range: Range): { start: Position; end: Position } {
    return { start: this.positionAt(range.start), end: this.positionAt(range.end) };
  }

  /** The range of a line without its line end. */
  line(text: string, line: number): Range {
    const start = this.#starts[line] ?? this.#length;
    let end = this.#starts[line + 1] ?? this.#length;
    while (end > start && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
    return { start, end };
  }
}
