import { createHash } from 'node:crypto';

/**
 * A short version of a text, for a process that keeps those of many documents. Loading the hash functions takes some
 * milliseconds, which the command line saves.
 */
export function compactVersion(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
