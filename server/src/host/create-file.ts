import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { plainReason } from './plain-reason.ts';

/**
 * Creates a text file. A file that exists is never changed, also not one that appears at the same time. Returns the
 * reason when it cannot be created, undefined if it is done.
 */
export function createFile(path: string, text: string): string | undefined {
  try {
    const file = openSync(path, 'wx');
    try {
      writeFileSync(file, text);
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    } finally {
      closeSync(file);
    }
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EEXIST'
      ? 'already exists'
      : plainReason(error, 'written');
  }
}
