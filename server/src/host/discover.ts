/** Finds the files that may be ours in the paths and folders that someone names. */
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { globSync, isDynamicPattern, type GlobOptions } from 'tinyglobby';
import { CONFIGURATION_FILE } from '../base/configuration-file.ts';
import { plainReason } from './plain-reason.ts';

export interface Discovered {
  readonly path: string;
  /** Whether it was named itself, and not found in a folder. */
  readonly explicit: boolean;
}

export interface Discovery {
  /** Absolute paths, sorted, each once. */
  readonly files: readonly Discovered[];
  /** Names that lead nowhere, as they were given, and why. */
  readonly failures: readonly { readonly path: string; readonly reason: string }[];
}

/** What a file of ours can be called. */
const CANDIDATES = ['**/*.{yaml,yml,json,template}'];

/** Folders that other tools make or fill. They are looked into only when they are named themselves. */
export const EXCLUDED_FOLDERS: readonly string[] = [
  'node_modules', '.git', '.terraform', '.aws-sam', 'cdk.out', 'cdktf.out', '.terragrunt-cache',
  // Modules and packages of others that are kept in the repository.
  'vendor', '.external_modules', 'site-packages',
];

/** Expands files, folders and glob patterns. Relative ones count from `from`. */
export function discover(names: readonly string[], from: string): Discovery {
  const files = new Map<string, Discovered>();
  const failures: { path: string; reason: string }[] = [];
  const add = (path: string, explicit: boolean): void => {
    files.set(path, { path, explicit: explicit || (files.get(path)?.explicit ?? false) });
  };
  for (const name of names) {
    const path = resolve(from, name);
    const found = kindOf(path);
    if (found === 'folder') for (const file of walk(path)) add(file, false);
    else if (found === 'file') add(path, true);
    else if (found === 'missing' && isDynamicPattern(name)) {
      const matches = glob([name.replaceAll('\\', '/')], { cwd: from });
      if (matches.length === 0) failures.push({ path: name, reason: 'matches no file' });
      for (const file of matches) add(file, true);
    } else failures.push({ path: name, reason: found === 'missing' ? 'does not exist' : found.reason });
  }
  return { files: [...files.values()].sort((a, b) => a.path < b.path ? -1 : 1), failures };
}

function kindOf(path: string): 'file' | 'folder' | 'missing' | { readonly reason: string } {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return 'missing';
    return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : { reason: 'is not a regular file' };
  } catch (error) {
    return { reason: plainReason(error) };
  }
}

function walk(folder: string): readonly string[] {
  return glob(CANDIDATES, { cwd: folder, dot: true }).filter((path) => basename(path) !== CONFIGURATION_FILE);
}

function glob(patterns: readonly string[], where: GlobOptions): readonly string[] {
  return globSync(patterns, {
    ...where,
    ignore: EXCLUDED_FOLDERS.map((folder) => `**/${folder}/**`),
    absolute: true,
    caseSensitiveMatch: false,
    expandDirectories: false,
    // A link that is met on the way leads out, in circles, or to what is found anyway.
    followSymbolicLinks: false,
  }).map((path) => resolve(path));
}
