/**
 * Flags of V8 that decide when functions are compiled and how memory is used, but do not change compiled code. V8
 * rejects code with another hash of all flags; see `code-cache.ts`.
 */
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

/** The offset of the hash of V8's flags in the cached data of a script, in bytes. */
export const FLAG_HASH_OFFSET = 12;

let known: number | undefined;

/** Sets such a flag of the process. */
export function setFlag(flag: string): void {
  setFlagsFromString(flag);
  known = undefined;
}

/** V8's hash of the current flags. They are those of the process, and only the main thread sets them. */
export function currentFlagHash(): number {
  if (!isMainThread) known = undefined;
  return (known ??= new Script('').createCachedData().readUInt32LE(FLAG_HASH_OFFSET));
}
