/**
 * Isolation of failures. If the evaluation of a part of a document throws, that part is unknown, the rest continues,
 * and the place is recorded for a report. The core is synchronous, so the current list of failures is kept in module
 * state instead of being passed through every evaluation.
 */
import { Interrupted } from './budget.ts';
import type { Span } from './span.ts';

let failures: Span[] | undefined;

/** Runs an evaluation for a place, and returns `otherwise` if it throws. */
export function isolated<T>(at: () => Span, work: () => T, otherwise: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    failures?.push(at());
    return otherwise();
  }
}

/** Runs work, and returns the places at which evaluations failed, without duplicates. */
export function notingFailures<T>(work: () => T): { readonly value: T; readonly failures: readonly Span[] } {
  const around = failures;
  const own: Span[] = [];
  failures = own;
  try {
    const value = work();
    return { value, failures: own.length === 0 ? own : distinctPlaces(own) };
  } finally {
    failures = around;
  }
}

/** Places without duplicates. */
export function distinctPlaces(places: readonly Span[]): readonly Span[] {
  return [...new Map(places.map((at) => [`${at.doc} ${at.start} ${at.end}`, at])).values()];
}
