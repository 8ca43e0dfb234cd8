import { closest, distance } from 'fastest-levenshtein';

/** The known name that a misspelt one was probably meant to be, if there is one. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = known.map((candidate) => candidate.toLowerCase());
  const best = closest(name.toLowerCase(), lower);
  // A name that is changed in more than a third of its letters is another name.
  return distance(name.toLowerCase(), best) <= Math.max(1, best.length / 3) ? known[lower.indexOf(best)] : undefined;
}

/** ` Did you mean x?`, or nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : ` Did you mean ${nearest}?`;
}
