import { distance } from 'fastest-levenshtein';

/**
 * The likely intended name of one that does not exist: the only one with the fewest changed letters, at most two, and fewer in short names,
 * case-insensitively. Undefined when there is none, or several.
 */
export function nearest(written: string, names: Iterable<string>): string | undefined {
  const lower = written.toLowerCase();
  let least = Math.min(2, Math.floor(lower.length / 3)) + 1;
  let found: string | undefined;
  for (const name of names) {
    if (Math.abs(name.length - lower.length) > least) continue;
    const changed = distance(lower, name.toLowerCase());
    if (changed < least) {
      least = changed;
      found = name;
    } else if (changed === least) {
      found = undefined;
    }
  }
  return found;
}
