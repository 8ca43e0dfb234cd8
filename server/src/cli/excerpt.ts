/** Source excerpts: the line of a range, with marks below the range. */
import type { LineIndex } from '../base/line-index.ts';
import type { Range } from '../base/span.ts';
import { cellsOf, type Cell } from './terminal-text.ts';

export interface Excerpt {
  /** One-based line number. */
  readonly line: number;
  readonly source: string;
  /** Spaces and `^`, to print below the source. */
  readonly marks: string;
}

const CUT = '…';

/** The maximum number of characters of a long line before and after the start of the mark. */
export const REACH = 256;

/** The JSON key before a value or its opening bracket; also in a document in a string. */
const NAME_BEFORE = /\\?"[^"\\]{1,64}\\?"\s{0,16}:\s{0,16}\[?\s{0,16}(?:\\?")?$/;

/**
 * The part of a line that can be shown with a mark in a document with sensitive values: the value and its name.
 * Undefined if the line has nothing else.
 */
export function besideRecords(text: string, lines: LineIndex, range: Range): Range | undefined {
  const whole = lines.line(text, lines.positionAt(range.start).line);
  const before = text.slice(Math.max(whole.start, range.start - REACH), range.start);
  const start = range.start - (NAME_BEFORE.exec(before)?.[0].length ?? 0);
  // Items of a list or an object are next to others, too.
  if (range.end - range.start > 2 && '{['.includes(text[range.start]!)) return { start, end: range.start + 1 };
  const isBare = (from: number, to: number): boolean =>
    to - from <= REACH && /^[\s,{}[\]]*$/.test(text.slice(from, to));
  return isBare(whole.start, start) && isBare(Math.min(range.end, whole.end), whole.end)
    ? undefined
    : { start, end: range.end };
}

/**
 * An excerpt of at most `columns`. A longer line is truncated around the mark. Ranges in `hidden`, which are secrets,
 * and text outside `shown` are masked or omitted.
 */
export function excerptOf(
  text: string,
  lines: LineIndex,
  range: Range,
  columns: number,
  hidden: readonly Range[] = [],
  shown?: Range,
): Excerpt {
  const { line } = lines.positionAt(range.start);
  const whole = lines.line(text, line);
  const near = {
    start: boundary(text, Math.max(whole.start, range.start - REACH, shown?.start ?? 0)),
    end: boundary(text, Math.min(whole.end, range.start + REACH, shown?.end ?? Infinity)),
  };
  const cells = cellsOf(text.slice(near.start, near.end)).map((cell) => placed(cell, near.start, hidden));
  const first = Math.max(
    0,
    cells.findIndex((cell) => cell.end > range.start),
  );
  const atEnd = range.start >= whole.end;
  const from = atEnd ? cells.length : first;
  const past = cells.findIndex((cell, index) => index > from && cell.start >= range.end);
  const to = atEnd ? from : Math.max(from + 1, past < 0 ? cells.length : past);
  return {
    line: line + 1,
    ...cut(cells, from, to, atEnd ? columns - 1 : columns, near.start > whole.start, near.end < whole.end),
  };
}

function placed(cell: Cell, offset: number, hidden: readonly Range[]): Cell {
  const start = cell.start + offset;
  const end = cell.end + offset;
  const isHidden = hidden.some((range) => start < range.end && end > range.start);
  return { shown: isHidden ? '*'.repeat(cell.width) : cell.shown, width: cell.width, start, end };
}

/** Moves an offset inside a surrogate pair to its start. */
function boundary(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return offset > 0 && code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}

/** The cells that fit, including the start of the mark and as much context as possible. */
function cut(
  cells: readonly Cell[],
  from: number,
  to: number,
  columns: number,
  cutBefore: boolean,
  cutBehind: boolean,
): { source: string; marks: string } {
  const total = widthOfCells(cells);
  let start = 0;
  let end = cells.length;
  // Indentation is removed first.
  const indent = cutBefore
    ? 0
    : Math.min(
        from,
        cells.findIndex((cell) => cell.shown.trim() !== ''),
      );
  if (total > columns && indent > 0 && !cutBehind && total - widthOfCells(cells.slice(0, indent)) <= columns) {
    return rendered(cells, indent, cells.length, from, to, '', '');
  }
  if (total > columns || cutBefore || cutBehind) {
    const marked = Math.min(widthOfCells(cells.slice(from, to)), columns);
    // The remaining width is distributed to both sides, more of it before the mark.
    start = back(cells, from, Math.floor((columns - marked) * 0.6) - CUT.length);
    if (start === 0 && !cutBefore) end = forth(cells, 0, columns - CUT.length);
    else {
      end = forth(cells, start, columns - 2 * CUT.length);
      if (end === cells.length && !cutBehind) start = back(cells, end, columns - CUT.length);
    }
  }
  return rendered(
    cells,
    start,
    end,
    from,
    to,
    start > 0 || cutBefore ? CUT : '',
    end < cells.length || cutBehind ? CUT : '',
  );
}

/** The cells from `start` to `end` with ellipses, and the marks below those from `from` to `to`. */
function rendered(
  cells: readonly Cell[],
  start: number,
  end: number,
  from: number,
  to: number,
  before: string,
  behind: string,
): { source: string; marks: string } {
  const source =
    before +
    cells
      .slice(start, end)
      .map((cell) => cell.shown)
      .join('') +
    behind;
  const lead = before.length + widthOfCells(cells.slice(start, from));
  const marks = ' '.repeat(lead) + '^'.repeat(Math.max(1, widthOfCells(cells.slice(from, Math.min(to, end)))));
  return { source: source.trimEnd(), marks };
}

/** The first cell from which the cells up to `end` fit. */
function back(cells: readonly Cell[], end: number, columns: number): number {
  let start = end;
  let room = columns;
  while (start > 0 && (room -= cells[start - 1]!.width) >= 0) start--;
  return start;
}

/** The end of the cells from `start` that fit. */
function forth(cells: readonly Cell[], start: number, columns: number): number {
  let end = start;
  let room = columns;
  while (end < cells.length && (room -= cells[end]!.width) >= 0) end++;
  return end;
}

function widthOfCells(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}
