/** What edits and messages need to know of a single value. Whether it is wrong is for judgements to say. */
import type { Leaf, Value } from './value.ts';

/** Whether nothing is written for a value. */
export function isMissing({ state }: Value): boolean {
  return state === 'absent';
}

/** The text of a scalar that is known; undefined for anything else. */
export function textOf(leaf: Leaf): string | undefined {
  return leaf.state === 'known' && leaf.value !== null ? leaf.raw : undefined;
}
