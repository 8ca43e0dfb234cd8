import { inert } from '../base/inert.ts';
import { MAX_LINES, type Card, type Cited } from './card.ts';
import { markdownText } from './markdown-text.ts';

/**
 * A card as Markdown, at most twelve lines. Sources are numbered in citation order and linked. Text from
 * the document is escaped, so that it cannot contain markup.
 */
export function markdownOf({ title, verdict, lines }: Card): string {
  const urls: string[] = [];
  const words = ({ text, cite }: Cited): string =>
    `${markdownText(text)}${[...new Set(cite.map(({ url }) => numberOf(urls, url)))].map((n) => ` [\\[${n}\\]](${urls[n - 1]!})`).join('')}`;
  const head = `**${markdownText(title)}**: ${words(verdict)}`;
  const body = lines
    .slice(0, MAX_LINES - 1)
    .map(({ label, parts, separator }) => `*${markdownText(label)}:* ${parts.map(words).join(separator)}`);
  return [head, ...body].join('  \n');
}

function numberOf(urls: string[], url: string): number {
  const at = urls.indexOf(url);
  return at >= 0 ? at + 1 : urls.push(url);
}

/** A card as plain text, for clients without Markdown, with the sources on the last line. */
export function plainTextOf({ title, verdict, lines }: Card): string {
  const urls: string[] = [];
  const words = ({ text, cite }: Cited): string =>
    `${inert(text)}${[...new Set(cite.map(({ url }) => numberOf(urls, url)))].map((n) => ` [${n}]`).join('')}`;
  const all = [
    `${inert(title)}: ${words(verdict)}`,
    ...lines
      .slice(0, MAX_LINES - 2)
      .map(({ label, parts, separator }) => `${label}: ${parts.map(words).join(separator)}`),
  ];
  return [...all, ...(urls.length > 0 ? [urls.map((url, index) => `[${index + 1}] ${url}`).join(' ')] : [])].join('\n');
}
