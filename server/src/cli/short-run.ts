/** Settings of Node.js for runs of some seconds, in which compiling takes a large part of the time. */
import { setFlag } from '../host/v8-flags.ts';

/** The budget of a function in a short run until V8 optimizes it, see `prepareShortRun`. */
export const SHORT_BUDGET = 2_000_000;

/**
 * Prepares the process for a short run. Never throws. It follows loading the engine: Node.js has its own modules
 * compiled for the settings with which it was started, and starts a thread in half the time with them.
 * @param isSmall Whether the input is not large (`BYTES_OF_LARGE_INPUT`).
 */
export function prepareShortRun(version: string, isSmall: boolean): void {
  // The V8 of Node.js 20 optimizes functions so early that this takes more processor time than all else. With four
  // times its default budget, linting 90 templates takes 0.6 of the time; with fifteen times, a folder takes less and a
  // large plan slightly more; with more, the plan takes much longer. Node.js 22 and later gain nothing. What is
  // compiled is not dropped either: it would be compiled again, and would be missing in the code that later runs use.
  // Flags are those of the process, so a thread has them too.
  if (Number(/^v?(\d+)/.exec(version)?.[1]) !== 20) return;
  const flags = [`--interrupt-budget=${String(SHORT_BUDGET)}`, '--no-flush-bytecode'];
  // Once the young generation has grown, V8 begins to mark the whole heap so early that the run ends before it pays.
  if (isSmall) flags.push('--semi-space-growth-factor=1');
  for (const flag of flags) setFlag(flag);
}
