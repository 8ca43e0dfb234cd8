import { flatMap } from '../base/flat-map.ts';
import { inert } from '../base/inert.ts';
import type { Card, Line, CitedPage, Status } from './card.ts';
import { fittedCard } from './fitted.ts';
import { labelText, linePartsText } from './line-text.ts';
import { markdownText } from './markdown-text.ts';

/** The icons of VS Code for a status: https://code.visualstudio.com/api/references/icons-in-labels */
const ICONS: Readonly<Record<Status, string>> = { good: '$(pass)', wrong: '$(error)', unknown: '$(question)' };

/** A status as a word. */
const WORDS: Readonly<Record<Status, string>> = { good: 'good', wrong: 'finding', unknown: 'unknown' };

/** The length of an icon, or of a dash in its place, with the space behind it. */
const ICON_LENGTH = 2;

/** The space for sources in characters, which is about one line. */
const WIDTH_OF_SOURCES = 52;

/** The same on a line with links to pages about the resource. */
const WIDTH_BESIDE_PAGES = 24;

/** Pages about all services, whose links follow those to pages of the service. */
const ABOUT_ALL = /\/(?:wellarchitected|whitepapers)\//;

export interface MarkdownOptions {
  /** Whether the client shows icons, so that text must not contain them either. */
  readonly hasIcons?: boolean;
  /** The link to the page about the responsibilities for the resource. */
  readonly page?: string | undefined;
  /** The link to the page with the paths to the resource. */
  readonly paths?: string | undefined;
}

/**
 * A card as Markdown, as far as a hover has space, with its sources as links on the last line. The links to pages about
 * the resource are beside the heading, because editors cut long hovers. Text from the document is escaped, so that it
 * cannot contain markup.
 */
export function markdownOf(card: Card, { hasIcons = false, page, paths }: MarkdownOptions = {}): string {
  const escaped = (text: string): string => (hasIcons ? withoutIcons(markdownText(text)) : markdownText(text));
  const statusText = (status: Status): string => (hasIcons ? ICONS[status] : `**${WORDS[status]}**`);
  const lineText = (line: Line): string => {
    const { here, status } = line;
    const text = linePartsText(line, escaped);
    const name = escaped(labelText(line));
    return here ? `${status ? statusText(status) : '–'} ${name}: ${text}` : `**${name}:** ${text}`;
  };
  const pages = [
    ...(card.heading !== undefined && page !== undefined ? [`[Show Shared Responsibility](${page})`] : []),
    ...(card.hasPaths && paths !== undefined ? [`[Show Path](${paths})`] : []),
  ];
  const short = fittedCard(card, (status) => (status && !hasIcons ? WORDS[status].length + 1 : ICON_LENGTH));
  const hasHeading = short.lines.some(({ here }) => here);
  return written(short, {
    head: `**${escaped(short.title)}**: ${escaped(short.verdict.text)}`,
    heading: (text) => [`**${escaped(text)}:**`, ...(pages.length > 0 ? [pages.join(DOT)] : [])].join(' '),
    lineText,
    sources: (urls) =>
      hasHeading || pages.length === 0
        ? `*Sources:* ${sourceLinks(urls, WIDTH_OF_SOURCES)}`
        : [...pages, `*Sources:* ${sourceLinks(urls, WIDTH_BESIDE_PAGES)}`].join(DOT),
    separator: '  \n',
  });
}

/** Between links. */
const DOT = ' \u00b7 ';

/**
 * Links to pages: the first ones with the names of the pages, as far as there is space, the others with numbers, and
 * the number of those without space.
 */
function sourceLinks(urls: readonly string[], width: number): string {
  const shown = urls.slice(0, mostOf(width));
  const rest = urls.length - shown.length;
  const isNamed = namedOf(shown, width);
  const links = shown.map((url, index) => {
    const name = pageName(url);
    return isNamed(index)
      ? `[${markdownText(shortName(name, width + SPARE - (shown.length - 1) * `${DOT}9`.length))}](${url})`
      : `[${index + 1}](${url} "${markdownText(name).replaceAll('"', '\\"')}")`;
  });
  return [...links, ...(rest > 0 ? [`${rest} more`] : [])].join(DOT);
}

/** The maximum number of links for which there is space beside the name of the first page. */
function mostOf(width: number): number {
  return Math.floor(width / (2 * `${DOT}9`.length)) + 3;
}

/** What is left of a line beside the sources, their label and the number of those that are omitted. */
const SPARE = 9;

/** A name of a page that leaves space for numbers of others. */
function shortName(name: string, width: number): string {
  return name.length > width ? `${name.slice(0, width - 1)}\u2026` : name;
}

/** How many of the links have names: at least one. */
function namedOf(urls: readonly string[], width: number): (index: number) => boolean {
  const numbers = urls.map((_, index) => `${DOT}${index + 1}`.length);
  let space = width - numbers.reduce((sum, length) => sum + length, 0);
  const end = urls.findIndex(
    (url, index) => (space -= pageName(url).length - String(index + 1).length) < 0 && index > 0,
  );
  return (index) => end < 0 || index < end;
}

/** Markdown in which nothing is the name of an icon. */
export function withoutIcons(markdown: string): string {
  return markdown.replaceAll('$(', '\\$(');
}

/** A card as plain text, for clients without Markdown. */
export function plainTextOf(card: Card): string {
  const mark = (status: Status | undefined): string => (status ? `[${WORDS[status]}] ` : '- ');
  const short = fittedCard(card, (status) => mark(status).length);
  return written(short, {
    head: `${inert(short.title)}: ${inert(short.verdict.text)}`,
    heading: (text) => `${text}:`,
    lineText: (line) => `${line.here ? mark(line.status) : ''}${inert(labelText(line))}: ${linePartsText(line, inert)}`,
    sources: (urls) => `Sources: ${urls.join(' ')}`,
    separator: '\n',
  });
}

interface Form {
  readonly head: string;
  readonly heading: (text: string) => string;
  readonly lineText: (line: Line) => string;
  readonly sources: (urls: readonly string[]) => string;
  readonly separator: string;
}

function written(
  { verdict, lines, heading = 'Here' }: Card,
  { head, heading: headingText, lineText, sources, separator }: Form,
): string {
  const first = lines.findIndex(({ here }) => here);
  const body = flatMap(lines, (line, index) => [...(index === first ? [headingText(heading)] : []), lineText(line)]);
  const urls = urlsOf([verdict, ...flatMap(lines, ({ parts }) => parts)]);
  return [head, ...body, ...(urls.length > 0 ? [sources(urls)] : [])].join(separator);
}

function urlsOf(parts: readonly { readonly cite: readonly CitedPage[] }[]): readonly string[] {
  const urls = [...new Set(flatMap(parts, ({ cite }) => cite.map(({ url }) => url)))];
  return [...urls.filter((url) => !ABOUT_ALL.test(url)), ...urls.filter((url) => ABOUT_ALL.test(url))];
}

/** The names that AWS gives to the first page of a guide, which say nothing about it. */
const FIRST_PAGE = /^(?:welcome|index)$/i;

/** The names of guides in addresses. */
const GUIDES: ReadonlyMap<string, string> = new Map([
  ['api', 'API Reference'],
  ['apireference', 'API Reference'],
  ['userguide', 'User Guide'],
]);

/**
 * The name of a page from its address: `Overview.Encryption` for `…/UserGuide/Overview.Encryption.html`. The first page
 * of a guide has the name of the guide: `AmazonRDS User Guide` for `…/AmazonRDS/latest/UserGuide/Welcome.html`.
 */
export function pageName(url: string): string {
  if (url.includes('/service-authorization/')) return 'Service Authorization Reference';
  const end = url.search(/[?#]/);
  const path = end < 0 ? url : url.slice(0, end);
  const parts = path.split('/').filter((part) => part !== '');
  const name = (parts.at(-1) ?? path).replace(/\.html?$/, '').replaceAll(/[-_]+/g, ' ');
  const [service, guide] = [parts[2], parts.slice(0, -1)[4]];
  if (FIRST_PAGE.test(name) && service !== undefined && service !== parts.at(-1))
    return [service, ...(guide === undefined ? [] : [GUIDES.get(guide.toLowerCase()) ?? guide])].join(' ');
  // Of a page about a part of a type, the service is that of the card.
  return name.replace(/^aws (?:resource (?=\S)|properties (?:\S+ (?=\S+ \S))?(?=\S))/, 'CloudFormation: ');
}
