/** Which members of a value that is marked as secret are secrets. */
import { isSecretName, isUserName } from './credential.ts';

/**
 * The members next to the password in a secret of Secrets Manager, and others that only say where something is.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
const CONNECTION =
  /(?:^|[._-])(?:engine|host|host_?name|port|region|db_?name|database|(?:master_?)?arn|db_?(?:instance|cluster)_?identifier)$/i;

/** Names of lists and maps in which each item is a secret: `db_passwords`. The items of `secrets` can be anything. */
const SECRETS = /(?:passwords|tokens|keys)$/i;

/**
 * Whether a member of a value that is marked as secret is a secret itself. Undefined if it can be anything.
 * @param holder The name of the value.
 */
export function isSecretMember(holder: string, key: string | number): boolean | undefined {
  if (SECRETS.test(holder) && isSecretName(holder.slice(holder.lastIndexOf('.') + 1, -1))) return true;
  if (typeof key === 'number') return undefined;
  if (isSecretName(key)) return true;
  return isUserName(key) || CONNECTION.test(key) ? false : undefined;
}
