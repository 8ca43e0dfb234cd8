/** A thread that checks batches. It loads the engine before it is known what it checks. */
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { codePlace, type CodePlace } from '../host/code-cache.ts';

/** What a thread gets when it starts. Its messages are a setup, and jobs. */
export interface ThreadData {
  readonly port: MessagePort;
  /** Where compiled code is kept. */
  readonly code: CodePlace | undefined;
}

/** A thread of Node.js. It ends with the process, or when it is closed. */
export class WorkerThread {
  readonly port: MessagePort;
  readonly #worker: Worker;
  /** The error that ended it. */
  failure: Error | undefined;

  /** Starts a program. */
  constructor(program: URL) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    const workerData: ThreadData = { port: port2, code: codePlace() };
    this.#worker = new Worker(program, { workerData, transferList: [port2] });
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      // If the system allows no more threads, the others take its jobs.
      if (error.code !== 'ERR_WORKER_INIT_FAILED') this.failure = error;
    });
    this.#worker.unref();
  }

  close(): void {
    this.port.close();
    void this.#worker.terminate();
  }
}
