/** Removes files of caches that have not been written for long. */
import { lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The age at which a file or folder is removed, in milliseconds. */
const OLDEST = 30 * 24 * 60 * 60 * 1000;

/**
 * Removes the files of a folder that changed last too long ago, and folders in it that are as old and have no files.
 * What cannot be removed stays. Never throws.
 * @param isConcerned Whether an entry of the folder may be removed, by its name.
 */
export function removeOldFiles(folder: string, isConcerned: (name: string) => boolean = () => true): void {
  for (const name of namesIn(folder)) {
    if (!isConcerned(name)) continue;
    const path = join(folder, name);
    try {
      const stats = lstatSync(path);
      const isOld = stats.mtimeMs < Date.now() - OLDEST;
      if (stats.isDirectory()) removeOldFiles(path);
      // A folder with files stays. Its age is that before files in it were removed.
      if (isOld) (stats.isDirectory() ? rmdirSync : rmSync)(path);
    } catch {
      // Another process removed it, or this one may not.
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
