/** Texts that every language counts alike. */

/** Whether characters, bytes and code units of a text are the same. */
export function isPlainAscii(text: string): boolean {
  return /^[\x20-\x7E\t\n]*$/.test(text);
}
