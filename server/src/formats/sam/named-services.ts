import { memoize } from '../../base/memoize.ts';
import type { Tree } from '../../syntax/tree.ts';
import type { SamData } from './transform.ts';

/**
 * The service prefixes of actions that the transform can add to policies of a template without naming the services:
 * those of the policy templates, events and connectors in its text. The text is searched once, not for each of them,
 * and not again for the same tree.
 */
export const samServicesNamedIn = memoize(({ text }: Tree, data: SamData): ReadonlySet<string> => {
  const prefixesOf = wordsOf(data.mapping, data);
  const named = new Set<string>();
  for (const word of text.match(WORDS) ?? []) for (const prefix of prefixesOf.get(word) ?? []) named.add(prefix);
  return named;
});

/** The names of events, policy templates and types: `S3ReadPolicy`, `AWS::Serverless::Api`. */
const WORDS = /\w+(?:::\w+)*/g;

/** Memoized by the data, which hosts keep for their lifetime. */
const wordsOf = memoize(
  (mapping: SamData['mapping'], { policies, connectors }: SamData): ReadonlyMap<string, ReadonlySet<string>> => {
    const found = new Map<string, Set<string>>();
    const add = (word: string, part: unknown): void => {
      const prefixes = found.get(word) ?? new Set<string>();
      for (const prefix of prefixesIn(part)) prefixes.add(prefix);
      if (prefixes.size > 0) found.set(word, prefixes);
    };
    for (const [name, template] of Object.entries(policies.templates)) add(name, template);
    for (const [type, { makes, events = {} }] of Object.entries(mapping.types)) {
      add(type, makes);
      for (const [event, made] of Object.entries(events)) add(event, made);
    }
    add('Connector', connectors.connects);
    return found;
  },
);

/** The service prefixes of actions in the strings of the data. */
function prefixesIn(part: unknown): readonly string[] {
  return [...JSON.stringify(part).matchAll(/"([a-z0-9-]+):[A-Za-z*]+"/g)].map((match) => match[1]!);
}
