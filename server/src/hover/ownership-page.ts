/** The page about the responsibilities for a resource: everything that its card shows and more, with all sources. */
import { flatMap } from '../base/flat-map.ts';
import type { Resource } from '../model/resource.ts';
import type { Card, Line, Status } from './card.ts';
import type { CitedCard } from './composed-card.ts';
import { holds } from './fits.ts';
import { linePartsText } from './line-text.ts';
import { markdownText } from './markdown-text.ts';
import { LAYER_NAMES, pageNumber, OWNERS, pagesOf, type Citation, type Claim } from './ownership.ts';

const STATUS: Readonly<Record<Status, string>> = { good: 'Good', wrong: 'Finding', unknown: 'Unknown' };

/** A resource, and how it is configured. */
export interface ResourceState {
  readonly resource: Resource;
  readonly heading: string;
  readonly here: readonly Line[];
  /** The section about who has access, as paragraphs of Markdown. */
  readonly access?: readonly string[];
  /** The card of the property that the page is opened at. */
  readonly property?: Card | undefined;
}

/** The page about a resource as Markdown. Text of the document is escaped. */
export function ownershipMarkdown(
  { card, citations }: CitedCard,
  { resource, heading, here, access = [], property }: ResourceState,
): string {
  const urls: string[] = [];
  const marks = (cite: readonly string[]): string =>
    pagesOf(cite, citations)
      .map((url) => ` [\\[${pageNumber(urls, url)}\\]](${url})`)
      .join('');
  const applies = ({ when }: Pick<Claim, 'when'>): boolean => holds(when, resource);
  // The last verdict has no conditions.
  const verdict = card.verdict.find(applies) ?? card.verdict.at(-1)!;
  const claims = card.claims.filter(applies);
  const properties = Object.entries(card.properties);
  const sections = [
    `# ${markdownText(`${resource.displayName} (${resource.nativeType})`)}`,
    `${sentence(verdict.text)}${marks(verdict.cite)}`,
    ...(property ? propertySection(property, urls) : []),
    ...flatMap(OWNERS, ([owner, label]) => {
      const own = claims.filter((claim) => claim.owner === owner);
      return own.length === 0
        ? []
        : [
            `## ${label}`,
            list(own.map(({ layer, text, cite }) => `**${LAYER_NAMES[layer]}**: ${markdownText(text)}${marks(cite)}`)),
          ];
    }),
    ...(here.length > 0 ? [`## ${heading}`, list(here.map(stateText))] : []),
    ...access,
    ...((card.remarks ?? []).some(applies)
      ? [
          '## Notes',
          list(
            card
              .remarks!.filter(applies)
              .map(({ label, text, cite }) => `**${markdownText(label)}**: ${markdownText(text)}${marks(cite)}`),
          ),
        ]
      : []),
    ...(properties.length > 0
      ? [
          '## Properties',
          list(
            properties.map(([path, property]) => {
              const verdict = property.verdict.at(-1)!;
              return `**${markdownText(path)}**: ${markdownText(verdict.text)}${marks(verdict.cite)}`;
            }),
          ),
        ]
      : []),
  ];
  return `${[...sections, ...sourcesOf(urls, Object.values(citations))].join('\n\n')}\n`;
}

/** Everything about one property. */
function propertySection({ title, verdict, lines }: Card, urls: string[]): readonly string[] {
  const marks = (cite: Card['verdict']['cite']): string =>
    cite.map(({ url }) => ` [\\[${pageNumber(urls, url)}\\]](${url})`).join('');
  return [
    `## ${markdownText(title)}`,
    `${sentence(verdict.text)}${marks(verdict.cite)}`,
    list(lines.map((line) => `${stateText(line)}${marks(flatMap(line.parts, ({ cite }) => cite))}`)),
  ];
}

function stateText(line: Line): string {
  const mark = line.status ? `*${STATUS[line.status]}*, ` : '';
  return `${mark}**${markdownText(line.label)}**: ${linePartsText(line, markdownText)}`;
}

function sourcesOf(urls: readonly string[], citations: readonly Citation[]): readonly string[] {
  if (urls.length === 0) return [];
  const lines = urls.map((url, index) => {
    const days = citations.filter((citation) => citation.url === url).map(({ checked }) => checked);
    const seen = days.some((day) => day !== '') ? ` (accessed ${days.sort().at(-1)!})` : '';
    return `${index + 1}. [${markdownText(url)}](${url})${seen}`;
  });
  return ['## Sources', lines.join('\n')];
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** A phrase as a sentence. */
function sentence(text: string): string {
  return `${markdownText(text.charAt(0).toUpperCase() + text.slice(1))}.`;
}
