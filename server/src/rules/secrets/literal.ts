import type { Known } from '../../model/value.ts';

/** Words that stand for having no secret, as defaults of parameters that may be left out, and places for one to be filled in. */
const NOTHING = /^(|none|null|nil|n\/?a|undefined|disabled|false|no|-+|\*+|<.*>)$/i;

/** Whether a text that is written for a secret is one: not empty, not a word for nothing, not a reference that is looked up later. */
export function isSecretText({ raw }: Known): boolean {
  return !NOTHING.test(raw.trim()) && !raw.includes('{{resolve:');
}
