import { memoize } from '../../base/memoize.ts';
import { matchesIn } from '../../syntax/tree-matches.ts';
import type { Tree } from '../../syntax/tree.ts';
import type { SamData } from './transform.ts';

/**
 * The service prefixes of actions that the transform can add to policies of a template without naming the services:
 * those of the policy templates, events and connectors in its text. After an edit, only the changed lines are searched.
 */
export const samServicesNamedIn = memoize((tree: Tree, data: SamData): ReadonlySet<string> => {
  const { prefixesOf, pattern } = wordsOf(data.mapping, data);
  const named = new Set<string>();
  const words = new Set<string>();
  for (const place of matchesIn(tree).of(pattern)) {
    WORD.lastIndex = place;
    words.add(WORD.exec(tree.text)![0]);
  }
  for (const word of words) for (const prefix of prefixesOf.get(word)!) named.add(prefix);
  return named;
});

/** The names of events, policy templates and types: `S3ReadPolicy`, `AWS::Serverless::Api`. */
const WORD = /\w+(?:::\w+)*/y;

/** Words with the prefixes of the services that they stand for. */
interface Words {
  readonly prefixesOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** Matches each of them where it is a whole word. */
  readonly pattern: RegExp;
}

/** Memoized by the data, which hosts keep for their lifetime. */
const wordsOf = memoize((mapping: SamData['mapping'], { policies, connectors }: SamData): Words => {
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
  const pattern = new RegExp(String.raw`\b(?<!\w::)(?:${[...found.keys()].join('|')})\b(?!::\w)`, 'g');
  return { prefixesOf: found, pattern };
});

/** The service prefixes of actions in the strings of the data. */
function prefixesIn(part: unknown): readonly string[] {
  return [...JSON.stringify(part).matchAll(/"([a-z0-9-]+):[A-Za-z*]+"/g)].map((match) => match[1]!);
}
