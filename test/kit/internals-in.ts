/** Texts such as `undefined` that a template literal makes of a missing value. */
const LEAKED = /\bundefined\b|\[object [A-Z]|\bNaN\b/;

/**
 * What a text for people has in it of the insides of the program, in words; undefined where there is nothing, or where
 * the documents say the same.
 */
export function internalsIn(shown: string, ...documents: readonly string[]): string | undefined {
  const found = LEAKED.exec(shown);
  return found && !documents.some((text) => text.includes(found[0]))
    ? `shows ${found[0]}: ${shown.slice(Math.max(0, found.index - 100), found.index + 60)}`
    : undefined;
}
