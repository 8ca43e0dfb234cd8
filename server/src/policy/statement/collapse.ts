/** The inverse of wildcard expansion: patterns that currently match exactly the given actions. */
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
  const beginnings = beginningsOf(service);
  const own = counted([...wanted.values()].filter((name) => service.named(name)));
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
          const count = beginnings.get(part.toLowerCase())!;
          return count > 1 && own.get(part.toLowerCase()) === count;
        });
    if (beginning !== undefined) covered.push(beginning.toLowerCase());
    patterns.add(beginning === undefined ? name : `${beginning}*`);
  }
  return [...patterns];
}

/**
 * The number of actions of a service with a common prefix. Cached, because it is needed for every statement of a
 * policy.
 */
const beginningsOf = memoize(({ actions }: ServiceActions) => counted(actions.map(({ name }) => name)));

/**
 * The number of names with each prefix. Word boundaries differ between names with the same prefix, so every prefix is
 * counted that ends at a boundary of some name.
 */
function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const count = new Map<string, number>();
  for (const name of names) {
    const lower = name.toLowerCase();
    for (let length = 1; length <= lower.length; length++) {
      const beginning = lower.slice(0, length);
      count.set(beginning, (count.get(beginning) ?? 0) + 1);
    }
  }
  return count;
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
