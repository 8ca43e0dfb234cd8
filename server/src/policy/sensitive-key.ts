/** Keys that identify a known party, and values of theirs that do not. */
import { variablesOf } from './condition-text.ts';

/**
 * The keys, in lower case, of which AWS says that no pattern has a valid use, not even a part of an id with a wildcard.
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
 * Other keys whose values begin with ids that nobody can choose, so that a pattern for some of them means nobody in particular. That of which keys
 * too AWS asks for six characters it does not publish; these are among the keys that S3 counts as identifying. ARNs are left out:
 * what they have before a wildcard is the same in all accounts.
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

/** The identity and, of a session, its name: `AROAEXAMPLE:name`. */
const USER_ID = 'aws:userid';

/** What a pattern for a key has to have in front of its first wildcard: nothing is enough, six characters, or the id up to the colon. */
export type Sensitivity = 'no-pattern' | 'six-characters' | 'user-id';

/** How sensitive a key, given in lower case, is to patterns; undefined for keys that identify no one. */
export function sensitivityOf(key: string): Sensitivity | undefined {
  if (NO_PATTERNS.has(key)) return 'no-pattern';
  if (SHORT_PATTERNS.has(key)) return 'six-characters';
  return key === USER_ID ? 'user-id' : undefined;
}

/** As many characters have to stand before the first wildcard or variable. https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html */
const ENOUGH = 6;

/** An id with so many characters is one identity's alone, whatever comes behind it: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const WHOLE_ID = 20;

/** Whether a pattern for a key fits others than those that it names. */
export function isBroadPattern(pattern: string, sensitivity: Sensitivity): boolean {
  const at = /[*?]|\$\{/.exec(pattern);
  if (at === null || at[0] === '${') return false;
  switch (sensitivity) {
    case 'no-pattern':
      return true;
    case 'six-characters':
      return at.index < ENOUGH;
    // Behind the colon is the name of a session; a wildcard before it asks for a name alone.
    case 'user-id':
      return at.index < WHOLE_ID && !pattern.slice(0, at.index).includes(':') && !/^\*:/.test(pattern);
  }
}

/** Whether a text has a variable, with too little before it, whose value the resource or its account does not decide. */
export function takesFromCaller(text: string): boolean {
  const at = text.indexOf('${');
  return at >= 0 && at < ENOUGH && variablesOf(text).some(({ key }) => !/^aws:resource/i.test(key));
}
