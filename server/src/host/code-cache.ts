/**
 * Caches V8's compiled code of the program, so that later processes do not compile it again. Node.js 22 does this for
 * modules (`module.enableCompileCache`), but not for scripts, and Node.js 20 does it for nothing. V8 rejects the code
 * of another version or with other flags, and code of a source with another length.
 *
 * A process that runs for a while has compiled most functions, a short one few of them. So the code of a short process
 * is replaced once by that of a long one.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { processTime } from './process-time.ts';

/** How long a process must have run so that its code is kept instead of that of a short one, in milliseconds. */
const LONG_RUN = 1000;

/** The age at which a file is removed, in milliseconds. Other versions of the program leave theirs behind. */
const OLDEST = 30 * 24 * 60 * 60 * 1000;

/** A script whose code is to be kept when the process ends. */
interface Unkept {
  readonly key: string;
  readonly script: Script;
  /** Whether code of a short process is kept. */
  readonly isKeptShort: boolean;
}

/** Settings of V8 that end before the process does. */
export interface TemporarySettings {
  begin(): void;
  end(): void;
}

let folder: string | undefined;
let temporary: TemporarySettings | undefined;
const unkept: Unkept[] = [];

/**
 * Uses the code in a folder for scripts that `compiledScript` makes from now on. What has no code yet is added by
 * `keepCompiledCode`.
 * @param of A folder that only the user can write: the code is run.
 */
export function useCompiledCode(of: string): void {
  folder = of;
}

/** Ends settings that have begun while a script is made, because V8 rejects kept code with others. */
export function compileWithout(settings: TemporarySettings | undefined): void {
  temporary = settings;
}

/**
 * A script with the code that was kept for it.
 * @param key Identifies the source. It is a part of a file name.
 */
export function compiledScript(
  source: string,
  key: string,
  options: { filename: string; columnOffset?: number },
): Script {
  if (folder === undefined) return new Script(source, options);
  const long = readKept(key, 'long');
  const cachedData = long ?? readKept(key, 'short');
  const script = madeWithout(temporary, () => new Script(source, { ...options, ...(cachedData && { cachedData }) }));
  const isKept = cachedData !== undefined && script.cachedDataRejected !== true;
  if (!isKept || !long) unkept.push({ key, script, isKeptShort: isKept });
  return script;
}

function madeWithout(settings: TemporarySettings | undefined, make: () => Script): Script {
  if (!settings) return make();
  settings.end();
  try {
    return make();
  } finally {
    settings.begin();
  }
}

/** Loads the modules of a folder whose names end with `.cjs` as such scripts. */
export function compileModulesOf(parts: string): void {
  const { _extensions: handlers, wrap } = Module as unknown as ModuleInternals;
  const other = handlers['.cjs'] ?? handlers['.js']!;
  // The wrapper precedes the first line.
  const columnOffset = -wrap('').indexOf('\n');
  handlers['.cjs'] = (module, filename) => {
    if (dirname(filename) !== parts) return other(module, filename);
    const { size, mtimeMs } = statSync(filename);
    const key = `${basename(filename)}-${String(size)}-${String(Math.floor(mtimeMs))}`;
    const source = wrap(readFileSync(filename, 'utf8'));
    const load = compiledScript(source, key, { filename, columnOffset }).runInThisContext() as ModuleFunction;
    load.call(module.exports, module.exports, createRequire(filename), module, filename, parts);
  };
}

/** Keeps the code of scripts that have none yet. Never throws. */
export function keepCompiledCode(): void {
  const isLong = processTime() > LONG_RUN;
  const written = unkept.filter(({ isKeptShort }) => isLong || !isKeptShort);
  unkept.length = 0;
  if (folder === undefined || written.length === 0) return;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const { key, script } of written) {
      const path = join(folder, `${key}.${isLong ? 'long' : 'short'}`);
      const own = `${path}.${String(process.pid)}`;
      writeFileSync(own, script.createCachedData(), { mode: 0o600 });
      renameSync(own, path);
    }
    removeOld(folder);
  } catch {
    // Processes take longer then, and do the same otherwise.
  }
}

function readKept(key: string, of: 'long' | 'short'): Buffer | undefined {
  try {
    return readFileSync(join(folder!, `${key}.${of}`));
  } catch {
    return undefined;
  }
}

function removeOld(from: string): void {
  const oldest = Date.now() - OLDEST;
  for (const name of readdirSync(from)) {
    const path = join(from, name);
    if (statSync(path).mtimeMs < oldest) rmSync(path, { force: true });
  }
}

type ModuleFunction = (
  this: unknown,
  exports: unknown,
  require: NodeJS.Require,
  module: NodeJS.Module,
  filename: string,
  dirname: string,
) => void;

type Handler = (module: NodeJS.Module, filename: string) => void;

/** What `require.extensions` and the default loader use. */
interface ModuleInternals {
  readonly _extensions: Record<string, Handler>;
  readonly wrap: (source: string) => string;
}
