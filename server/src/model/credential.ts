/** Detection of credentials by name, for any property. */
import { flatMap } from '../base/flat-map.ts';
import { memoizeParts } from '../base/memoize.ts';
import { isResourceId } from './identifier.ts';

/** Name endings that denote a credential. `PasswordLength` and `SecretArn` denote something else. */
const CREDENTIAL =
  /(?:passwords?|passwd|passphrase|pwd|(?:^|[_-])pass|secret|secret_?(?:string|binary|key)|token|api_?key|private_?key(?:_?pem)?|access_?key|(?:auth|shared|token|app|app_?s|application|nwk_?s?(?:enc|int)?)_?key|(?:api|static)_?key_?value|platform_?credential|token_?value|basic_auth_credentials|connection_?string)$/i;

/**
 * Names with such an ending that are identifiers and not secret: the service token of a custom resource, a page token,
 * an idempotency token.
 */
const IDENTIFIER = /(?:service|next|client|client_?request|creation|idempotency|continuation|pagination)_?token$/i;

/** The maximum length of a name that is examined. */
const LONGEST = 128;

/** Whether a property, parameter, variable or environment variable with this name contains a credential. */
export function isSecretName(name: string): boolean {
  return name.length <= LONGEST && isKnownSecretName(name);
}

/** The keys of a document are checked, and most of them repeat. */
const isKnownSecretName = memoizeParts(isCredentialName, 65_536);

function isCredentialName(name: string): boolean {
  if (name.includes(':')) return false;
  // A write-only argument of Terraform has the name of the usual one with a suffix.
  return CREDENTIAL.test(name.replace(/_wo$/, '')) && !IDENTIFIER.test(name);
}

/** Words for no credential, as defaults of optional parameters, and placeholders. */
const NOTHING =
  /^(?:|none|null|nil|n\/?a|empty|unset|undefined|disabled|false|true|no|-+|\*+|\{\s*\}|\{\{[^{}]*\}\}|<.*>)$/i;

/**
 * A URL that only names a service: without a user, a password, a query, and a part of its path that could be a token.
 * Webhook URLs have such parts.
 */
const ENDPOINT = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@]+(?:\/(?:[a-z_-]{0,20}|v?\d{1,4}))*$/i;

/** A path of words: the name of a parameter in Parameter Store, or of a mounted file. */
const PATH = /^(?:\/[a-z][a-z_.-]{0,40}){1,14}\/([a-z][a-z_.-]{0,40})$/i;

/** Whether a literal names the place of a secret: `/app/db_password`. */
function isSecretPlace(text: string): boolean {
  const [, last] = PATH.exec(text) ?? [];
  return last !== undefined && isSecretName(last);
}

/**
 * Whether a literal is a real credential: not empty, not a word for none, and not a dynamic reference, an address, the
 * place of a secret or the ID of a resource.
 */
export function isSecretText(raw: string): boolean {
  const text = raw.trim();
  return (
    !NOTHING.test(text) &&
    !raw.includes('{{resolve:') &&
    !ENDPOINT.test(text) &&
    !isSecretPlace(text) &&
    !isResourceId(text)
  );
}

/**
 * Placeholders of documentation and scaffolds: access keys in AWS's documentation end in EXAMPLE or EXAMPLEKEY.
 * Short common passwords are not among them, because resources are really made with these.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html
 */
const EXAMPLE =
  /example|^(?:change|replace)[ _-]?(?:me|this|it)\b|^(?:change|replace) (?:after|before|with)\b|^(?:prod(?:uction)?|stag(?:e|ing)|dev(?:elopment)?|test)[ _-]?only$|^(?:change|replace)[_-]?me|place[ _-]?holder|^(?:your|insert|enter|dummy)(?:[ _-]|$)|^(?:to[ _-]?do|tbd|fixme)$|<[^<>]+>|^__\w+__$|^-----BEGIN [^-]{1,40}-----(?:\s|\\n|[.\u2026])*-----END |^(?:x{3,}|\.{3,})$/i;

/** An email address of a common or a national domain. */
const EMAIL = /^[a-z0-9][a-z0-9._+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|edu|gov|info|io|dev|[a-z]{2})$/;

/** Whether a literal is an email address. In a store of secrets it is configuration, not a credential. */
export function isEmailAddress(raw: string): boolean {
  return EMAIL.test(raw.trim());
}

/** Names of parameters for user names. Some are marked as secret, but a user name alone grants no access. */
const USER_NAME = /(?:user|user_?name|user_?id|login|login_?name)$/i;

/** Whether a parameter contains a user name, according to its own name. */
export function isUserName(name: string): boolean {
  return USER_NAME.test(name);
}

/**
 * Classifies a literal in place of a credential. A JSON object, as Secrets Manager stores it, is judged by its members
 * with the name of a credential, or by all of them but user names. A value that repeats its own name is a placeholder.
 */
export function literalKind(raw: string, name?: string): 'nothing' | 'example' | 'secret' {
  const parts = partsOf(raw.trim(), name).filter(([, text]) => isSecretText(text));
  if (parts.length === 0) return 'nothing';
  return parts.every(([of, text]) => text === of || EXAMPLE.test(text.trim())) ? 'example' : 'secret';
}

/** Words for none that are not values of a switch. */
const LEFT_OUT = /^(?:|none|null|nil|n\/?a|empty|unset|undefined|<.*>)$/i;

/** Whether the default of a parameter for a credential stands for no value, so that deployments provide the value. */
export function isLeftOut(raw: string): boolean {
  return LEFT_OUT.test(raw.trim()) || literalKind(raw) === 'example';
}

/** The length from which a string with letters and digits is a credential rather than a word. */
const SHORTEST_GENERATED = 8;

/**
 * Whether a literal in place of a credential looks generated: it has letters and digits, and no spaces. Words can be
 * placeholders, such as `initial`.
 */
export function looksGenerated(raw: string, name?: string): boolean {
  return partsOf(raw.trim(), name).some(
    ([, text]) =>
      isSecretText(text) &&
      text.length >= SHORTEST_GENERATED &&
      /\d/.test(text) &&
      /[a-z]/i.test(text) &&
      !/\s/.test(text),
  );
}

/** The strings in place of a credential, with their names. */
function partsOf(raw: string, name: string | undefined): readonly (readonly [string | undefined, string])[] {
  const members = raw.startsWith('{') ? membersOf(raw) : undefined;
  if (!members) return [[name, raw]];
  const named = members.filter(([key]) => isSecretName(key));
  return named.length > 0 ? named : members.filter(([key]) => !isUserName(key));
}

/** The strings and numbers of a JSON object; undefined if the text is not one. */
function membersOf(raw: string): readonly (readonly [string, string])[] | undefined {
  try {
    return flatMap(Object.entries<unknown>(JSON.parse(raw) as Record<string, unknown>), ([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [],
    );
  } catch {
    return undefined;
  }
}
