/** Lists of names in sentences. */

/**
 * Joins names for a sentence, with the number of omitted ones: `A, B and C`, `A, B and 3 more`.
 * @param last The conjunction before the last name.
 * @param rest The noun for the omitted names.
 */
export function some(
  names: readonly string[],
  most = names.length,
  last: 'and' | 'or' | 'nor' = 'and',
  rest = 'more',
): string {
  const listed = names.length > most ? [...names.slice(0, most), `${names.length - most} ${rest}`] : names;
  return listed.length < 2 ? listed.join('') : `${listed.slice(0, -1).join(', ')} ${last} ${listed.at(-1)!}`;
}

/** Joins names like `some`, with a noun for the omitted ones: `A, B and 3 more paths`. */
export function someOf(names: readonly string[], most: number, noun: string): string {
  return some(names, most, 'and', restOf(names.length - most, noun));
}

/** The number of those that are omitted, with a noun: `3 more paths`. */
export function moreOf(count: number, noun: string): string {
  return `${count} ${restOf(count, noun)}`;
}

function restOf(count: number, noun: string): string {
  if (count === 1) return `more ${noun}`;
  return noun.endsWith('y') ? `more ${noun.slice(0, -1)}ies` : `more ${noun}s`;
}

/** A sentence as the end of another one. */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** A clause or a name for the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
