/** Work in threads: each thread runs the same script, and takes the next piece of work that none has taken. */
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** The work by name. Results are copied from one thread to another, so they are data. */
export type NamedWork = ReadonlyMap<string, () => unknown>;

type Results = readonly (readonly [name: string, result: unknown])[];

interface Share {
  readonly names: readonly string[];
  /** The index of the next piece of work, which the threads share. */
  readonly next: Int32Array;
}

/** The pieces of work for which a thread is worth its start. */
const PIECES_OF_THREAD = 20;
const MOST_THREADS = 4;

/**
 * The results of some of the work.
 * @param script The URL of a script that calls `takePart` with the same work.
 */
export async function inParallel(
  script: string,
  work: NamedWork,
  names: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
  const share: Share = { names, next: new Int32Array(new SharedArrayBuffer(4)) };
  const threads = Math.min(availableParallelism(), MOST_THREADS, Math.ceil(names.length / PIECES_OF_THREAD));
  const others = Array.from({ length: threads - 1 }, () =>
    resultsOf(new Worker(new URL(script), { workerData: share })),
  );
  const own = taken(share, work);
  return new Map([...own, ...(await Promise.all(others)).flat()]);
}

/** In a thread of `inParallel`, does its part of the work. */
export function takePart(work: NamedWork): void {
  if (!isMainThread) parentPort!.postMessage(taken(workerData as Share, work));
}

function taken({ names, next }: Share, work: NamedWork): Results {
  const results: [string, unknown][] = [];
  for (let index; (index = Atomics.add(next, 0, 1)) < names.length;) {
    const name = names[index]!;
    results.push([name, work.get(name)!()]);
  }
  return results;
}

function resultsOf(worker: Worker): Promise<Results> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('a thread ended without results')));
  });
}
