/** The typed word in the text of its language, and the mark that replaces it. */
import type { Range } from '../base/span.ts';

/** The mark that represents the typed word. It occurs in no document and reads as a plain word. */
export const MARK = 'stackwardenCursorMark';

/** The typed word, in the text of its language: the document, or the content of a string. */
export interface Typing {
  /** The range that a completion replaces: the word within its quotes. */
  readonly range: Range;
  /** From the beginning of the word to the cursor. */
  readonly typed: string;
  /** The quotation mark before the word. */
  readonly quote: '"' | "'" | '';
  /** Whether the closing quotation mark exists. */
  readonly closed: boolean;
  /** Whether a separator follows, so that the word is a key already. */
  readonly separated: boolean;
  /** Whether only a key can be at this place. */
  readonly isKey: boolean;
  /** Whether it starts an item of a block list, is alone on a line where an item can start, or neither. */
  readonly dash: 'written' | 'missing' | 'none';
  /** The column of the word, used to indent the lines below it. */
  readonly column: number;
  /** In the body of a block of HCL, whether something else is before it on its line; undefined elsewhere. */
  readonly inBody?: 'own line' | 'shared line';
  /** Whether it is in the JSON of a heredoc. */
  readonly inHeredoc?: true;
  /** Whether it is in flow style, where YAML reserves more characters. */
  readonly flow: boolean;
  /** The tag before it: `!Sub`. */
  readonly tag: string | undefined;
  /** The key of its value, if it is on the same line or in the same brackets. */
  readonly under: string | undefined;
  /** Replacements that contain the mark and parse, each for a range; the most likely first. */
  readonly tries: readonly { readonly range: Range; readonly text: string }[];
}
