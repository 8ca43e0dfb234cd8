/** A thread of the command-line process that checks documents. */
import { workerData } from 'node:worker_threads';
import type { ThreadData } from './cli/worker-thread.ts';
import { prepareShortRun } from './cli/short-run.ts';

prepareShortRun(process.version, process.env, import.meta.url);
void import('./cli/batches/work.ts').then(({ answerJobs }) => answerJobs(workerData as ThreadData));
