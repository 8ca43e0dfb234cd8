/** Names in sentences. */

/**
 * Some names as a sentence lists them, and how many there are next to them: `A, B and C`, `A, B and 3 more`.
 * @param last What precedes the last one.
 * @param rest What those are that are not named.
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

/** The same, beginning with their number where not all are named: `5: A, B and 3 more`. */
export function counted(names: readonly string[], most: number): string {
  return `${names.length > most ? `${names.length}: ` : ''}${some(names, most)}`;
}

/** A sentence as the end of another one. */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** A clause or a name as the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
