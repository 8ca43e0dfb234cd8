/** Detection of credentials by name, for any property. */

/** Name endings that denote a credential. `PasswordLength` and `SecretArn` denote something else. */
const CREDENTIAL =
  /(?:passwords?|passwd|passphrase|pwd|(?:^|[_-])pass|secret|secret_?(?:string|binary|key)|token|api_?key|private_?key(?:_?pem)?|access_?key|(?:auth|shared|token)_?key|api_?key_?value|token_?value|basic_auth_credentials|connection_?string)$/i;

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

/**
 * Placeholders of documentation and scaffolds: the access keys of AWS's documentation end in EXAMPLE or EXAMPLEKEY.
 * Short common passwords are not among them, because resources are really made with these.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html
 */
const EXAMPLE =
  /example|^(?:change|replace)[ _-]?(?:me|this|it)\b|^(?:change|replace)[_-]?me|place[ _-]?holder|^(?:your|insert|enter)[ _-].*|^(?:to[ _-]?do|tbd|fixme|dummy)$|^(?:x{3,}|\.{3,})$/i;

/** Whether a literal is an example of a credential rather than one. */
export function isExampleSecret(raw: string): boolean {
  return EXAMPLE.test(raw.trim());
}

/** Names of parameters for user names. Some are marked as secret, but a user name alone grants no access. */
const USER_NAME = /(?:user|user_?name|user_?id|login|login_?name)$/i;

/** Whether a parameter contains a user name, according to its own name. */
export function isUserName(name: string): boolean {
  return USER_NAME.test(name);
}
