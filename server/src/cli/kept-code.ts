/** Where a program keeps its compiled code. */
import * as nodeModule from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, posix, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileModulesOf, keepCompiledCode, useCodeFor, useCompiledCode, type CodePlace } from '../host/code-cache.ts';
import { createFolder } from '../host/create-folder.ts';
import { removeOldFiles } from '../host/old-files.ts';
import { currentFlagHash } from '../host/v8-flags.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Keeps compiled code between runs, where a directory of the user can be written. It is not in the directory for
 * temporary files, where others could put code. NODE_DISABLE_COMPILE_CACHE disables it, and NODE_COMPILE_CACHE is
 * another directory. Node.js 22.8 and later keeps the code of modules itself. Never throws.
 * https://nodejs.org/api/module.html#moduleenablecompilecachecachedir
 * @param entry The URL of the entry point.
 */
export function keepCode(version: string, env: Environment, entry: string): void {
  // A machine of a pipeline is new each time, and would only write the cache.
  if (isSet(env['CI']) || isSet(env['NODE_DISABLE_COMPILE_CACHE'])) return;
  const { enableCompileCache } = nodeModule as { readonly enableCompileCache?: (directory: string) => unknown };
  try {
    const caches = join(cacheFolder(process.platform, env), 'stackwarden');
    const folder = join(absolute(env['NODE_COMPILE_CACHE']) ?? caches, `code-${version}-${process.arch}`);
    useCompiledCode({ folder, flagHash: currentFlagHash() });
    process.on('exit', () => {
      if (!keepCompiledCode()) return;
      // Other versions of the program and of Node.js leave theirs behind. A process that misses it compiles again.
      removeOldFiles(dirname(folder), (name) => OF_PROGRAM.test(name));
      removeOldFiles(caches, (name) => name === OF_NODE);
    });
    if (enableCompileCache) {
      const ofNode = join(caches, OF_NODE);
      // Node.js would try forever.
      createFolder(ofNode);
      enableCompileCache(ofNode);
    } else compileModulesOf(join(dirname(fileURLToPath(entry)), 'parts'));
  } catch {
    // The run takes longer then, and is the same otherwise.
  }
}

/** The folder for what Node.js keeps. */
const OF_NODE = 'compiled';

/** The folders for what the program keeps, also in a folder that others use. */
const OF_PROGRAM = /^code-v\d+\.\d+\.\d+-/;

/** Uses the code that the main thread keeps, in a thread, which is started for large inputs. */
export function useKeptCode(code: CodePlace | undefined, entry: string): void {
  if (!code) return;
  useCompiledCode(code);
  useCodeFor('large');
  if (!('enableCompileCache' in nodeModule)) compileModulesOf(dirname(fileURLToPath(entry)));
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
