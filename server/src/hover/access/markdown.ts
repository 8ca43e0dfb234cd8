/** Who has access to a resource, as the section of a page. */
import type { LineIndex } from '../../base/line-index.ts';
import type { Span, Uri } from '../../base/span.ts';
import { some } from '../../base/words.ts';
import { markdownText } from '../markdown-text.ts';
import { assumerText, type AccessListing, type AccessRow } from './listing.ts';

/** The document of the page. */
export interface PageDocument {
  readonly doc: Uri;
  readonly lines: LineIndex;
}

/** The maximum number of principals of a section, and of actions or resources that a statement shows. */
const [MOST_ROWS, MOST_WRITTEN] = [100, 4] as const;

/** The section; empty if there is nothing to say. Text of the document is escaped. */
export function accessMarkdown(
  { principals, possible, denied, unknowns, document }: AccessListing,
  page: PageDocument,
): readonly string[] {
  const list = (heading: string, rows: readonly AccessRow[]): readonly string[] =>
    rows.length === 0
      ? []
      : [
          ...(heading === '' ? [] : [`### ${heading}`]),
          [
            ...rows.slice(0, MOST_ROWS).map((row) => rowText(row, page)),
            ...(rows.length > MOST_ROWS ? [`- ${rows.length - MOST_ROWS} more`] : []),
          ].join('\n'),
        ];
  const parts = [
    ...list(
      '',
      principals.filter(({ isOutside }) => !isOutside),
    ),
    ...list(
      'From outside',
      principals.filter(({ isOutside }) => isOutside),
    ),
    ...list('Not known', possible),
    ...list('Denied', denied),
    ...(unknowns.length > 0 ? [unknowns.map((text) => `- ${markdownText(text)}`).join('\n')] : []),
  ];
  return parts.length === 0
    ? []
    : [
        '## Who has access',
        ...parts,
        `Principals that this ${document} does not declare are listed only if a policy of the resource names them.`,
      ];
}

function rowText(
  { name, what, members, usedBy, assumedBy, levels, sources, limits }: AccessRow,
  page: PageDocument,
): string {
  const about = [
    what,
    ...(members.length > 0 ? [`with ${some(members, 3)}`] : []),
    ...(usedBy.length > 0 ? [`used by ${some(usedBy, 3)}`] : []),
    ...(assumedBy.length > 0 ? [`assumed by ${some(assumedBy.map(assumerText), 3)}`] : []),
  ].filter((text) => text !== '');
  const head = `**${markdownText(name)}**${about.length > 0 ? ` (${markdownText(about.join(', '))})` : ''}`;
  const items = [
    ...sources.map(({ capabilities, text, at, actions, resources }) => {
      const what = [some(actions, MOST_WRITTEN), resources.length > 0 ? `on ${some(resources, MOST_WRITTEN)}` : '']
        .filter((part) => part !== '')
        .join(' ');
      return `${some(capabilities)} by ${text}${placeText(at, page)}${what === '' ? '' : `: ${what}`}`;
    }),
    ...limits.map(({ text, at }) => `limit: ${text}${at ? placeText(at, page) : ''}`),
  ];
  return [
    `- ${head}: ${markdownText(levels.map(({ text }) => text).join(', '))}`,
    ...items.map((text) => `  - ${markdownText(text)}`),
  ].join('\n');
}

function placeText({ doc, start }: Span, { doc: own, lines }: PageDocument): string {
  return doc === own ? ` (line ${lines.positionAt(start).line + 1})` : '';
}
