/** Settings of Node.js for a process that runs as long as an editor, mostly idle, beside the processes of other extensions. */
import { setFlagsFromString } from 'node:v8';

/** Prepares the process before it loads the engine. Never throws. */
export function prepareLongRun(version: string): void {
  const major = Number(/^v?(\d+)/.exec(version)?.[1]);
  // Without a limit, V8 lets the garbage of many edits become three times of what is alive before it collects it.
  if (major >= 20) setFlagsFromString('--heap-growing-percent=20');
  // The V8 of Node.js 20 optimizes functions so early that its threads take a third of the processor time of edits, and memory. A larger budget than twice its default
  // saves more of both, but then edits take longer.
  if (major === 20) setFlagsFromString('--interrupt-budget=135168');
}
