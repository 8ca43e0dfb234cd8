/**
 * Starts the threads of a run before the engine is loaded, so that they load it at the same time as the main thread.
 */
import { flatMap } from '../../base/flat-map.ts';
import { roughSizeOf } from '../../host/rough-size.ts';
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
 * Starts as many threads as `lint` will need, estimated from the size of its files; none for other commands. The run
 * starts more, or closes those that it does not need.
 */
export function startedThreads(
  { command, given }: CommandCall,
  cwd: string,
  { program, most, bytesEach }: Workers,
): readonly WorkerThread[] {
  if (command !== 'lint' || most < 1) return [];
  const [paths, { filesFrom, stdinFilename, changedSince }] = given as [readonly string[], InputFlags];
  if ((filesFrom ?? stdinFilename ?? changedSince) !== undefined) return [];
  const endings = [...new Set(flatMap([...FORMATS.values()], (format) => format.endings))].map((one) => `.${one}`);
  const isDocument = (name: string): boolean => endings.some((ending) => name.endsWith(ending));
  const { files, bytes } = roughSizeOf(paths.length === 0 ? ['.'] : paths, cwd, isDocument, {
    files: most + 1,
    bytes: most * bytesEach,
  });
  // The main thread checks files too.
  const number = Math.min(most, Math.floor(bytes / bytesEach), files - 1);
  return Array.from({ length: Math.max(0, number) }, () => new WorkerThread(program));
}
