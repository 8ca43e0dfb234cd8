/** Where the editors are kept between runs, and how they get there. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Outside of every working tree, so that all clones share it and `npm ci` leaves it alone. */
const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'stackwarden', 'editors');

/**
 * The folder of a program in the cache, whether it is there or not. Its name has the version, so that two versions
 * never mix.
 */
export function cached(name: string): string {
  return join(CACHE, name);
}

/**
 * Fills a folder of the cache, once. It gets its name when it is whole: an installation that was broken off leaves
 * nothing that looks like one, and of two that run at the same time the first counts.
 */
export async function installOnce(name: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const folder = cached(name);
  if (existsSync(folder)) return;
  mkdirSync(CACHE, { recursive: true });
  const unfinished = mkdtempSync(`${folder}.`);
  try {
    await fill(unfinished);
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
