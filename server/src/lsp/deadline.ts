/** The time that an answer may take. The core has no clock: it is given a question and stops with what it knows once that is true. */
import type { Expired } from '../base/budget.ts';

/** Milliseconds in which something is answered while a person waits. Diagnostics have a number of steps; their time is for what counts none. */
export const ANSWER_WITHIN = { hover: 1000, completion: 1000, explanation: 2000, diagnostics: 30_000 } as const;

/** True once so many milliseconds have passed. */
export function deadline(milliseconds: number): Expired {
  const end = performance.now() + milliseconds;
  return () => performance.now() > end;
}
