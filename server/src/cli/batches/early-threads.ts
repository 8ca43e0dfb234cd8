/**
 * Starts the threads of a run before the engine is loaded, so that they load it at the same time as the main thread.
 */
import { flatMap } from '../../base/flat-map.ts';
import { roughSizeOf, type RoughSize } from '../../host/rough-size.ts';
import { FORMATS } from '../../model/format.ts';
import type { CommandCall } from '../program.ts';
import type { Workers } from '../world.ts';
import { WorkerThread } from '../worker-thread.ts';

/** The options of `lint` that decide what is checked besides the named files. */
interface InputFlags {
  readonly filesFrom?: string;
  readonly stdinFilename?: string;
  readonly changedSince?: string;
}

/**
 * The number and size of the files that a run checks, as far as a short look shows, which ends when there is enough for
 * all threads. Nothing for commands other than `lint`.
 */
export function roughInput({ command, given }: CommandCall, cwd: string, { most, bytesEach }: Workers): RoughSize {
  if (command !== 'lint') return NOTHING;
  const [paths, { filesFrom, stdinFilename, changedSince }] = given as [readonly string[], InputFlags];
  if ((filesFrom ?? stdinFilename ?? changedSince) !== undefined) return NOTHING;
  const endings = [...new Set(flatMap([...FORMATS.values()], (format) => format.endings))].map((one) => `.${one}`);
  const isDocument = (name: string): boolean => endings.some((ending) => name.endsWith(ending));
  return roughSizeOf(paths.length === 0 ? ['.'] : paths, cwd, isDocument, {
    files: most + 1,
    bytes: Math.max(1, most) * bytesEach,
  });
}

const NOTHING: RoughSize = { files: 0, bytes: 0 };

/**
 * Starts as many threads as a run will need, estimated from the size of its files. The run starts more, or closes those
 * that it does not need.
 */
export function startedThreads(
  { files, bytes }: RoughSize,
  { program, most, bytesEach }: Workers,
): readonly WorkerThread[] {
  // The main thread checks files too.
  const number = Math.min(most, Math.floor(bytes / bytesEach), files - 1);
  return Array.from({ length: Math.max(0, number) }, () => new WorkerThread(program));
}
