/** The length from which V8 makes a part of a text refer to the whole text instead of copying it. */
const REFERRING = 13;

/** A part of a text that keeps nothing else of it in memory, for what outlives the text. */
export function ownText(part: string): string {
  return part.length < REFERRING ? part : ` ${part}`.slice(1);
}

/** Texts of one line each that keep nothing else of the text that they are parts of in memory. */
export function ownTexts(parts: Iterable<string>): readonly string[] {
  // A single text is neither copied by joining nor by splitting.
  const joined = ownText([...parts].join('\n'));
  return joined === '' ? [] : joined.split('\n');
}
