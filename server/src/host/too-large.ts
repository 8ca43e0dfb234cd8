/** The size in bytes above which a file is never read. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** Why something of a size is not read, in a clause about it; both are in bytes. */
export function tooLarge(size: number, largest: number): string {
  const mebibytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024);
  return `is too large: ${mebibytes(size)} MiB, the limit is ${mebibytes(largest)} MiB${largest < MAX_FILE_BYTES ? ' in editors; use "stackwarden lint" for larger files' : ''}`;
}
