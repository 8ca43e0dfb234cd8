/** Properties of single values for edits and messages. Judgements decide whether a value is reported. */
import type { Leaf, Value } from './value.ts';

/** Whether a value is absent or null. */
export function isMissing({ state }: Value): boolean {
  return state === 'absent';
}

/** The string of a known scalar; undefined for other values. */
export function textOf(leaf: Leaf): string | undefined {
  return leaf.state === 'known' && leaf.value !== null ? leaf.raw : undefined;
}
