/** Clauses that describe parts of a statement. */
import { flatMap } from '../../base/flat-map.ts';
import { Guard, type Truth } from '../../base/guard.ts';
import { some } from '../../base/words.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { Condition } from '../../model/policy.ts';
import type { Stack } from '../../model/resource.ts';
import { scenario } from '../../model/scenario.ts';
import { NOT_KNOWN, shown } from '../../model/shown.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { readOperator, type Operator } from '../../policy/text/condition-operator.ts';
import { UNKNOWN_PIECE } from '../../policy/text/unknown-piece.ts';
import { OWN_ACCOUNT, principalReading } from '../../policy/principal/principal.ts';
import { arnOfLeaf, resourceWords, shownArn } from './arn.ts';

/** A possible item of a list. */
export interface PossibleItem {
  readonly leaf: Leaf;
  /** The scenarios in which the item is present; undefined if unknown. */
  readonly guard: Guard | undefined;
}

/** The possible items of a list in the given scenarios. */
export function possibleItemsIn(value: Value, within: Guard): readonly PossibleItem[] {
  return flatMap(itemsOf(value, true).items, (item) =>
    flatMap(leaves(item.value), ({ guard, value: leaf }): readonly PossibleItem[] => {
      if (leaf.state === 'absent' || (leaf.state === 'known' && leaf.value === null)) return [];
      if (isNeverPresent(within, item.when.yes, guard)) return [];
      const there = presenceOf(item.when, within);
      return [{ leaf, guard: there && presenceOf({ yes: there.and(guard) }, within) }];
    }),
  );
}

/** The scenarios in which something is present; `always` if they cover `within`, undefined if unknown. */
export function presenceOf({ yes }: Pick<Truth, 'yes'>, within: Guard): Guard | undefined {
  return within.coveredBy(yes) ? Guard.always : yes.satisfiable() ? yes : undefined;
}

/** Whether something is absent from all given scenarios although each of its guards is satisfiable. */
export function isNeverPresent(within: Guard, ...parts: readonly Guard[]): boolean {
  const all = parts.reduce((both, part) => both.and(part), within);
  return all.exact && !all.satisfiable() && parts.every((part) => part.satisfiable());
}

/** The phrases for some items, without duplicates, each followed by its scenarios if they are not all. */
export function phrasesOf<T extends { readonly guard: Guard | undefined }>(
  things: readonly T[],
  wordsOf: (thing: T) => string,
): readonly string[] {
  const guards = new Map<string, Guard | undefined>();
  // Values for other parameter values add nothing to the value for the default.
  const usual = things.some(({ guard }) => isByDefault(guard))
    ? things.filter(({ guard }) => !guard?.describe().some(({ value }) => value === 'another value'))
    : things;
  for (const thing of usual) {
    const words = wordsOf(thing);
    const before = guards.get(words);
    guards.set(
      words,
      !guards.has(words) ? thing.guard : before && thing.guard ? before.or(thing.guard) : (before ?? thing.guard),
    );
  }
  return [...guards].map(([words, guard]) => `${words}${scenarioSuffix(guard)}`);
}

/** The scenarios of something as a suffix: ` (when IsProd is true)`; empty for all scenarios. */
export function scenarioSuffix(guard: Guard | undefined): string {
  if (guard?.isAlways()) return '';
  return isByDefault(guard) ? ' (by default)' : ` (${scenario(guard?.describe() ?? []) || 'in some scenarios'})`;
}

/** Whether something applies because of parameter defaults only. */
function isByDefault(guard: Guard | undefined): boolean {
  return (
    guard !== undefined &&
    !guard.isAlways() &&
    guard.holdsByDefault() &&
    guard.describe().every(({ kind }) => kind === 'parameter')
  );
}

/** The known strings of a list in the given scenarios. */
export function knownTextsWithin(value: Value, within: Guard): readonly string[] {
  return flatMap(possibleItemsIn(value, within), ({ leaf }) =>
    leaf.state === 'known' && !leaf.origin.secret ? [leaf.raw] : [],
  );
}

/** Whether an element is present but empty in every scenario. */
export function isEmptyElement(value: Value): boolean {
  return leaves(value).every(
    ({ value: leaf }) =>
      (leaf.state === 'list' && !leaf.open && leaf.items.length === 0) ||
      (leaf.state === 'object' && !leaf.open && leaf.entries.every(({ value: held }) => isEmptyElement(held))),
  );
}

const MOST_VALUES = 3;

/** The phrase for principal `*`: every AWS account and anonymous users. */
export const ANYONE = 'anyone';

/** A condition as a clause: `aws:PrincipalOrgID is o-1234567890`. */
export function conditionClause({ operator: written, key, values, when }: Condition, within: Guard): string {
  return `${clauseOf(written, key, values, within)}${scenarioSuffix(presenceOf(when, within))}`;
}

function clauseOf(written: string, key: string, values: Value, within: Guard): string {
  const operator = readOperator(written);
  const unknown = operator?.family === 'IpAddress' ? 'an unknown range' : NOT_KNOWN;
  const all = phrasesOf(possibleItemsIn(values, within), ({ leaf }) => {
    const words = valueWords(leaf);
    return words === NOT_KNOWN ? unknown : words;
  });
  const listed =
    some(all, MOST_VALUES, operator?.negated ? 'nor' : 'or') || (isEmptyElement(values) ? 'one of no values' : unknown);
  if (!operator) return `${written} matches ${key} with ${listed}`;
  if (operator.family === 'Null') {
    const [only] = all.length === 1 ? all : [];
    return only?.toLowerCase() === 'false'
      ? `${key} is present`
      : only?.toLowerCase() === 'true'
        ? `${key} is missing`
        : `${key} is missing or present`;
  }
  const subject =
    operator.qualifier === 'ForAllValues'
      ? `every value of ${key}`
      : operator.qualifier === 'ForAnyValue'
        ? `some value of ${key}`
        : key;
  const missing =
    operator.qualifier === 'ForAllValues'
      ? ' (or the key is missing)'
      : operator.holdsWithoutKey
        ? ' (or the key is missing)'
        : '';
  const letters = operator.comparison === 'equalsIgnoreCase' ? ' (case-insensitive)' : '';
  return `${subject} ${verb(operator)} ${listed}${letters}${missing}`;
}

function valueWords(leaf: Leaf): string {
  if (isOwnAccount(leaf)) return 'this account';
  return leaf.state === 'known' && !leaf.origin.secret && leaf.raw === '' ? 'an empty string' : shown(leaf);
}

/** Whether a value is the ID of the stack's own account. */
function isOwnAccount(leaf: Leaf): boolean {
  return !leaf.origin.secret && principalReading('AWS', leaf).text === OWN_ACCOUNT;
}

function verb({ family, comparison, negated }: Operator): string {
  const not = negated ? ' not' : '';
  if (family === 'IpAddress') return `is${not} in`;
  if (family === 'Date')
    return `is${not} ${{ lessThan: 'before', lessThanEquals: 'not after', greaterThan: 'after', greaterThanEquals: 'not before', equals: '', like: '', equalsIgnoreCase: '' }[comparison]}`.trimEnd();
  switch (comparison) {
    case 'like':
      return `is${not} like`;
    case 'lessThan':
      return 'is less than';
    case 'lessThanEquals':
      return 'is at most';
    case 'greaterThan':
      return 'is more than';
    case 'greaterThanEquals':
      return 'is at least';
    default:
      return family === 'Arn' ? `is${not} like` : `is${not}`;
  }
}

/** The phrase for a principal that is granted access. */
export function principalWords(kind: string | undefined, leaf: Leaf, stack: Stack): string {
  if (leaf.origin.secret) return 'a secret principal';
  const text = shownArn(leaf);
  if (text === '*' && kind !== 'Service' && kind !== 'Federated') return ANYONE;
  if (leaf.state === 'unknown')
    return isOwnAccount(leaf) ? 'this account' : kind === 'Service' ? 'an unknown service' : 'an unknown principal';
  if (kind === 'Service') return `the service ${text}`;
  if (kind === 'Federated')
    return text === '*'
      ? 'users of any identity provider'
      : `users authenticated by ${text.replace(/^arn:.*?:(?:oidc|saml)-provider\//, '')}`;
  if (kind === 'CanonicalUser')
    return leaf.state === 'known' ? `the account with canonical user ID ${text.slice(0, 12)}…` : text;
  const arn = leaf.state === 'reference' ? arnOfLeaf(leaf, stack) : undefined;
  if (arn?.of) return resourceWords(arn.of);
  const { form, account } = principalReading('AWS', leaf);
  if (form !== 'account' && form !== 'root') return text;
  return account === OWN_ACCOUNT
    ? 'this account'
    : account === '*' || account?.includes(UNKNOWN_PIECE)
      ? 'an unknown account'
      : `the account ${account!}`;
}
