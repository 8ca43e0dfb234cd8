/** Threads of Node.js that check batches. */
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import type { GroupsGiven } from '../lint.ts';
import type { World } from '../world.ts';
import type { Job } from './check-groups.ts';
import type { Received, Team } from './team.ts';

/** What a thread gets when it starts. */
export interface WorkerSetup extends GroupsGiven {
  readonly world: Pick<World, 'cwd' | 'today' | 'program'>;
  readonly port: MessagePort;
}

/** Jobs for a thread, with the memory that all threads share. */
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

/** Starts threads of a program. They end with the process, or when the team is closed. */
export class WorkerTeam implements Team {
  readonly #ports: MessagePort[] = [];
  readonly #workers: Worker[] = [];
  #shared = sharedMemory();
  #seen = 0;
  #failure: Error | undefined;

  constructor(program: URL, count: number, setup: Omit<WorkerSetup, 'port'>) {
    for (let index = 0; index < count; index++) {
      const { port1, port2 } = new MessageChannel();
      const own: WorkerSetup = { ...setup, port: port2 };
      const worker = new Worker(program, { workerData: own, transferList: [port2] });
      worker.on('error', (error: NodeJS.ErrnoException) => {
        // If the system allows no more threads, the others take its jobs.
        if (error.code !== 'ERR_WORKER_INIT_FAILED') this.#failure = error;
      });
      worker.unref();
      this.#ports.push(port1);
      this.#workers.push(worker);
    }
  }

  begin(jobs: readonly Job[]): void {
    this.#shared = sharedMemory();
    this.#seen = 0;
    for (const port of this.#ports) port.postMessage({ jobs, shared: this.#shared } satisfies Jobs);
  }

  take(): number {
    return Atomics.add(this.#shared, SHARED.next, 1);
  }

  received(): readonly Received[] {
    this.#seen = Atomics.load(this.#shared, SHARED.answers);
    if (this.#failure) throw this.#failure;
    return this.#ports.flatMap((port) => [...answersOf(port)]);
  }

  wait(): void {
    Atomics.wait(this.#shared, SHARED.answers, this.#seen, LONGEST_WAIT);
  }

  stop(): void {
    Atomics.store(this.#shared, SHARED.stopped, 1);
  }

  close(): void {
    for (const port of this.#ports) port.close();
    for (const worker of this.#workers) void worker.terminate();
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
