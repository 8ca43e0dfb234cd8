/** Detection of credentials by name, for any property. */

/** Name endings that denote a credential. `PasswordLength` and `SecretArn` denote something else. */
const CREDENTIAL =
  /(?:passwords?|passwd|passphrase|pwd|(?:^|[_-])pass|secret|secret_?(?:string|binary|key)|token|api_?key|private_?key(?:_?pem)?|access_?key|connection_?string)$/i;

/**
 * Names with such an ending that are identifiers and not secret: the service token of a custom resource, a page token,
 * an idempotency token.
 */
const IDENTIFIER = /(?:service|next|client|client_?request|creation|idempotency|continuation|pagination)_?token$/i;

/** The maximum length of a name that is examined. */
const LONGEST = 128;

/** Whether a property, parameter, variable or environment variable with this name contains a credential. */
export function isSecretName(name: string): boolean {
  return name.length <= LONGEST && !name.includes(':') && CREDENTIAL.test(name) && !IDENTIFIER.test(name);
}

/** Words for no credential, as defaults of optional parameters, and placeholders. */
const NOTHING = /^(?:|none|null|nil|n\/?a|undefined|disabled|false|true|no|-+|\*+|<.*>)$/i;

/** Whether a literal is a real credential: not empty, not a word for none, and not a dynamic reference. */
export function isSecretText(raw: string): boolean {
  return !NOTHING.test(raw.trim()) && !raw.includes('{{resolve:');
}

/** Names of parameters for user names. Some are marked as secret, but a user name alone grants no access. */
const USER_NAME = /(?:user|user_?name|user_?id|login|login_?name)$/i;

/** Whether a parameter contains a user name, according to its own name. */
export function isUserName(name: string): boolean {
  return USER_NAME.test(name);
}
