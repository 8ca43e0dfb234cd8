import type { Known } from '../../model/value.ts';

/** Words that stand for having no secret, as defaults of parameters that may be left out, and places for one to be filled in. */
const NOTHING = /^(|none|null|nil|n\/?a|undefined|disabled|false|no|-+|\*+|<.*>)$/i;

/** Whether a text that is written for a secret is one: not empty, not a word for nothing, not a reference that is looked up later. */
export function isSecretText({ raw }: Known): boolean {
  return !NOTHING.test(raw.trim()) && !raw.includes('{{resolve:');
}

/** Names of parameters that are given secrets; `PasswordLength` and `SecretArn` are about something else. */
const SECRET_NAME = /(password|passwd|passphrase|secret|token|api_?key|private_?key|access_?key)$/i;

/** Whether a parameter is given a secret, by its name. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}
