/**
 * Isolation of failures. A document that breaks an evaluation costs that evaluation: what it stands for is unknown then, the rest goes on, and the place is noted so
 * that it can be reported. The core is synchronous, so the list of failures in force can be kept here and need not be handed through every evaluation.
 */
import { Interrupted } from './budget.ts';
import type { Span } from './span.ts';

let failures: Span[] | undefined;

/** Carries out an evaluation of what is at a place, and gives what `otherwise` says when it fails. */
export function isolated<T>(at: () => Span, work: () => T, otherwise: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    failures?.push(at());
    return otherwise();
  }
}

/** Carries out work, and tells the places at which evaluations failed meanwhile, each once. */
export function notingFailures<T>(work: () => T): { readonly value: T; readonly failures: readonly Span[] } {
  const around = failures;
  const own: Span[] = [];
  failures = own;
  try {
    return { value: work(), failures: [...new Map(own.map((at) => [`${at.doc} ${at.start} ${at.end}`, at])).values()] };
  } finally {
    failures = around;
  }
}
