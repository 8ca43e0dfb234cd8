/** Text for terminals: display width, wrapping, and removal of control characters. */
import stringWidth from 'string-width';
import { inert, isPrintableAscii } from '../base/inert.ts';
import { once } from '../base/once.ts';

const TAB_WIDTH = 4;

/** The display width of a text in columns. */
export function widthOf(text: string): number {
  return isPrintableAscii(text) ? text.length : stringWidth(text);
}

/** A displayed character with its range in the text. */
export interface Cell {
  readonly shown: string;
  readonly width: number;
  readonly start: number;
  readonly end: number;
}

/** Made on demand, because making one takes 11 ms. */
const segmenter = once(() => new Intl.Segmenter('en', { granularity: 'grapheme' }));

/** The cells of a line. A tab becomes spaces up to the next tab stop. */
export function cellsOf(line: string): readonly Cell[] {
  if (isPrintableAscii(line))
    return Array.from(line, (shown, index) => ({ shown, width: 1, start: index, end: index + 1 }));
  // Segmenting takes several times as long as all else.
  const segments = isPrintableAscii(line.replaceAll('\t', '')) ? charactersOf(line) : segmenter().segment(line);
  const cells: Cell[] = [];
  let column = 0;
  for (const { segment, index } of segments) {
    const shown = segment === '\t' ? ' '.repeat(TAB_WIDTH - (column % TAB_WIDTH)) : inert(segment);
    const width = widthOf(shown);
    cells.push({ shown, width, start: index, end: index + segment.length });
    column += width;
  }
  return cells;
}

function charactersOf(line: string): readonly { readonly segment: string; readonly index: number }[] {
  return Array.from(line, (segment, index) => ({ segment, index }));
}

/** Wraps a text at spaces to lines of at most `columns`. A longer word has its own line. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of inert(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > columns) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/** A text that is a link in terminals that support hyperlinks (OSC 8). The address is percent-encoded. */
export function hyperlink(text: string, address: string): string {
  return `\u001B]8;;${address}\u001B\\${text}\u001B]8;;\u001B\\`;
}

/** A table with its head. The first columns, as many as `left`, are aligned to the left, and numbers to the right. */
export function tableOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  left: number,
): readonly string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  return all.map((row) =>
    row
      .map((cell, column) => (column < left ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}
