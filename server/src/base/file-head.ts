/** The beginning of a file, by which its format is detected without reading the whole file. */

/** The maximum size of a head: in bytes of a file on disk, in UTF-16 code units of a text. */
export const HEAD_SIZE = 64 * 1024;

/** Whether a head that was read from a file is certainly the whole file. */
export function isWholeFile(head: string): boolean {
  // A UTF-16 code unit has at most three bytes, and so does a byte order mark, so a shorter text was not truncated.
  return head.length < HEAD_SIZE / 3 - 2;
}
