/** Work in threads: each thread runs the same script, and takes the next piece of work that none has taken. */
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

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

/** How work is shared among threads. */
export interface WorkSharing {
  /** The URL of a script that calls `takePart` with the same work. */
  readonly script: string;
  /** Threads that run the script already. Those that are not needed are ended. */
  readonly started: readonly Worker[];
  /** Other work, which this thread does while the others start. */
  readonly first: () => void;
}

/** The results of some of the work. */
export async function inParallel(
  work: NamedWork,
  names: readonly string[],
  { script, started, first }: WorkSharing,
): Promise<ReadonlyMap<string, unknown>> {
  const share: Share = { names, next: new Int32Array(new SharedArrayBuffer(4)) };
  const threads = Math.min(availableParallelism(), MOST_THREADS, Math.ceil(names.length / PIECES_OF_THREAD));
  const others = Array.from({ length: threads - 1 }, (_, index) =>
    resultsOf(started[index] ?? new Worker(new URL(script)), share),
  );
  const unneeded = started.slice(others.length).map((worker) => worker.terminate());
  first();
  const own = taken(share, work);
  await Promise.all(unneeded);
  return new Map([...own, ...(await Promise.all(others)).flat()]);
}

/** In a thread of `inParallel`, does its part of the work. */
export function takePart(work: NamedWork): void {
  if (!isMainThread) parentPort!.once('message', (share: Share) => parentPort!.postMessage(taken(share, work)));
}

function taken({ names, next }: Share, work: NamedWork): Results {
  const results: [string, unknown][] = [];
  for (let index; (index = Atomics.add(next, 0, 1)) < names.length;) {
    const name = names[index]!;
    results.push([name, work.get(name)!()]);
  }
  return results;
}

function resultsOf(worker: Worker, share: Share): Promise<Results> {
  worker.postMessage(share);
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('a thread ended without results')));
  });
}
