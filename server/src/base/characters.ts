/** Characters that mean something in YAML and JSON, as UTF-16 code units. */
export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;
export const QUOTE = 34;
export const HASH = 35;
export const PERCENT = 37;
export const APOSTROPHE = 39;
export const COMMA = 44;
export const SLASH = 47;
export const COLON = 58;
export const QUESTION = 63;
export const BACKSLASH = 92;
export const OPEN_BRACE = 123;
export const BOM = 0xfeff;

/** Whether a code unit ends a line; the end of the text (NaN) does. */
export function isLineEnd(c: number): boolean {
  return c === LF || c === CR || c !== c;
}

/** A space or a tab. */
export function isSpace(c: number): boolean {
  return c === SPACE || c === TAB;
}

/** White space, or the end of the text. */
export function isSpaceOrEnd(c: number): boolean {
  return isSpace(c) || isLineEnd(c);
}
