import type { Truth } from '../base/guard.ts';
import type { Leaf } from '../model/value.ts';
import type { Violation } from '../rules/rule.ts';

/**
 * The maximum number of steps of one rule call, and of its preparation. Calls on thousands of real documents need less
 * than a hundredth.
 */
export const STEPS_OF_RULE_CALL = 250_000;

/** Whether a budget was exceeded in the evaluation of a judgement, so that it may be incomplete. */
export function isCutShort({ wrong }: Violation, when: Truth): boolean {
  // Scenarios are dropped, never added, so what is false in all of them is not a missing finding.
  if (wrong.no.isAlways()) return false;
  if (!when.yes.exact || !when.no.exact || !wrong.yes.exact || !wrong.no.exact) return true;
  // Whether two guards have a common scenario can take too much work to decide.
  if (!when.yes.and(wrong.yes).exact) return true;
  if (wrong.yes.isAlways()) return false;
  return wrong.because.some(({ value }) => isCutLeaf(value));
}

function isCutLeaf(leaf: Leaf): boolean {
  if (leaf.state === 'template') return leaf.pieces.some((piece) => typeof piece !== 'string' && isCutLeaf(piece));
  return leaf.state === 'unknown' && leaf.why === 'budget';
}
