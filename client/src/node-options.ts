/** The options and variables with which the extension starts the server. */
import { availableParallelism } from 'node:os';

/** The number of threads with which V8 compiles and collects garbage, unless it is set. */
const MOST_THREADS = 4;

/**
 * The number of V8's threads on a number of processors. With more of them than processors beside that of the main
 * thread, it waits for one: on two processors, for a fifth of the time of an edit. Electron, which runs the server on
 * desktops, accepts the option and decides itself; Node.js runs it on remote machines.
 * https://github.com/electron/electron/blob/main/shell/browser/javascript_environment.cc
 */
export function v8Threads(processors: number): number {
  return Math.max(1, Math.min(MOST_THREADS, processors - 1));
}

/**
 * The server creates much short-lived data with each edit, for which V8 would keep up to 48 MB. Less room means more
 * collections: with 4 MB an edit of 60 KB takes about a sixth more processor time, and the process has a quarter less
 * memory.
 * https://nodejs.org/api/cli.html#--max-semi-space-sizesize-in-mib
 * https://nodejs.org/api/cli.html#--v8-pool-sizenum
 */
export const SERVER_OPTIONS: readonly string[] = [
  '--max-semi-space-size=4',
  `--v8-pool-size=${v8Threads(availableParallelism())}`,
];

/**
 * The compilers of V8 allocate and free some megabytes at a time. The C library of most Linux distributions raises its
 * limit for freed memory that it keeps to twice the largest block that was freed. A limit that is set stays as it is:
 * with the initial one, the process of the server has at least 5 MB less after 200 edits of 60 KB on Node.js, and edits
 * take as long as before. Other C libraries ignore the variable.
 * https://man7.org/linux/man-pages/man3/mallopt.3.html
 */
export const SERVER_VARIABLES: Readonly<Record<string, string>> = { MALLOC_TRIM_THRESHOLD_: '131072' };
