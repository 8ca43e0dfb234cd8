/** The maximum size of a file in bytes. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** Why a file of a size is not read, as a clause; both sizes are in bytes. */
export function tooLarge(size: number, largest: number): string {
  const mebibytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024);
  return `is too large: ${mebibytes(size)} MiB, the limit is ${mebibytes(largest)} MiB${largest < MAX_FILE_BYTES ? ' in editors; use "stackwarden lint" for larger files' : ''}`;
}
