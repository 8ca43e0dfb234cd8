/** What is taken for a credential by its name, whether or not a rule knows the property. */

/** Names that end in a word for a credential. `PasswordLength` and `SecretArn` are about something else. */
const CREDENTIAL =
  /(?:passwords?|passwd|passphrase|pwd|(?:^|[_-])pass|secret|secret_?(?:string|binary|key)|token|api_?key|private_?key(?:_?pem)?|access_?key|connection_?string)$/i;

/** Names with such an ending that identify something and protect nothing: the function of a custom resource, a page of a list, a repeated request. */
const IDENTIFIER = /(?:service|next|client|client_?request|creation|idempotency|continuation|pagination)_?token$/i;

/** The maximum length of a name that is looked at. */
const LONGEST = 128;

/** Whether a property, parameter, variable or environment variable with this name is given a credential. */
export function isSecretName(name: string): boolean {
  return name.length <= LONGEST && !name.includes(':') && CREDENTIAL.test(name) && !IDENTIFIER.test(name);
}

/** Words that stand for having no credential, as defaults of parameters that may be left out, and placeholders. */
const NOTHING = /^(?:|none|null|nil|n\/?a|undefined|disabled|false|true|no|-+|\*+|<.*>)$/i;

/** Whether a text that is written for a credential is one: not empty, not a word for nothing, not a reference that is resolved at deployment. */
export function isSecretText(raw: string): boolean {
  return !NOTHING.test(raw.trim()) && !raw.includes('{{resolve:');
}

/** Names of parameters that are given the name of a user, which some mark as secret and which alone opens nothing. */
const USER_NAME = /(?:user|user_?name|user_?id|login|login_?name)$/i;

/** Whether a parameter is given the name of a user, by its name. */
export function isUserName(name: string): boolean {
  return USER_NAME.test(name);
}
