/** Finds candidate files in the given paths and folders. */
import { readdirSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { globSync, isDynamicPattern, type GlobOptions } from 'tinyglobby';
import { isConfigurationFile } from '../base/configuration-file.ts';
import { EXCLUDED_FOLDERS } from './excluded-folders.ts';
import { plainReason } from './plain-reason.ts';

export interface Discovered {
  readonly path: string;
  /** Whether it was named itself instead of found in a folder. */
  readonly explicit: boolean;
  /** The outermost named folder in which it was found. */
  readonly folder?: string;
}

export interface Discovery {
  /** Absolute paths, sorted, without duplicates. */
  readonly files: readonly Discovered[];
  /** Given names that do not exist, and folders that cannot be listed. */
  readonly failures: readonly Failure[];
}

interface Failure {
  readonly path: string;
  readonly reason: string;
}

/**
 * Expands files, folders and glob patterns. Relative ones are resolved against `from`.
 * @param candidates The patterns of files that are searched for in folders.
 */
export function discover(names: readonly string[], from: string, candidates: readonly string[]): Discovery {
  const files = new Map<string, Discovered>();
  const failures = new Map<string, Failure>();
  const fail = (failure: Failure): void => {
    failures.set(failure.path, failure);
  };
  const add = (path: string, explicit: boolean, within?: string): void => {
    const before = files.get(path);
    const folder = [before?.folder, within].filter((one) => one !== undefined).sort((a, b) => a.length - b.length)[0];
    files.set(path, {
      path,
      explicit: explicit || (before?.explicit ?? false),
      ...(folder === undefined ? {} : { folder }),
    });
  };
  for (const name of names) {
    const path = resolve(from, name);
    const found = kindOf(path);
    if (found === 'file') add(path, true);
    else if (found === 'folder') {
      const { matches, unread } = glob(candidates, { cwd: path, dot: true });
      unread.forEach(fail);
      for (const file of matches) if (!isConfigurationFile(basename(file))) add(file, false, path);
    } else if (found === 'missing' && isDynamicPattern(name)) {
      const { matches, unread } = glob([name.replaceAll('\\', '/')], { cwd: from });
      unread.forEach(fail);
      if (matches.length === 0) fail({ path: name, reason: 'matches no file' });
      for (const file of matches) add(file, true);
    } else fail({ path: name, reason: found === 'missing' ? 'does not exist' : found.reason });
  }
  return { files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), failures: [...failures.values()] };
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

function glob(
  patterns: readonly string[],
  where: GlobOptions,
): { readonly matches: readonly string[]; readonly unread: readonly Failure[] } {
  const unread: Failure[] = [];
  const matches = globSync(patterns, {
    ...where,
    ignore: EXCLUDED_FOLDERS.map((folder) => `**/${folder}/**`),
    absolute: true,
    caseSensitiveMatch: false,
    expandDirectories: false,
    // Symbolic links in folders lead outside, in cycles, or to files that are found anyway.
    followSymbolicLinks: false,
    // The walk silently skips folders that it cannot read.
    fs: { readdirSync: noticing((path, error) => unread.push({ path: resolve(path), reason: plainReason(error) })) },
  });
  return { matches: matches.map((path) => resolve(path)), unread };
}

function noticing(notice: (path: string, error: unknown) => void): typeof readdirSync {
  return ((path: string, options: { withFileTypes: true }) => {
    try {
      return readdirSync(path, options);
    } catch (error) {
      notice(path, error);
      throw error;
    }
  }) as typeof readdirSync;
}
