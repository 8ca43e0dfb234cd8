/** Keys by which somebody is told from everybody else, and values of theirs that do not do that. */
import { variablesOf } from './condition-text.ts';

/**
 * The keys, in lower case, whose values are ids that nobody can choose, so that a pattern for some of them means nobody in particular. AWS does
 * not publish which keys Access Analyzer takes for sensitive; these are the ids among those that S3 counts for telling somebody from everybody.
 * ARNs are left out: what they have before a wildcard is the same for everybody.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
const SENSITIVE: ReadonlySet<string> = new Set([
  'aws:principalaccount', 'aws:principalorgid', 'aws:principalorgpaths',
  'aws:sourceaccount', 'aws:sourceowner', 'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:sourcevpc', 'aws:sourcevpce',
  'aws:vpceaccount', 'aws:vpceorgid', 'aws:vpceorgpaths', 'kms:calleraccount', 's3:dataaccesspointaccount',
]);

export function isSensitiveKey(key: string): boolean {
  return SENSITIVE.has(key);
}

/** As many characters have to stand before the first wildcard or variable. https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html */
const ENOUGH = 6;

/** Whether a pattern has a wildcard with too little before it. */
export function isBroadPattern(pattern: string): boolean {
  const at = /[*?]|\$\{/.exec(pattern);
  return at !== null && at[0] !== '${' && at.index < ENOUGH;
}

/** Whether a text has a variable, with too little before it, whose value the resource or its account does not decide. */
export function takesFromCaller(text: string): boolean {
  const at = text.indexOf('${');
  return at >= 0 && at < ENOUGH && variablesOf(text).some(({ key }) => !/^aws:resource/i.test(key));
}
