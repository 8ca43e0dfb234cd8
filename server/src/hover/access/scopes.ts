/** The conditions that narrow anyone, as a part of the name of a principal. */
import { flatMap } from '../../base/flat-map.ts';
import { some } from '../../base/words.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { AccessScope } from '../../policy/access/access.ts';
import { valueWords } from './value-words.ts';

/** The maximum number of values of a name. */
const MOST_VALUES = 3;

/** What is before the values of a condition key. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['aws:principalarn', 'whose ARN matches'],
  ['aws:principalorgid', 'of organization'],
  ['aws:principalorgpaths', 'of organizational unit'],
  ['aws:sourceaccount', 'acting for account'],
  ['aws:sourcearn', 'acting for'],
  ['aws:sourceip', 'from'],
  ['aws:sourceowner', 'in or acting for account'],
  ['aws:sourceorgid', 'acting for organization'],
  ['aws:sourceorgpaths', 'acting for organizational unit'],
  ['aws:sourcevpc', 'from VPC'],
  ['aws:sourcevpce', 'from VPC endpoint'],
  ['aws:vpceaccount', 'from VPC endpoints of account'],
  ['aws:vpceorgid', 'from VPC endpoints of organization'],
  ['kms:viaservice', 'through'],
  ['s3:dataaccesspointaccount', 'through access points of account'],
  ['s3:dataaccesspointarn', 'through access point'],
]);

/** A name with its restrictions: `anyone from VPC endpoint vpce-1a2b3c4d`. */
export function scopedName(name: string, scopes: readonly AccessScope[] = []): string {
  // `acting for arn:aws:s3:::logs of account 111122223333`
  const [first, ...others] = scopes.map(scopeWords);
  return [name, first, ...others.map((words) => words.replace(/^acting for/, 'of'))].join(' ').trim();
}

function scopeWords({ key, values }: AccessScope): string {
  const listed = flatMap(itemsOf(values, true).items, ({ value }) =>
    leaves(value).map((leaf) => ownerWords(valueWords(leaf.value))),
  );
  const words = `${WORDS.get(key) ?? key} ${some([...new Set(listed)], MOST_VALUES, 'or')}`;
  // `of account this account`
  return words.replace(/\b(?:account|organization) (this )/, '$1');
}

/** The owner of the resource instead of a policy variable. */
function ownerWords(text: string): string {
  if (/^\$\{aws:ResourceAccount\}$/i.test(text)) return 'this account';
  return /^\$\{aws:ResourceOrgID\}$/i.test(text) ? 'this organization' : text;
}
