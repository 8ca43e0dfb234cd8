/** Parts of a statement as clauses of a sentence. */
import { some } from '../../base/words.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { Condition } from '../../model/policy.ts';
import { shown } from '../../model/shown.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { readOperator, type Operator } from '../../policy/condition-operator.ts';
import { shownArn } from './arn.ts';

/** Every text that a list can have, in whatever scenario. */
export function leavesOf(value: Value): readonly Leaf[] {
  return itemsOf(value, true).items.flatMap((item) => leaves(item.value).map((one) => one.value)).filter((leaf) => leaf.state !== 'absent' && !(leaf.state === 'known' && leaf.value === null));
}

/** The known texts of a list. */
export function textsOf(value: Value): readonly string[] {
  return leavesOf(value).flatMap((leaf) => leaf.state === 'known' && !leaf.origin.secret ? [leaf.raw] : []);
}

const MOST_VALUES = 3;

/** A condition as a clause: `aws:PrincipalOrgID is o-1234567890`. */
export function conditionClause({ operator: written, key, values }: Condition): string {
  const operator = readOperator(written);
  const shownValues = leavesOf(values).map((leaf) => shown(leaf));
  const listed = some(shownValues, MOST_VALUES).replace(/ and (?=\S+$)/, operator?.negated ? ' nor ' : ' or ') || 'a value that is not known here';
  if (!operator) return `${written} of ${key} holds for ${listed}`;
  if (operator.family === 'Null') return shownValues[0]?.toLowerCase() === 'false' ? `${key} is there` : shownValues[0]?.toLowerCase() === 'true' ? `${key} is missing` : `${key} is missing or there`;
  const subject = operator.qualifier === 'ForAllValues' ? `every value of ${key}` : operator.qualifier === 'ForAnyValue' ? `some value of ${key}` : key;
  const missing = operator.qualifier === 'ForAllValues' ? ' (or there is none)' : operator.holdsWithoutKey ? ' (or is missing)' : '';
  return `${subject} ${verb(operator)} ${listed}${missing}`;
}

function verb({ family, comparison, negated }: Operator): string {
  const not = negated ? ' not' : '';
  if (family === 'IpAddress') return `is${not} in`;
  if (family === 'Date') return `is${not} ${ { lessThan: 'before', lessThanEquals: 'at the latest', greaterThan: 'after', greaterThanEquals: 'at the earliest', equals: '', like: '', equalsIgnoreCase: '' }[comparison]}`.trimEnd();
  switch (comparison) {
    case 'like': return `is${not} like`;
    case 'lessThan': return 'is less than';
    case 'lessThanEquals': return 'is at most';
    case 'greaterThan': return 'is more than';
    case 'greaterThanEquals': return 'is at least';
    default: return family === 'Arn' ? `is${not} like` : `is${not}`;
  }
}

const ROOT = /^arn:[^:]*:iam::([^:]*):root$/;

/** Whom a principal of a kind means, as somebody to whom something is allowed. */
export function principalWords(kind: string | undefined, leaf: Leaf): string {
  const text = shownArn(leaf);
  if (text === '*' && kind !== 'Service' && kind !== 'Federated') return 'everybody';
  if (kind === 'Service') return `the service ${text}`;
  if (kind === 'Federated') return `who signed in with ${text.replace(/^arn:.*?:(?:oidc|saml)-provider\//, '')}`;
  if (kind === 'CanonicalUser') return `the account with the canonical id ${text.slice(0, 12)}…`;
  if (/^\d{12}$/.test(text)) return `the account ${text}`;
  const root = ROOT.exec(text);
  if (root) return root[1] === '…' ? 'an account' : `the account ${root[1]!}`;
  if (leaf.state === 'unknown') return 'somebody who is not known here';
  return text;
}
