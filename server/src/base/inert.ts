/** Text of documents and paths, made harmless wherever it is shown. */

/**
 * Characters that are not seen as themselves: control characters (C0, DEL, C1, which start escape sequences of terminals), line separators, and
 * what Unicode wants ignored in display: bidirectional controls, zero-width characters, tag characters. Variation selectors and joiners of emoji stay.
 * https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing, https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
 */
const INVISIBLE =
  /[\p{Cc}\p{Zl}\p{Zp}\u{FFF9}-\u{FFFB}]|(?![\u{FE00}-\u{FE0F}]|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{FE0F}])\u{200D}(?=\p{Extended_Pictographic}))\p{Default_Ignorable_Code_Point}/gu;

/** What is in place of an invisible character. */
const REPLACEMENT = '\uFFFD';

/** A text in which every character is visible, on one line: line ends and tabs become spaces, other invisible characters U+FFFD. */
export function inert(text: string): string {
  return PLAIN.test(text) ? text : text.replace(/\r\n|[\r\n\t]/g, ' ').replace(INVISIBLE, REPLACEMENT);
}

/** The same for text of several lines: line ends and tabs stay. */
export function inertLines(text: string): string {
  return text
    .split(/(\r?\n|\t)/)
    .map((part, index) => (index % 2 === 1 ? part : inert(part)))
    .join('');
}

/** Most texts need no second look. */
const PLAIN = /^[\u0020-\u007E]*$/;

/** JSON in which invisible characters are escaped. It has the same value, and does nothing to a terminal. */
export function inertJson(json: string): string {
  return json.replace(INVISIBLE, (character) =>
    character === '\n'
      ? character
      : Array.from(
          { length: character.length },
          (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
        ).join(''),
  );
}
