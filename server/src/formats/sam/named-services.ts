import { memoize } from '../../base/memoize.ts';
import type { SamData } from './transform.ts';

/**
 * The service prefixes of actions that the transform can add to policies of a template without naming the services:
 * those of the policy templates, events and connectors in its text.
 */
export function samServicesNamedIn(text: string, data: SamData): ReadonlySet<string> {
  const named = new Set<string>();
  for (const [word, prefixes] of wordsOf(data.mapping, data))
    if (text.includes(word)) for (const prefix of prefixes) named.add(prefix);
  return named;
}

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
