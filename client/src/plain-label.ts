/**
 * What VS Code reads in labels, descriptions, prompts and status texts as more than text: the codes of icons, `$(name)`, and links, `[text](target)`, which may run commands.
 * https://code.visualstudio.com/api/references/icons-in-labels
 */
const MARKUP = /\$(?=\()|\](?=\()/g;

/** Characters that are not seen as themselves, or change how others are seen: controls, line separators, and what Unicode wants ignored in display. */
const INVISIBLE =
  /[\p{Cc}\p{Zl}\p{Zp}]|(?![\u{FE00}-\u{FE0F}]|(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{FE0F}])\u{200D}(?=\p{Extended_Pictographic}))\p{Default_Ignorable_Code_Point}/gu;

/** A name, value or sentence of a document as a label that shows it as it is and does nothing else. */
export function plainLabel(text: string): string {
  return text.replaceAll(/\s/g, ' ').replaceAll(INVISIBLE, '\uFFFD').replaceAll(MARKUP, '$& ');
}
