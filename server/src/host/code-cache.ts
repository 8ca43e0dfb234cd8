/**
 * Caches V8's compiled code of the program, so that later processes do not compile it again. Node.js 22 does this for
 * modules (`module.enableCompileCache`), but not for scripts, and Node.js 20 does it for nothing. V8 rejects the code
 * of another version or with other flags, and code of a source with another length. It does not notice damaged code,
 * which would end the process, so each file ends with a checksum and the number of processes whose functions it has.
 *
 * The code of a script has the functions that a process called. Code of processes with small and large inputs is kept
 * separately: in the next process, V8's baseline compiler compiles functions that were called often at their first
 * call, which takes longer than a few calls.
 */
import { closeSync, fstatSync, openSync, readSync, renameSync, statSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';
import { createFolder } from './create-folder.ts';
import { FLAG_HASH_OFFSET, currentFlagHash } from './v8-flags.ts';

/** The size of what a process checks, see `BYTES_OF_LARGE_INPUT`. */
export type InputSize = 'small' | 'large';

/** Where the code is. */
export interface CodePlace {
  /** A folder that only the user can write: the code is run. */
  readonly folder: string;
  /** V8's hash of the flags with which the process was started. */
  readonly flagHash: number;
}

/**
 * The number of processes whose functions are kept together. Templates call different functions: with the code of one
 * that checked another template, a process takes a twentieth longer than with that of four, and as long with 40.
 */
const RUNS = 4;

/** A script whose code is to be kept when the process ends. */
interface Unkept {
  /** The name of the file. */
  readonly name: string;
  readonly script: Script;
  /** The number of processes whose functions it has then. */
  readonly runs: number;
}

let place: CodePlace | undefined;
let inputSize: InputSize = 'small';
const unkept: Unkept[] = [];

/**
 * Uses the code in a folder for scripts that `compiledScript` makes from now on. What has no code yet is added by
 * `keepCompiledCode`.
 */
export function useCompiledCode(of: CodePlace | undefined): void {
  place = of;
}

/** Where the code is that this process uses. */
export function codePlace(): CodePlace | undefined {
  return place;
}

/** Uses the code of processes with an input of a size from now on. */
export function useCodeFor(size: InputSize): void {
  inputSize = size;
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
  if (!place) return new Script(source, options);
  const nameFor = (size: InputSize): string => `${key}.${place!.flagHash.toString(16)}.${size}`;
  const name = nameFor(inputSize);
  const own = readKept(place, name);
  const kept = own ?? (inputSize === 'large' ? readKept(place, nameFor('small')) : undefined);
  const script = new Script(source, { ...options, ...(kept && { cachedData: kept.code }) });
  const runs = own && script.cachedDataRejected !== true ? own.runs : 0;
  if (runs < RUNS) unkept.push({ name, script, runs: runs + 1 });
  return script;
}

/** Loads the modules of a folder whose names end with `.cjs` as such scripts. Their text must be ASCII. */
export function compileModulesOf(parts: string): void {
  const { _extensions: handlers, wrapper } = Module as unknown as ModuleInternals;
  const other = handlers['.cjs'] ?? handlers['.js']!;
  // The wrapper precedes the first line.
  const columnOffset = -wrapper[0].length;
  handlers['.cjs'] = (module, filename) => {
    if (dirname(filename) !== parts) return other(module, filename);
    const { size, mtimeMs } = statSync(filename);
    const key = `${basename(filename)}-${String(size)}-${String(Math.floor(mtimeMs))}`;
    const source = contentOf(filename, wrapper).toString('latin1');
    const load = compiledScript(source, key, { filename, columnOffset }).runInThisContext() as ModuleFunction;
    load.call(module.exports, module.exports, createRequire(filename), module, filename, parts);
  };
}

/** Keeps the code of scripts that have none yet. Returns whether there are any. Never throws. */
export function keepCompiledCode(): boolean {
  const written = unkept.splice(0);
  if (!place || written.length === 0) return false;
  const { folder, flagHash } = place;
  try {
    createFolder(folder);
    for (const { name, script, runs } of written) {
      const path = join(folder, name);
      const own = `${path}.${String(process.pid)}`;
      const code = withFlagHash(script.createCachedData(), currentFlagHash(), flagHash);
      writeFileSync(own, Buffer.concat([code, endOf(code, runs)]), { mode: 0o600 });
      renameSync(own, path);
    }
  } catch {
    // Processes take longer then, and do the same otherwise.
  }
  return true;
}

function readKept({ folder, flagHash }: CodePlace, name: string): { code: Buffer; runs: number } | undefined {
  try {
    const bytes = contentOf(join(folder, name));
    const code = bytes.subarray(0, -SIZE_OF_END);
    const runs = bytes.at(-1)!;
    if (!endOf(code, runs).equals(bytes.subarray(-SIZE_OF_END))) return undefined;
    return { code: withFlagHash(code, flagHash, currentFlagHash()), runs };
  } catch {
    return undefined;
  }
}

/** What follows the code in a file. Throws in Node.js before 20.15, which has no checksums and keeps no code. */
function endOf(code: Buffer, runs: number): Buffer {
  const end = Buffer.alloc(SIZE_OF_END);
  end.writeUInt32LE(crc32(code));
  end[SIZE_OF_END - 1] = runs;
  return end;
}

/** A checksum, and the number of processes. */
const SIZE_OF_END = 5;

/** The buffer for all files: allocating a new one takes longer than reading. */
let buffer = Buffer.allocUnsafeSlow(0);

/** The content of a file between texts, until the next file is read. */
function contentOf(path: string, [before, after]: readonly [string, string] = ['', '']): Buffer {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const end = before.length + size + after.length;
    if (buffer.length < end) buffer = Buffer.allocUnsafeSlow(Math.max(end, LEAST_BUFFER));
    buffer.write(before, 'latin1');
    const read = size === 0 ? 0 : readSync(file, buffer, before.length, size, 0);
    if (read !== size) throw new Error(`${path} changes while it is read`);
    buffer.write(after, before.length + size, 'latin1');
    return buffer.subarray(0, end);
  } finally {
    closeSync(file);
  }
}

/** The minimum size of the buffer, in bytes. */
const LEAST_BUFFER = 2_000_000;

/**
 * Replaces the hash of V8's flags in the code of a script if it is the first one: the flags that the program sets do
 * not change the code.
 */
function withFlagHash(code: Buffer, from: number, to: number): Buffer {
  if (code.readUInt32LE(FLAG_HASH_OFFSET) === from) code.writeUInt32LE(to, FLAG_HASH_OFFSET);
  return code;
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
  readonly wrapper: readonly [string, string];
}
