/** Sanitizing of document texts and paths for display. */

/**
 * Invisible and deceptive characters: control characters (C0, DEL, C1, which start terminal escape sequences), line
 * separators, and default-ignorable characters: bidirectional controls, zero-width characters, tag characters.
 * Variation selectors and emoji joiners are kept. https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing,
 * https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
 */
const INVISIBLE =
  /[\p{Cc}\p{Zl}\p{Zp}\u{FFF9}-\u{FFFB}]|(?![\u{FE00}-\u{FE0F}]|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{FE0F}])\u{200D}(?=\p{Extended_Pictographic}))\p{Default_Ignorable_Code_Point}/gu;

/** The replacement of an invisible character. */
const REPLACEMENT = '\uFFFD';

/**
 * A text on one line with visible characters only: line ends and tabs become spaces, other invisible characters U+FFFD.
 */
export function inert(text: string): string {
  return isPrintableAscii(text) ? text : text.replace(/\r\n|[\r\n\t]/g, ' ').replace(INVISIBLE, REPLACEMENT);
}

/** Sanitizes text of several lines: line ends and tabs are kept. */
export function inertLines(text: string): string {
  return text
    .split(/(\r?\n|\t)/)
    .map((part, index) => (index % 2 === 1 ? part : inert(part)))
    .join('');
}

/** Whether a text has only characters of ASCII that are visible, or spaces. Most have no others. */
export function isPrintableAscii(text: string): boolean {
  return PLAIN.test(text);
}

const PLAIN = /^[\u0020-\u007E]*$/;

/** JSON with escaped invisible characters. Its value is unchanged, and it is harmless in a terminal. */
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
