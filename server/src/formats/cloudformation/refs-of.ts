import { referredAddresses } from '../../model/addresses.ts';
import type { Value } from '../../model/value.ts';

/**
 * The maximum number of values visited to find references. Calls of functions can be nested, and each searches its
 * arguments.
 */
const MOST_VALUES = 1000;

/** The resources that a value depends on; empty if it exceeds the limit. */
export function refsWithin(whole: Value): readonly string[] {
  return [...(referredAddresses(whole, MOST_VALUES) ?? [])];
}
