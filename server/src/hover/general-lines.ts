/** The lines about the document's configuration for types without lines of their own. */
import type { Case, ConfigurationLine } from './ownership.ts';

/**
 * The part of `schemas/relations/` about a type: the properties that name other resources, and the page about the type.
 */
export interface TypeRelations {
  readonly page: string;
  readonly keys?: readonly string[];
  readonly 'log-groups'?: readonly string[];
}

/** The key of the citation of the page about a type. */
export const TYPE_PAGE = 'general type';

/** The maximum number of lines about keys, and about logs. Some types have a key for each of their features. */
const MOST_LINES = 2;

const CASES: readonly Case[] = [{ is: [null], say: '{property} is not set', cite: [TYPE_PAGE] }];

/**
 * The cases of a property of one feature out of several, such as the log group of one destination of a delivery stream:
 * it is not missing, because nothing shows that the feature is in use.
 */
const CASES_OF_FEATURE: readonly Case[] = [{ is: [null], say: '', cite: [] }];

/** The lines of a type: its KMS keys, the principals of its resource policies, its security groups, its log groups. */
export function generalLines({ keys = [], 'log-groups': logGroups = [] }: TypeRelations): readonly ConfigurationLine[] {
  const lines = (label: string, compute: string, paths: readonly string[]): readonly ConfigurationLine[] =>
    [...paths]
      .sort((a, b) => a.split('.').length - b.split('.').length)
      .slice(0, MOST_LINES)
      .map((path) => ({
        label,
        compute,
        path,
        cases: label === 'logs' && isOfFeature(path) ? CASES_OF_FEATURE : CASES,
        cite: [],
      }));
  return [
    ...lines('encryption', 'key', keys),
    { label: 'access', compute: 'principals', cite: [] },
    { label: 'reachable', compute: 'reachable', cite: [] },
    ...lines('logs', 'destination', logGroups),
  ];
}

function isOfFeature(path: string): boolean {
  return path.includes('[]') || path.split('.').length > 2;
}
