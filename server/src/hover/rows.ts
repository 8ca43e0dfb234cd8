/** How much space text takes in an editor, which breaks long lines. */
import { MAX_LINES } from './card.ts';

/** The columns of a hover, in which editors show about as many characters. */
export const COLUMNS = 80;

/** The maximum number of rows of a card, whose first sentence can take two. */
export const MAX_ROWS: number = MAX_LINES + 1;

/** The number of rows of a text that is broken at spaces, after hyphens, and in words that are longer than a row. */
export function rowsOf(text: string): number {
  let rows = 1;
  let column = 0;
  for (const word of text.split(' ')) {
    let space = column > 0 ? 1 : 0;
    for (const { length } of word.split(AFTER_HYPHENS)) {
      const isNext = column > 0 && column + space + length > COLUMNS;
      const end = isNext ? length : column + space + length;
      const more = Math.max(0, Math.ceil(end / COLUMNS) - 1);
      rows += (isNext ? 1 : 0) + more;
      column = end - more * COLUMNS;
      space = 0;
    }
  }
  return rows;
}

const AFTER_HYPHENS = /(?<=-)(?=[A-Za-z])/;

/**
 * The beginning of a text, of at most a number of rows.
 * @param before The length of the text before it on its first row.
 * @param behind What follows it.
 */
export function cutToRows(text: string, rows: number, before: number, behind = ''): string {
  const lead = 'x'.repeat(before);
  const fits = (kept: string): boolean => rowsOf(`${lead} ${kept}${behind}`) <= rows;
  if (text.length <= rows * COLUMNS && fits(`${text}`)) return `${text}${behind}`;
  const start = text.slice(0, rows * COLUMNS);
  const ends = [...start.matchAll(/\s/g)].map(({ index }) => index);
  const end = ends.findLast((index) => fits(`${bare(start.slice(0, index))}${ELLIPSIS}`));
  // Of a single long word, as much as fits.
  const most = Math.max(1, (rows - 1) * COLUMNS - before - behind.length - 2);
  return `${bare(start.slice(0, end ?? most))}${ELLIPSIS}${behind}`;
}

const ELLIPSIS = '\u2026';

/** The beginning of a text without a sign that belongs to what follows. */
function bare(text: string): string {
  let end = text.length;
  while (end > 0 && LOOSE.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}

const LOOSE = ' \t\n,;:(-';
