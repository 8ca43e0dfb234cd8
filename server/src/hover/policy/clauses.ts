/** Parts of a statement as clauses of a sentence. */
import { Guard, type Truth } from '../../base/guard.ts';
import { some } from '../../base/words.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { Condition } from '../../model/policy.ts';
import type { Stack } from '../../model/resource.ts';
import { scenario } from '../../model/scenario.ts';
import { shown } from '../../model/shown.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { readOperator, type Operator } from '../../policy/condition-operator.ts';
import { HOLE } from '../../policy/hole.ts';
import { OWN_ACCOUNT, principalReading } from '../../policy/principal.ts';
import { arnOf, resourceWords, shownArn } from './arn.ts';

/** Something that a list can have. */
export interface Placed {
  readonly leaf: Leaf;
  /** In which scenarios it is there; undefined where that is not known. */
  readonly guard: Guard | undefined;
}

/** What a list can have, in whatever of some scenarios. */
export function placedIn(value: Value, within: Guard): readonly Placed[] {
  return itemsOf(value, true).items.flatMap((item) =>
    leaves(item.value).flatMap(({ guard, value: leaf }): readonly Placed[] => {
      if (leaf.state === 'absent' || (leaf.state === 'known' && leaf.value === null)) return [];
      if (isNowhere(within, item.when.yes, guard)) return [];
      const there = whereIs(item.when, within);
      return [{ leaf, guard: there && whereIs({ yes: there.and(guard) }, within) }];
    }),
  );
}

/** The scenarios in which something is there, all of them where these are all of some; undefined where that is not known. */
export function whereIs({ yes }: Pick<Truth, 'yes'>, within: Guard): Guard | undefined {
  return within.coveredBy(yes) ? Guard.always : yes.satisfiable() ? yes : undefined;
}

/** Whether something is there in none of some scenarios, though each part of what decides on it holds in others. */
export function isNowhere(within: Guard, ...parts: readonly Guard[]): boolean {
  const all = parts.reduce((both, part) => both.and(part), within);
  return all.exact && !all.satisfiable() && parts.every((part) => part.satisfiable());
}

/** What stands for things, each once, and behind it the scenarios in which it is there if these are not all. */
export function saidOf<T extends { readonly guard: Guard | undefined }>(
  things: readonly T[],
  wordsOf: (thing: T) => string,
): readonly string[] {
  const said = new Map<string, Guard | undefined>();
  // What another value of a parameter than its default comes to says nothing beside what the default comes to.
  const usual = things.some(({ guard }) => isByDefault(guard))
    ? things.filter(({ guard }) => !guard?.describe().some(({ value }) => value === 'another value'))
    : things;
  for (const thing of usual) {
    const words = wordsOf(thing);
    const before = said.get(words);
    said.set(
      words,
      !said.has(words) ? thing.guard : before && thing.guard ? before.or(thing.guard) : (before ?? thing.guard),
    );
  }
  return [...said].map(([words, guard]) => `${words}${whenWords(guard)}`);
}

/** In which scenarios something is, as what stands behind it: ` (when IsProd is true)`; empty for all of them. */
export function whenWords(guard: Guard | undefined): string {
  if (guard?.isAlways()) return '';
  return isByDefault(guard) ? ' (by default)' : ` (${scenario(guard?.describe() ?? []) || 'in some scenarios'})`;
}

/** Whether something is so because of the defaults of parameters. */
function isByDefault(guard: Guard | undefined): boolean {
  return (
    guard !== undefined &&
    !guard.isAlways() &&
    guard.holdsByDefault() &&
    guard.describe().every(({ kind }) => kind === 'parameter')
  );
}

/** The known texts of a list, in whatever of some scenarios. */
export function textsOf(value: Value, within: Guard): readonly string[] {
  return placedIn(value, within).flatMap(({ leaf }) =>
    leaf.state === 'known' && !leaf.origin.secret ? [leaf.raw] : [],
  );
}

/** Whether an element is there and has nothing in it, in every scenario. */
export function isEmpty(value: Value): boolean {
  return leaves(value).every(
    ({ value: leaf }) =>
      (leaf.state === 'list' && !leaf.open && leaf.items.length === 0) ||
      (leaf.state === 'object' && !leaf.open && leaf.entries.every(({ value: held }) => isEmpty(held))),
  );
}

const MOST_VALUES = 3;

/** A condition as a clause: `aws:PrincipalOrgID is o-1234567890`. */
export function conditionClause({ operator: written, key, values, when }: Condition, within: Guard): string {
  return `${clauseOf(written, key, values, within)}${whenWords(whereIs(when, within))}`;
}

function clauseOf(written: string, key: string, values: Value, within: Guard): string {
  const operator = readOperator(written);
  const all = saidOf(placedIn(values, within), ({ leaf }) => valueWords(leaf));
  const listed =
    some(all, MOST_VALUES, operator?.negated ? 'nor' : 'or') ||
    (isEmpty(values) ? 'one of no values' : 'a value that is not known here');
  if (!operator) return `${written} of ${key} holds for ${listed}`;
  if (operator.family === 'Null') {
    const [only] = all.length === 1 ? all : [];
    return only?.toLowerCase() === 'false'
      ? `${key} is there`
      : only?.toLowerCase() === 'true'
        ? `${key} is missing`
        : `${key} is missing or there`;
  }
  const subject =
    operator.qualifier === 'ForAllValues'
      ? `every value of ${key}`
      : operator.qualifier === 'ForAnyValue'
        ? `some value of ${key}`
        : key;
  const missing =
    operator.qualifier === 'ForAllValues' ? ' (or there is none)' : operator.holdsWithoutKey ? ' (or is missing)' : '';
  const letters = operator.comparison === 'equalsIgnoreCase' ? ' in whatever case' : '';
  return `${subject} ${verb(operator)} ${listed}${letters}${missing}`;
}

function valueWords(leaf: Leaf): string {
  if (isOwnAccount(leaf)) return 'this account';
  return leaf.state === 'known' && !leaf.origin.secret && leaf.raw === '' ? 'the empty text' : shown(leaf);
}

/** Whether a value is the id of the account in which the stack is. */
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

/** Whom a principal of a kind means, as somebody to whom something is allowed. */
export function principalWords(kind: string | undefined, leaf: Leaf, stack: Stack): string {
  if (leaf.origin.secret) return 'somebody who is not shown here';
  const text = shownArn(leaf);
  if (text === '*' && kind !== 'Service' && kind !== 'Federated') return 'everybody';
  if (leaf.state === 'unknown')
    return isOwnAccount(leaf)
      ? 'this account'
      : kind === 'Service'
        ? 'a service that is not known here'
        : 'somebody who is not known here';
  if (kind === 'Service') return `the service ${text}`;
  if (kind === 'Federated')
    return text === '*'
      ? 'whoever signed in somewhere'
      : `whoever signed in with ${text.replace(/^arn:.*?:(?:oidc|saml)-provider\//, '')}`;
  if (kind === 'CanonicalUser')
    return leaf.state === 'known' ? `the account with the canonical id ${text.slice(0, 12)}…` : text;
  const arn = leaf.state === 'reference' ? arnOf(leaf, stack) : undefined;
  if (arn?.of) return resourceWords(arn.of);
  const { form, account } = principalReading('AWS', leaf);
  if (form !== 'account' && form !== 'root') return text;
  return account === OWN_ACCOUNT
    ? 'this account'
    : account === '*' || account?.includes(HOLE)
      ? 'an account that is not known here'
      : `the account ${account!}`;
}
