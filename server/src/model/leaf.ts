/** Properties of single values for edits and messages. Judgements decide whether a value is reported. */
import type { Leaf, Value } from './value.ts';

/** Whether a value is absent or null. */
export function isMissing({ state }: Value): boolean {
  return state === 'absent';
}

/** Whether a value is unknown. Its place can be that of an object above it, which a fix must not replace. */
export function isUnknown({ state }: Value): boolean {
  return state === 'unknown';
}

/** The string of a known scalar; undefined for other values. */
export function knownString(leaf: Leaf): string | undefined {
  return leaf.state === 'known' && leaf.value !== null ? leaf.raw : undefined;
}
