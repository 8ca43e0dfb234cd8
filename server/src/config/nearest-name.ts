import { closest, distance } from 'fastest-levenshtein';

/** The known name that is nearest to a misspelled one, if any is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const wanted = name.toLowerCase();
  const lower = known.map((candidate) => candidate.toLowerCase());
  const swapped = lower.includes(wanted) ? -1 : lower.findIndex((candidate) => isSwapped(wanted, candidate));
  if (swapped >= 0) return known[swapped];
  const best = closest(wanted, lower);
  const changed = distance(wanted, best);
  // A name that differs in more than a third of its letters, or half of a short one, is another name.
  return changed <= Math.max(1, best.length / 3) && changed < best.length / 2 ? known[lower.indexOf(best)] : undefined;
}

/**
 * Whether two neighboring letters are in the wrong order, which counts as two changed letters otherwise: `ruels`. A
 * number whose digits are in another order is another number.
 */
function isSwapped(name: string, intended: string): boolean {
  if (name.length !== intended.length) return false;
  let at = 0;
  while (at < name.length && name[at] === intended[at]) at++;
  return (
    /^[a-z]{2}$/.test(name.slice(at, at + 2)) &&
    name[at] === intended[at + 1] &&
    name[at + 1] === intended[at] &&
    name.slice(at + 2) === intended.slice(at + 2)
  );
}

/** ` Did you mean "x"?`, or an empty string. */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}
