/** Condition keys that identify a known party, and values that do not. */
import { variablesOf } from '../text/condition-text.ts';

/**
 * The keys, in lower case, for which AWS documents no valid use of a pattern, not even a part of an ID with a wildcard.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sensitive
 */
const NO_PATTERNS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpceaccount',
  'aws:vpceorgid',
]);

/**
 * Other keys whose values begin with IDs that AWS assigns, so that a short pattern identifies no one. AWS does not
 * publish the keys for which it requires six characters; these are among the keys that S3 counts as identifying. ARNs
 * are omitted, because their part before a wildcard is the same in all accounts.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
const SHORT_PATTERNS: ReadonlySet<string> = new Set([
  'aws:principalorgpaths',
  'aws:sourceowner',
  'aws:sourceorgpaths',
  'aws:vpceorgpaths',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
]);

/** The identity and, for a session, its name: `AROAEXAMPLE:name`. */
const USER_ID = 'aws:userid';

/**
 * The required prefix before the first wildcard of a pattern: no pattern is allowed, six characters, or the ID before
 * the colon.
 */
export type Sensitivity = 'no-pattern' | 'six-characters' | 'user-id';

/** The sensitivity of a key, given in lower case, to patterns; undefined for keys that identify no one. */
export function sensitivityOf(key: string): Sensitivity | undefined {
  if (NO_PATTERNS.has(key)) return 'no-pattern';
  if (SHORT_PATTERNS.has(key)) return 'six-characters';
  return key === USER_ID ? 'user-id' : undefined;
}

/**
 * The required characters before the first wildcard or variable.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
const ENOUGH = 6;

/**
 * An ID with this length identifies one identity, whatever follows it:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
const WHOLE_ID = 20;

/** Whether a pattern for a key also matches values of other parties. */
export function isBroadPattern(pattern: string, sensitivity: Sensitivity): boolean {
  const at = /[*?]|\$\{/.exec(pattern);
  if (at === null || at[0] === '${') return false;
  switch (sensitivity) {
    case 'no-pattern':
      return true;
    case 'six-characters':
      return at.index < ENOUGH;
    // The session name follows the colon. A wildcard after it matches only session names, and `*:name` restricts only
    // the session name.
    case 'user-id':
      return at.index < WHOLE_ID && !pattern.slice(0, at.index).includes(':') && !/^\*:/.test(pattern);
  }
}

/**
 * Whether a string has a policy variable after too short a prefix, unless the resource or its account determines the
 * variable's value.
 */
export function dependsOnCaller(text: string): boolean {
  const at = text.indexOf('${');
  return at >= 0 && at < ENOUGH && variablesOf(text).some(({ key }) => !/^aws:resource/i.test(key));
}
