import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CONFIGURATION_FILE } from '../base/configuration-file.ts';
import { isWithin } from './confine.ts';

export interface RootChoice {
  /** What the user said; it goes before everything else. */
  readonly root?: string | undefined;
  /** The editor's folder that holds the file. */
  readonly workspace?: string | undefined;
  /** The folder that was named and in which the file was found. */
  readonly named?: string | undefined;
}

/**
 * The folder outside of which nothing is read for a file: what was asked for, else the workspace folder, else the nearest
 * folder with `.git`, else the outermost one with a configuration, else the folder that was named, else the file's own. What was named is not made
 * smaller by a configuration within it.
 */
export function rootOf(file: string, choice: RootChoice = {}): string {
  const chosen = choice.root ?? choice.workspace;
  if (chosen !== undefined) return resolve(chosen);
  const folders = foldersAbove(resolve(file));
  const repository = folders.find((folder) => existsSync(join(folder, '.git')));
  if (repository !== undefined) return repository;
  const configured = folders.findLast((folder) => existsSync(join(folder, CONFIGURATION_FILE)));
  const named = choice.named === undefined ? undefined : resolve(choice.named);
  if (configured === undefined || (named !== undefined && isWithin(configured, named))) return named ?? folders[0]!;
  return configured;
}

/**
 * The folder that stands for several that were named together: the deepest one around them where that lies in the current folder, so that what is
 * named together may refer to each other; else each stands for itself.
 */
export function commonFolder(folders: readonly string[], current: string): string | undefined {
  const [first, ...others] = folders.map((folder) => resolve(folder));
  if (first === undefined) return undefined;
  let common = first;
  while (!others.every((folder) => isWithin(folder, common))) {
    const above = dirname(common);
    if (above === common) return undefined;
    common = above;
  }
  return others.length === 0 || isWithin(common, resolve(current)) ? common : undefined;
}

/** The folders that hold a file, the nearest first. */
function foldersAbove(file: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    folders.push(folder);
    if (dirname(folder) === folder) return folders;
  }
}
