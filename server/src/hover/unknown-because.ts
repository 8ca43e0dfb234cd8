import { shown } from '../model/shown.ts';
import type { Leaf, Reason } from '../model/value.ts';

/** Why a value is not known, as the rest of a sentence about it. */
export const UNKNOWN_BECAUSE: Readonly<Record<Reason, string>> = {
  'parameter': 'depends on a parameter without a default',
  'import': 'comes from another stack',
  'function': 'comes from a function that is not worked out here',
  'file': 'comes from a file that is not read',
  'computed': 'is known after deployment only',
  'transform': 'is set by a macro',
  'dynamic-reference': 'is a dynamic reference, which is looked up at deployment',
  'sensitive': 'is secret, so it is not shown',
  'syntax': 'cannot be read yet',
  'unmapped': 'is written in a way that is not known here',
  'budget': 'depends on more than is worked out here',
};

/** What is known of a value that is not known, as the rest of a sentence about it: `comes from another stack`. */
export function unknownBecause(leaf: Leaf): string {
  switch (leaf.state) {
    case 'unknown': return UNKNOWN_BECAUSE[leaf.why];
    case 'absent': return leaf.open ? 'is not set here and may be set elsewhere' : 'is not set';
    case 'reference': return `refers to ${shown(leaf)}`;
    case 'object': case 'list': return 'is set';
    default: return `is ${shown(leaf)}`;
  }
}
