/** The rows that a card takes in an editor, which shows its Markdown. */
import type { Card } from '../../server/src/hover/card.ts';
import { markdownOf } from '../../server/src/hover/markdown.ts';
import { rowsOf } from '../../server/src/hover/rows.ts';

/** The text that an editor shows, with the names of links and a sign for each icon. */
function shownText(markdown: string): string {
  return markdown
    .replaceAll('  \n', '\n')
    .replaceAll(/\[((?:\\.|[^\]\\])*)\]\([^()\s]+(?: "(?:[^"\\]|\\.)*")?\)/g, '$1')
    .replaceAll(/\$\((?:pass|error|question)\)/g, '-')
    .replaceAll(/(?<!\\)\*\*?/g, '')
    .replaceAll(/\\(.)/g, '$1');
}

/** The rows of a card in a client with icons or without. */
export function shownRows(card: Card, hasIcons: boolean): number {
  const lines = shownText(markdownOf(card, { hasIcons, page: 'p', paths: 'q' })).split('\n');
  return lines.reduce((sum, line) => sum + rowsOf(line), 0);
}
