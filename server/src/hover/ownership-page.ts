/** The page about the responsibilities for a resource: everything that its card shows and more, with all sources. */
import { ownEntry } from '../base/table.ts';
import type { Resource } from '../model/resource.ts';
import type { Line, Status } from './card.ts';
import type { CitedCard } from './composed-card.ts';
import { holds } from './fits.ts';
import { markdownText } from './markdown-text.ts';
import type { Citation, Claim, Layer, Owner } from './ownership.ts';

/** The layers from the ground up, with their names. */
export const LAYER_NAMES: Readonly<Record<Layer, string>> = {
  facilities: 'Facilities',
  hardware: 'Hardware',
  virtualization: 'Virtualization',
  'operating-system': 'Operating system',
  platform: 'Platform',
  patching: 'Patching',
  network: 'Network',
  identity: 'Identity and access',
  code: 'Code',
  data: 'Data',
  encryption: 'Encryption',
  configuration: 'Configuration',
  logging: 'Logging',
  backup: 'Backup',
};

const OWNERS: readonly (readonly [Owner, string])[] = [
  ['aws', "AWS's responsibility"],
  ['you', 'Your responsibility'],
  ['shared', 'Shared responsibility'],
];

const STATUS: Readonly<Record<Status, string>> = { good: 'Good', wrong: 'Finding', unknown: 'Unknown' };

/** A resource on the page. Without one, the page is about a type in general. */
export interface ResourceState {
  readonly resource: Resource;
  readonly heading: string;
  readonly here: readonly Line[];
}

/** The page of a type as Markdown, with how a resource of a document stands. Text of the document is escaped. */
export function ownershipMarkdown(
  type: string,
  { card, citations }: CitedCard,
  state: ResourceState | undefined,
): string {
  const urls: string[] = [];
  const marks = (cite: readonly string[]): string =>
    urlsOf(cite, citations)
      .map((url) => ` [\\[${numberOf(urls, url)}\\]](${url})`)
      .join('');
  // A type in general has everything that can apply.
  const applies = ({ when }: Pick<Claim, 'when'>): boolean => state === undefined || holds(when, state.resource);
  const verdict = (state ? card.verdict.find(applies) : card.verdict.at(-1)) ?? card.verdict[0]!;
  const claims = card.claims.filter(applies);
  const properties = Object.entries(card.properties);
  const sections = [
    `# ${markdownText(state ? `${state.resource.displayName} (${type})` : type)}`,
    `${sentence(verdict.text)}${marks(verdict.cite)}`,
    ...OWNERS.flatMap(([owner, heading]) => {
      const own = claims.filter((claim) => claim.owner === owner);
      return own.length === 0
        ? []
        : [
            `## ${heading}`,
            list(own.map(({ layer, text, cite }) => `**${LAYER_NAMES[layer]}**: ${markdownText(text)}${marks(cite)}`)),
          ];
    }),
    ...(state && state.here.length > 0 ? [`## ${state.heading}`, list(state.here.map(stateText))] : []),
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
              const said = property.verdict.at(-1)!;
              return `**${markdownText(path)}**: ${markdownText(said.text)}${marks(said.cite)}`;
            }),
          ),
        ]
      : []),
  ];
  return `${[...sections, ...sourcesOf(urls, Object.values(citations))].join('\n\n')}\n`;
}

function stateText({ label, status, parts, separator }: Line): string {
  const mark = status ? `*${STATUS[status]}*, ` : '';
  return `${mark}**${markdownText(label)}**: ${parts.map(({ text }) => markdownText(text)).join(separator)}`;
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

/** The pages of citations, each once. */
export function urlsOf(cite: readonly string[], citations: Readonly<Record<string, Citation>>): readonly string[] {
  return [...new Set(cite.flatMap((key) => ownEntry(citations, key)?.url ?? []))];
}

function numberOf(urls: string[], url: string): number {
  const at = urls.indexOf(url);
  return at >= 0 ? at + 1 : urls.push(url);
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** A phrase as a sentence. */
function sentence(text: string): string {
  return `${markdownText(text.charAt(0).toUpperCase() + text.slice(1))}.`;
}
