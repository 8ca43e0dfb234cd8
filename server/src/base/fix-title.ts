/** Titles of fixes: an imperative of limited length, then what the fix costs in brackets. */

/** The maximum number of characters of a title, without what the fix costs. Editors cut longer ones. */
export const LONGEST_TITLE = 60;

/** The fewest characters that remain of a name that is shortened. */
const FEWEST = 12;

/** The first of some titles that is short enough, in order of preference; otherwise the last one. */
export function fitting(titles: readonly string[]): string {
  return titles.find((title) => titleParts(title)[0].length <= LONGEST_TITLE) ?? titles.at(-1)!;
}

/**
 * A title of limited length: names of the document that are too long are shortened in the middle, the longest first.
 */
export function fitted(title: string): string {
  const [text, cost] = titleParts(title);
  const words = text.split(' ');
  let over = text.length - LONGEST_TITLE;
  while (over > 0) {
    const longest = Math.max(...words.map((word) => word.length));
    if (longest <= FEWEST) return `${text.slice(0, LONGEST_TITLE - 1).trimEnd()}…${cost}`;
    const index = words.findIndex((word) => word.length === longest);
    const short = shortened(words[index]!, Math.max(FEWEST, longest - over));
    words[index] = short;
    over -= longest - short.length;
  }
  return words.join(' ') + cost;
}

/** A title with one more cost. */
export function withCost(title: string, cost: string): string {
  const [text, before] = titleParts(title);
  return before === '' ? `${text} (${cost})` : `${text}${before.slice(0, -1)}; ${cost})`;
}

/** Splits a title into the description of the fix and its cost, which is a space and the brackets. */
export function titleParts(title: string): readonly [description: string, cost: string] {
  const end = title.endsWith(')') && title.includes(' (') ? title.indexOf(' (') : title.length;
  return [title.slice(0, end), title.slice(end)];
}

/** The beginning and the end of a word. */
function shortened(word: string, length: number): string {
  const end = Math.floor((length - 1) / 2);
  return `${word.slice(0, length - 1 - end)}…${word.slice(word.length - end)}`;
}
