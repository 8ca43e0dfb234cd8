/** A quick estimate of the size of files and folders, before they are searched. */
import { readdirSync, statSync, type Dirent } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXCLUDED_FOLDERS } from './excluded-folders.ts';

/** The maximum number of files and folders that are read: some milliseconds. */
const MOST_ENTRIES = 1000;

export interface RoughSize {
  readonly files: number;
  /** In bytes. */
  readonly bytes: number;
}

/**
 * The number of documents in files and folders, and the size of all of them, as far as a short look shows: it ends when
 * there is enough, and after some milliseconds. Never throws.
 * @param isDocument Whether a file in a folder may be a document, by its name.
 */
export function roughSizeOf(
  names: readonly string[],
  from: string,
  isDocument: (name: string) => boolean,
  enough: RoughSize,
): RoughSize {
  let [files, bytes, left] = [0, 0, MOST_ENTRIES];
  // Folders are added while they are read, the nearest first.
  const folders = new Set<string>();
  const visit = (path: string): void => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) folders.add(path);
    else if (stats?.isFile()) {
      files++;
      bytes += stats.size;
    }
  };
  const isEnough = (): boolean => left-- <= 0 || (files >= enough.files && bytes >= enough.bytes);
  try {
    // A shell can name thousands.
    for (const name of names) {
      if (isEnough()) return { files, bytes };
      visit(resolve(from, name));
    }
    for (const folder of folders)
      for (const entry of entriesOf(folder)) {
        if (isEnough()) return { files, bytes };
        const path = join(folder, entry.name);
        if (entry.isFile() && isDocument(entry.name)) visit(path);
        else if (entry.isDirectory() && !EXCLUDED_FOLDERS.includes(entry.name)) folders.add(path);
      }
  } catch {
    // The search reports it.
  }
  return { files, bytes };
}

function entriesOf(folder: string): readonly Dirent[] {
  return readdirSync(folder, { withFileTypes: true });
}
