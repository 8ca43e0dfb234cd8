/** The size of the beginning of a file by which its format is recognized. */
export const HEAD_BYTES = 64 * 1024;
