import { distance } from 'fastest-levenshtein';

/** The maximum number of changed letters, and so the maximum difference in length. */
export const MOST_CHANGED_LETTERS = 2;

/**
 * The likely intended name for an unknown one: the only name with the fewest changed letters, case-insensitively. At
 * most two letters can differ, and fewer in short names. Undefined if there is none, or several.
 */
export function nearest(written: string, names: Iterable<string>): string | undefined {
  const lower = written.toLowerCase();
  let least = Math.min(MOST_CHANGED_LETTERS, Math.floor(lower.length / 3)) + 1;
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
