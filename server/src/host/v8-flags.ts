/**
 * Flags of V8 that change when functions are compiled and how memory is used, but not their code. V8 rejects compiled
 * code that was made with other flags, which it tells by a number; see `code-cache.ts`.
 */
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

/** Where V8 writes the number of its flags in the code of a script. */
export const FLAGS_AT = 12;

let known: number | undefined;

/** Sets such a flag of the process. */
export function setFlag(flag: string): void {
  setFlagsFromString(flag);
  known = undefined;
}

/** The number of the present flags. They are those of the process, and only the main thread sets them. */
export function flagsNow(): number {
  if (!isMainThread) known = undefined;
  return (known ??= new Script('').createCachedData().readUInt32LE(FLAGS_AT));
}
