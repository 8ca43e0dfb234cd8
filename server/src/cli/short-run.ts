/** Settings of Node.js for runs of some seconds, in which compiling takes a large part of the time. */
import * as nodeModule from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Prepares the process for a short run, before it loads the engine. Never throws. */
export function prepareShortRun(version: string, env: Environment, isBundle: boolean): void {
  const major = Number(/^v?(\d+)/.exec(version)?.[1]);
  // The V8 of Node.js 20 optimizes functions so early that this takes more processor time than all else. With four times its default budget, linting 90 templates
  // takes 0.6 of the time. Node.js 22 and later gain nothing.
  if (major === 20) setFlagsFromString('--interrupt-budget=540000');
  if (isBundle) cacheCompiledCode(env);
}

/**
 * Keeps compiled code between runs, where Node.js can (22.8 and later) and a directory of the user can be written. It is not in the directory for temporary files,
 * where others could put code. NODE_DISABLE_COMPILE_CACHE disables it; Node.js itself reads that and NODE_COMPILE_CACHE.
 * https://nodejs.org/api/module.html#moduleenablecompilecachecachedir
 */
function cacheCompiledCode(env: Environment): void {
  // A machine of a pipeline is new each time, and would only write the cache.
  if (env['CI'] !== undefined && env['CI'] !== '') return;
  const { enableCompileCache } = nodeModule as { readonly enableCompileCache?: (directory: string) => unknown };
  try {
    enableCompileCache?.(join(cacheFolder(process.platform, env), 'stackwarden', 'compiled'));
  } catch {
    // The run takes longer then, and is the same otherwise.
  }
}

/** The directory for caches of the user. Throws if there is no home directory. */
export function cacheFolder(platform: NodeJS.Platform, env: Environment): string {
  if (platform === 'win32') return env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
}
