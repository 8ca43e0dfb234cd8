/** Threads of Node.js that check batches. */
import { flatMap } from '../../base/flat-map.ts';
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import type { GroupsInput } from '../lint.ts';
import type { World } from '../world.ts';
import type { Job } from './check-groups.ts';
import type { Received, WorkerResults } from './worker-results.ts';
import { WorkerThread } from '../worker-thread.ts';

/** The first message to a thread, from which it creates the groups of the run. */
export interface WorkerSetup extends GroupsInput {
  readonly world: Pick<World, 'cwd' | 'today' | 'program'>;
}

/** The other messages to a thread: jobs, with the memory that all threads share. */
export interface Jobs {
  readonly jobs: readonly Job[];
  readonly shared: Int32Array;
}

/** What a thread answers. */
export type Answer = Received | { readonly error: string };

/** The numbers in the shared memory. */
export const SHARED = {
  /** The next job. */
  next: 0,
  /** The number of answers, on which the main thread waits. */
  answers: 1,
  /** Whether the run is interrupted. */
  stopped: 2,
} as const;

/** The longest wait for an answer, in milliseconds. Ctrl+C and the failure of a thread are noticed within it. */
const LONGEST_WAIT = 20;

/** Threads that check the groups of a run. They end with the process, or when the pool is closed. */
export class WorkerPool implements WorkerResults {
  readonly #threads: readonly WorkerThread[];
  #shared = sharedMemory();
  #seen = 0;

  /**
   * @param started Threads that run already and have the setup.
   * @param count The number of threads. If more have started, the others are closed.
   */
  constructor(program: URL, started: readonly WorkerThread[], count: number, setup: WorkerSetup) {
    for (const unneeded of started.slice(count)) unneeded.close();
    this.#threads = Array.from({ length: count }, (_, index) => started[index] ?? new WorkerThread(program));
    for (const { port } of this.#threads.slice(started.length)) port.postMessage(setup);
  }

  begin(jobs: readonly Job[]): void {
    this.#shared = sharedMemory();
    this.#seen = 0;
    for (const { port } of this.#threads) port.postMessage({ jobs, shared: this.#shared } satisfies Jobs);
  }

  take(): number {
    return Atomics.add(this.#shared, SHARED.next, 1);
  }

  received(): readonly Received[] {
    for (const { failure } of this.#threads) if (failure) throw failure;
    const answers = Atomics.load(this.#shared, SHARED.answers);
    if (answers === this.#seen) return [];
    this.#seen = answers;
    return flatMap(this.#threads, ({ port }) => [...answersOf(port)]);
  }

  wait(): void {
    Atomics.wait(this.#shared, SHARED.answers, this.#seen, LONGEST_WAIT);
  }

  stop(): void {
    Atomics.store(this.#shared, SHARED.stopped, 1);
  }

  close(): void {
    for (const thread of this.#threads) thread.close();
  }
}

function sharedMemory(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(Object.keys(SHARED).length * Int32Array.BYTES_PER_ELEMENT));
}

function* answersOf(port: MessagePort): Generator<Received> {
  for (;;) {
    const answer: { readonly message: Answer } | undefined = receiveMessageOnPort(port);
    if (!answer) return;
    if ('error' in answer.message) throw new Error(answer.message.error);
    yield answer.message;
  }
}
