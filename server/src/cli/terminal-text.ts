/** Text as a terminal shows it: what it takes in columns, and nothing that would move the cursor or turn the text around. */
import stringWidth from 'string-width';
import { inert } from '../base/inert.ts';

const TAB_WIDTH = 4;

/** The number of columns that a text takes. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** One character as people see it, with its place in the text it is from. */
export interface Cell {
  readonly shown: string;
  readonly width: number;
  readonly start: number;
  readonly end: number;
}

const ASCII = /^[\t\u0020-\u007E]*$/;
const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The cells of a line. A tab becomes the spaces up to the next tab stop. */
export function cellsOf(line: string): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (const { segment, index } of segmentsOf(line)) {
    const shown = segment === '\t' ? ' '.repeat(TAB_WIDTH - (column % TAB_WIDTH)) : inert(segment);
    const width = ASCII.test(shown) ? shown.length : widthOf(shown);
    cells.push({ shown, width, start: index, end: index + segment.length });
    column += width;
  }
  return cells;
}

/** The characters of a line as people see them. Most lines are plain, and for those there is a quick way. */
function segmentsOf(line: string): Iterable<{ readonly segment: string; readonly index: number }> {
  return ASCII.test(line) ? Array.from(line, (segment, index) => ({ segment, index })) : SEGMENTER.segment(line);
}

/** A text in lines of at most `columns`, broken between words. A word that is longer has a line of its own. */
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
