import { closest, distance } from 'fastest-levenshtein';

/** The known name that is nearest to a misspelled one, if any is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = known.map((candidate) => candidate.toLowerCase());
  const best = closest(name.toLowerCase(), lower);
  const changed = distance(name.toLowerCase(), best);
  // A name that differs in more than a third of its letters, or half of a short one, is another name.
  return changed <= Math.max(1, best.length / 3) && changed < best.length / 2 ? known[lower.indexOf(best)] : undefined;
}

/** ` Did you mean "x"?`, or an empty string. */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}
