/** How much space the lines of a card take in an editor, which breaks long ones. */
import { MAX_LINES, type Card, type Line } from './card.ts';

/** The columns of a hover, in which editors show about as many characters. */
const COLUMNS = 80;

/** The maximum number of rows of a card, whose first sentence can take two. */
export const MAX_ROWS: number = MAX_LINES + 1;

/** The sources and the heading of the lines about the document. */
const OTHER_ROWS = 2;

/** Whether a card takes no more than the maximum number of rows. */
export function fitsRows({ title, verdict, lines }: Pick<Card, 'title' | 'verdict' | 'lines'>): boolean {
  const texts = [`${title}: ${verdict.text}`, ...lines.map(textOf)];
  return texts.reduce((sum, text) => sum + rowsOf(text), OTHER_ROWS) <= MAX_ROWS;
}

/** The number of rows of a text that is broken at spaces. */
export function rowsOf(text: string): number {
  let rows = 1;
  let column = 0;
  for (const { length } of text.split(' ')) {
    const isNext = column > 0 && column + 1 + length > COLUMNS;
    if (isNext) rows++;
    column = isNext || column === 0 ? length : column + 1 + length;
  }
  return rows;
}

/** A line as an editor shows it, with a sign for its status. */
function textOf({ label, parts, separator, here }: Line): string {
  return `${here ? '- ' : ''}${label}: ${parts.map(({ text }) => text).join(separator)}`;
}
