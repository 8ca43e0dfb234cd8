/**
 * Time limits of requests. The core has no clock: it receives a function and stops with its results once that returns
 * true.
 */
import type { Expired } from '../base/budget.ts';

/**
 * Time limits in milliseconds while a user waits. Diagnostics are limited by steps; their time limit covers work that
 * counts none.
 */
export const ANSWER_WITHIN = { hover: 1000, completion: 1000, explanation: 2000, diagnostics: 30_000 } as const;

/** A function that returns true after a number of milliseconds. */
export function deadline(milliseconds: number): Expired {
  const end = performance.now() + milliseconds;
  return () => performance.now() > end;
}
