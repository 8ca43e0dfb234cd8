/**
 * Escapes markup that VS Code interprets in labels, descriptions, prompts and status texts: icons, `$(name)`, and
 * links, `[text](target)`, which can run commands.
 * https://code.visualstudio.com/api/references/icons-in-labels
 */
const MARKUP = /\$(?=\()|\](?=\()/g;

/**
 * Invisible characters and characters that change the display of others: controls, line separators, and default
 * ignorable code points.
 */
const INVISIBLE =
  /[\p{Cc}\p{Zl}\p{Zp}]|(?![\u{FE00}-\u{FE0F}]|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{FE0F}])\u{200D}(?=\p{Extended_Pictographic}))\p{Default_Ignorable_Code_Point}/gu;

/** A text of a document as a label without markup. */
export function plainLabel(text: string): string {
  return text.replaceAll(/\s/g, ' ').replaceAll(INVISIBLE, '\uFFFD').replaceAll(MARKUP, '$& ');
}
