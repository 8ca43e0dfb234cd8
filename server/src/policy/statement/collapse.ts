/** The inverse of wildcard expansion: patterns that currently match exactly the given actions. */
import { partitionPoint } from '../../base/binary-search.ts';
import { memoize } from '../../base/memoize.ts';
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
  const sorted = sortedNames(service);
  const own = sortedLower([...wanted.values()].filter((name) => service.named(name)));
  const patterns = new Set<string>();
  const covered: string[] = [];
  for (const name of [...wanted.values()].toSorted(byText)) {
    const lower = name.toLowerCase();
    if (covered.some((beginning) => lower.startsWith(beginning))) continue;
    const beginning =
      service.named(name) &&
      wordEnds(name)
        .map((end) => name.slice(0, end))
        .find((part) => {
          const count = numberBeginning(sorted, part.toLowerCase());
          return count > 1 && numberBeginning(own, part.toLowerCase()) === count;
        });
    if (beginning !== undefined) covered.push(beginning.toLowerCase());
    patterns.add(beginning === undefined ? name : `${beginning}*`);
  }
  return [...patterns];
}

/**
 * The sorted names of the actions of a service in lower case. Cached, because they are needed for every statement of a
 * policy.
 */
const sortedNames = memoize(({ actions }: ServiceActions) => sortedLower(actions.map(({ name }) => name)));

function sortedLower(names: readonly string[]): readonly string[] {
  return names.map((name) => name.toLowerCase()).toSorted(byText);
}

/** The number of sorted names with a prefix. */
function numberBeginning(sorted: readonly string[], prefix: string): number {
  return rankOf(sorted, `${prefix}\uffff`) - rankOf(sorted, prefix);
}

/** The number of sorted names before a text. */
function rankOf(sorted: readonly string[], text: string): number {
  return partitionPoint(sorted, (name) => name < text);
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
