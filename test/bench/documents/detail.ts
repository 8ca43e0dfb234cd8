/** What resources of large documents say more than those of small ones, since they are few and long. */
import type { Random } from './random.ts';

const PURPOSES = [
  'It is made in every Region in which customers are served, and removed with the stack.',
  'It was moved here from the stack of the data platform, and keeps the name that it had there.',
  'Its size follows the load of the last quarter; ask the owners before you reduce it.',
  'It is replaced when the network changes, so nothing outside of this stack may refer to it by name.',
];

/** More tags, each with what comes before the name of the part of the document. */
const MORE_TAGS = [
  ['Application', 'part of'],
  ['DataClassification', 'internal - data of'],
  ['Repository', 'infrastructure of'],
  ['Contact', 'operators of'],
  ['Compliance', 'yearly review with'],
  ['BackupPolicy', 'daily - as all of'],
  ['MaintenanceWindow', 'sunday night - with'],
  ['ManagedBy', 'platform team for'],
] as const;

const SETTINGS = [
  'ADDRESS_SERVICE', 'EVENT_QUEUE', 'FEATURES', 'RATES', 'LAYOUT', 'TAX_SERVICE', 'RETRY_QUEUE', 'PRICE_LIST', 'IMAGES',
  'TEMPLATES', 'GEO_SERVICE', 'AUDIT_QUEUE', 'LIMITS', 'CATALOGUE', 'SYNONYMS',
]; // oxfmt-ignore

/** The tags that resources of a detail have more. */
export function moreTags(detail: number): readonly (readonly [name: string, before: string])[] {
  return MORE_TAGS.slice(0, 4 * (detail - 1));
}

/** The names of the settings that workloads of a detail have more. */
export function moreSettings(detail: number): readonly string[] {
  return SETTINGS.slice(0, 5 * (detail - 1));
}

/** What a resource is for. */
export function purposeOf(id: string, part: string, detail: number, random: Random): string {
  return `${id} belongs to the ${part} workload. ${random.some(PURPOSES, detail - 1).join(' ')}`;
}
