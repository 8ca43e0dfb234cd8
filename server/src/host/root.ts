import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CONFIGURATION_FILE } from '../base/configuration-file.ts';

export interface RootChoice {
  /** What the user said; it goes before everything else. */
  readonly root?: string | undefined;
  /** The editor's folder that holds the file. */
  readonly workspace?: string | undefined;
}

/**
 * The folder outside of which nothing is read for a file: what was asked for, else the workspace folder, else the nearest
 * folder with `.git`, else the outermost one with a configuration, else the file's own.
 */
export function rootOf(file: string, choice: RootChoice = {}): string {
  const chosen = choice.root ?? choice.workspace;
  if (chosen !== undefined) return resolve(chosen);
  const folders = foldersAbove(resolve(file));
  return folders.find((folder) => existsSync(join(folder, '.git')))
    ?? folders.findLast((folder) => existsSync(join(folder, CONFIGURATION_FILE)))
    ?? folders[0]!;
}

/** The folders that hold a file, the nearest first. */
function foldersAbove(file: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    folders.push(folder);
    if (dirname(folder) === folder) return folders;
  }
}
