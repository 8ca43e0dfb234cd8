/** Settings of Node.js for runs of some seconds, in which compiling takes a large part of the time. */
import * as nodeModule from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join, posix, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { isMainThread } from 'node:worker_threads';
import { compileModulesOf, keepCompiledCode, useCompiledCode } from '../host/code-cache.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The budget of a function in a short run until V8 optimizes it, see `prepareShortRun`. */
export const SHORT_BUDGET = 2_000_000;

/**
 * Prepares the process for a short run, before it loads the engine. Never throws.
 * @param entry The URL of the entry point.
 */
export function prepareShortRun(version: string, env: Environment, entry: string): void {
  const major = Number(/^v?(\d+)/.exec(version)?.[1]);
  // The V8 of Node.js 20 optimizes functions so early that this takes more processor time than all else. With four
  // times its default budget, linting 90 templates takes 0.6 of the time; with fifteen times, a folder takes less and a
  // large plan slightly more; with more, the plan takes much longer. Node.js 22 and later gain nothing. What is
  // compiled is not dropped either: it would be compiled again, and would be missing in the code that later runs use.
  // Flags are those of the process, so a thread has them already.
  if (major === 20 && isMainThread)
    for (const flag of [`--interrupt-budget=${String(SHORT_BUDGET)}`, '--no-flush-bytecode']) setFlagsFromString(flag);
  // The sources are compiled again in each run.
  if (entry.endsWith('.cjs')) cacheCompiledCode(env, version, dirname(fileURLToPath(entry)));
}

/**
 * Keeps compiled code between runs, where a directory of the user can be written. It is not in the directory for
 * temporary files, where others could put code. NODE_DISABLE_COMPILE_CACHE disables it, and NODE_COMPILE_CACHE is
 * another directory. Node.js 22.8 and later keeps the code of modules itself.
 * https://nodejs.org/api/module.html#moduleenablecompilecachecachedir
 * @param program The folder of the entry point.
 */
function cacheCompiledCode(env: Environment, version: string, program: string): void {
  // A machine of a pipeline is new each time, and would only write the cache.
  if (isSet(env['CI']) || isSet(env['NODE_DISABLE_COMPILE_CACHE'])) return;
  const { enableCompileCache } = nodeModule as { readonly enableCompileCache?: (directory: string) => unknown };
  try {
    const caches = join(cacheFolder(process.platform, env), 'stackwarden');
    useCompiledCode(join(absolute(env['NODE_COMPILE_CACHE']) ?? caches, `code-${version}-${process.arch}`));
    if (enableCompileCache) enableCompileCache(join(caches, 'compiled'));
    else compileModulesOf(basename(program) === 'parts' ? program : join(program, 'parts'));
    if (isMainThread) process.on('exit', keepCompiledCode);
  } catch {
    // The run takes longer then, and is the same otherwise.
  }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

/** A path that does not depend on the current directory: code in the workspace must not be run. */
function absolute(path: string | undefined, platform = process.platform): string | undefined {
  return path !== undefined && (platform === 'win32' ? win32 : posix).isAbsolute(path) ? path : undefined;
}

/** The directory for caches of the user. Throws if there is no home directory. */
export function cacheFolder(platform: NodeJS.Platform, env: Environment): string {
  if (platform === 'win32') return absolute(env['LOCALAPPDATA'], platform) ?? join(homedir(), 'AppData', 'Local');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return absolute(env['XDG_CACHE_HOME'], platform) ?? join(homedir(), '.cache');
}
