/** The inverse of wildcard expansion: patterns that currently match exactly the given actions. */
import { partitionPoint } from '../../base/binary-search.ts';
import { memoize, memoizeText } from '../../base/memoize.ts';
import { byText } from '../../base/order.ts';
import type { ServiceActions } from '../data/action.ts';

/**
 * The fewest patterns with a trailing wildcard that currently match exactly the given actions of a service. A wildcard
 * follows a whole word to be readable (`Get*` instead of `GetO*`), and replaces at least two actions. Names of unknown
 * actions are kept.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function collapsed(service: ServiceActions, names: Iterable<string>): readonly string[] {
  const wanted = new Map([...names].map((name) => [name.toLowerCase(), service.named(name)?.name ?? name]));
  const all = service.actions;
  if (all.length > 1 && all.every(({ name }) => wanted.has(name.toLowerCase())))
    return ['*', ...strangers(service, wanted)];
  const numberBefore = [0];
  for (const name of sortedNames(service)) numberBefore.push(numberBefore.at(-1)! + (wanted.has(name) ? 1 : 0));
  const isWhole = ({ from, to }: Beginning): boolean => to - from === numberBefore[to]! - numberBefore[from]!;
  const patterns = new Set<string>();
  const covered: string[] = [];
  for (const name of [...wanted.values()].toSorted(byText)) {
    const lower = name.toLowerCase();
    if (covered.some((beginning) => lower.startsWith(beginning))) continue;
    const beginning = service.named(name) && sharedBeginnings(service, name).find(isWhole);
    if (beginning) covered.push(beginning.text.toLowerCase());
    patterns.add(beginning ? `${beginning.text}*` : name);
  }
  return [...patterns];
}

/** What several actions of a service begin with. */
interface Beginning {
  readonly text: string;
  /** The ranks of these actions among the sorted names: from the first one to before the second one. */
  readonly from: number;
  readonly to: number;
}

/** What an action begins with, up to the end of a word, if others do too. Cached, as long as the data. */
const sharedBeginnings = memoizeText((service: ServiceActions, name: string): readonly Beginning[] =>
  wordEnds(name)
    .map((end) => {
      const text = name.slice(0, end);
      const lower = text.toLowerCase();
      return { text, from: rankOf(service, lower), to: rankOf(service, `${lower}\uffff`) };
    })
    .filter(({ from, to }) => to - from > 1),
);

/**
 * The sorted names of the actions of a service in lower case. Cached, because they are needed for every statement of a
 * policy.
 */
const sortedNames = memoize(({ actions }: ServiceActions) =>
  actions.map(({ name }) => name.toLowerCase()).toSorted(byText),
);

/** The number of sorted names before a text. */
function rankOf(service: ServiceActions, text: string): number {
  return partitionPoint(sortedNames(service), (name) => name < text);
}

function strangers(service: ServiceActions, wanted: ReadonlyMap<string, string>): readonly string[] {
  return [...wanted.values()].filter((name) => !service.named(name)).toSorted(byText);
}

/** The offsets of word boundaries in a name: before capitals that begin a word, and the end. */
function wordEnds(name: string): readonly number[] {
  return [
    ...[...name.matchAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?=[-_])/g)].map(({ index }) => index),
    name.length,
  ].filter((end) => end > 0);
}
