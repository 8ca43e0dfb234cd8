import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CONFIGURATION_FILE } from '../base/configuration-file.ts';
import { flatMap } from '../base/flat-map.ts';
import { isWithinFolder } from './confine.ts';

export interface RootChoice {
  /** The root from the command line, which takes precedence. */
  readonly root?: string | undefined;
  /** The workspace folder of the file. */
  readonly workspace?: string | undefined;
  /** The named folder in which the file was found. */
  readonly named?: string | undefined;
  /** The current folder of the command line. */
  readonly current?: string | undefined;
}

/**
 * The root folder for a file, outside of which nothing is read: the given root, else the workspace folder, else the
 * nearest folder with `.git`, else the outermost folder with a configuration, else the named folder, else the current
 * folder if the file is in it, else the file's own folder. A configuration within a named folder does not narrow it.
 */
export function rootOf(file: string, choice: RootChoice = {}): string {
  const chosen = choice.root ?? choice.workspace;
  if (chosen !== undefined) return resolve(chosen);
  const folders = foldersAbove(resolve(file));
  const repository = folders.find((folder) => existsSync(join(folder, '.git')));
  if (repository !== undefined) return repository;
  const configured = folders.findLast((folder) => existsSync(join(folder, CONFIGURATION_FILE)));
  const named = flatMap([choice.named, choice.current], (folder) => (folder === undefined ? [] : resolve(folder))).find(
    (folder) => isWithinFolder(resolve(file), folder),
  );
  if (configured === undefined || (named !== undefined && isWithinFolder(configured, named)))
    return named ?? folders[0]!;
  return configured;
}

/**
 * The common root of several named folders: their deepest common parent if it is in the current folder, so that they
 * can refer to each other; otherwise each is its own root.
 */
export function commonFolder(folders: readonly string[], current: string): string | undefined {
  const [first, ...others] = folders.map((folder) => resolve(folder));
  if (first === undefined) return undefined;
  let common = first;
  while (!others.every((folder) => isWithinFolder(folder, common))) {
    const above = dirname(common);
    if (above === common) return undefined;
    common = above;
  }
  return others.length === 0 || isWithinFolder(common, resolve(current)) ? common : undefined;
}

/** The nearest folder with `.git` that is this folder or contains it. */
export function repositoryOf(folder: string): string | undefined {
  return [resolve(folder), ...foldersAbove(resolve(folder))].find((above) => existsSync(join(above, '.git')));
}

/** The parent folders of a file, nearest first. */
function foldersAbove(file: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    folders.push(folder);
    if (dirname(folder) === folder) return folders;
  }
}
