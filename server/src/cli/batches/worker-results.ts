/**
 * Threads that check batches of a run. They and the main thread take jobs from a common counter, so none waits for
 * work.
 */
import type { Uri } from '../../base/span.ts';
import type { BatchResult } from './check-batch.ts';
import type { Job } from './check-groups.ts';

/** The result of a job of another thread. */
export interface Received {
  readonly index: number;
  readonly result: BatchResult | undefined;
  /** The texts of the documents that reports show. */
  readonly texts: ReadonlyMap<Uri, string>;
}

/** What other threads do for a run. */
export interface WorkerResults {
  /** Gives them jobs. */
  begin(jobs: readonly Job[]): void;
  /** The index of the next job, which no other thread takes. */
  take(): number;
  /** The results since the last call. Throws the error of a thread. */
  received(): readonly Received[];
  /** Waits a short time for results. */
  wait(): void;
  /** Lets them end their jobs without checking more. */
  stop(): void;
}
