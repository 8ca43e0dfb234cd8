/** A thread of the command-line process that checks documents. */
import { workerData } from 'node:worker_threads';
import { useKeptCode } from './cli/kept-code.ts';
import type { ThreadData } from './cli/worker-thread.ts';

const given = workerData as ThreadData;
useKeptCode(given.code, import.meta.url);
void import('./cli/batches/work.ts').then(({ answerJobs }) => answerJobs(given));
