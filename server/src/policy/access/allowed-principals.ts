/**
 * The principals that a statement of a resource-based policy names, as identities of the document or external
 * principals.
 */
import { flatMap } from '../../base/flat-map.ts';
import { Guard } from '../../base/guard.ts';
import { memoize } from '../../base/memoize.ts';
import { all, any, isPresent, judgement, NO, not, UNKNOWABLE, YES, type Judgement } from '../../model/judgement.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { Statement } from '../../model/policy.ts';
import type { Resource, Stack } from '../../model/resource.ts';
import { resourcesOfTypes } from '../../model/resources-of-type.ts';
import { shown } from '../../model/shown.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { readOperator } from '../text/condition-operator.ts';
import { isForeign } from '../principal/own-account.ts';
import {
  namesAnyPrincipal,
  OWN_ACCOUNT,
  principalReading,
  principalsIn,
  type PrincipalKind as WrittenKind,
} from '../principal/principal.ts';
import { isReferred, namesOf } from '../resource/target.ts';
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';
import type { AccessPrincipal } from './access.ts';
import { holdsWithStatement, narrowedAnyone, narrowedMembers, requiresOwnAccount } from './narrowed-anyone.ts';
import { withConditions } from '../statement/with-conditions.ts';

/** A principal of a statement, with the scenarios in which it is named. */
export interface AllowedPrincipal {
  readonly principal: AccessPrincipal;
  readonly when: Judgement;
  /**
   * Whether the account is certainly another one; unknown for an account ID in a document that does not name its own.
   */
  readonly isForeign: boolean | undefined;
  /** Whether the statement names anyone, and only its conditions narrow that to this principal. */
  readonly isAnyone?: boolean;
  /** The statement without the conditions that the principal expresses; itself by default. */
  readonly rest?: Statement;
}

const IDENTITIES: ReadonlySet<string> = new Set(['AWS::IAM::Role', 'AWS::IAM::User']);

/** The principals of an Allow statement. Memoized, because they are needed for each of its actions. */
export const allowedPrincipals = memoize((statement: Statement, stack: Stack): readonly AllowedPrincipal[] => {
  const anyone = any(namesAnyPrincipal(statement.principals), isPresent(statement.notPrincipals));
  return [
    ...(anyone.no.isAlways() || !anyone.yes.satisfiable()
      ? []
      : anyoneIn(statement, stack).map((one) => ({ ...one, when: all(anyone, one.when), isAnyone: true }))),
    ...named(statement.principals, stack),
    ...flatMap(leaves(statement.principals), ({ value }): readonly AllowedPrincipal[] =>
      value.state === 'unknown'
        ? [{ principal: { kind: 'unknown', name: shown(value) }, when: UNKNOWABLE, isForeign: undefined }]
        : [],
    ),
  ];
});

function named(element: Value, stack: Stack): readonly AllowedPrincipal[] {
  return flatMap(principalsIn(element), ({ kind, value, when }) =>
    kind === undefined ? [] : readings(kind, value, judgement(when), stack),
  );
}

/** The principals of a value of a principal type. */
export function readings(kind: WrittenKind, value: Value, when: Judgement, stack: Stack): readonly AllowedPrincipal[] {
  const parts = leaves(value);
  return flatMap(parts, ({ guard, value: leaf }): readonly AllowedPrincipal[] => {
    const read = reading(kind, leaf, stack);
    if (!read) return [];
    const others = parts.reduce<Guard>((sum, other) => (other.value === leaf ? sum : sum.or(other.guard)), Guard.never);
    return [{ ...read, when: parts.length === 1 ? when : all(when, judgement({ yes: guard, no: others })) }].filter(
      isStated,
    );
  });
}

/** Whether a principal is more than what a parameter with a default can also be. */
function isStated({ principal: { kind }, when: { yes } }: AllowedPrincipal): boolean {
  return kind !== 'unknown' || !yes.satisfiable() || yes.describe().every(({ value }) => value !== 'another value');
}

/** The condition keys that narrow anyone to identities and accounts, the narrowest first. */
const ACCOUNTS: readonly string[] = ['aws:principalarn', 'aws:principalaccount', 'kms:calleraccount'];

/** Anyone, or the principals to which conditions narrow that. */
function anyoneIn(statement: Statement, stack: Stack): readonly Omit<AllowedPrincipal, 'isAnyone'>[] {
  const { conditions, conditionsComplete } = statement;
  if (holdsWithStatement(conditionsComplete, statement)) {
    const own = conditions.find((one) => requiresOwnAccount(one, statement));
    if (own)
      return [
        membersOf(
          withConditions(
            statement,
            conditions.filter((one) => one !== own),
          ),
        ),
      ];
    for (const key of ACCOUNTS)
      for (const condition of conditions) {
        const operator = readOperator(condition.operator);
        if (condition.key.toLowerCase() !== key || !holdsWithStatement(condition.when, statement)) continue;
        if (!operator || operator.negated || operator.holdsWithoutKey || operator.family === 'Null') continue;
        const found = listedIn(condition.values, stack, key !== 'aws:principalarn' && operator.how === 'equals');
        if (found.length > 0)
          return found.map((one) =>
            one.principal.kind === 'own-account' ? { ...membersOf(statement), when: one.when } : one,
          );
      }
  }
  return [{ ...narrowedAnyone(statement), when: YES, isForeign: true }];
}

/** The principals of the account. */
function membersOf(statement: Statement): Omit<AllowedPrincipal, 'isAnyone'> {
  return { ...narrowedMembers(statement), when: YES, isForeign: false };
}

/**
 * The accounts and identities that a condition lists; none unless each is of one account.
 * @param areAccounts Whether the condition compares accounts, of which an unknown one is still one.
 */
function listedIn(values: Value, stack: Stack, areAccounts: boolean): readonly AllowedPrincipal[] {
  const { items, complete } = itemsOf(values, true);
  const isOfAccount = ({ value }: { readonly value: Leaf }): boolean =>
    identityOf(value, stack) !== undefined ||
    accountOf(value, stack) !== undefined ||
    (areAccounts && value.state === 'unknown');
  // The account of the stack is an unknown value, which could be a list if it were not known what it is.
  const own = leaves(values);
  if (own.length > 0 && own.every(isOfAccount)) return readings('AWS', values, YES, stack);
  return complete.yes.isAlways() && items.every(({ value }) => leaves(value).every(isOfAccount))
    ? flatMap(items, ({ value, when }) => readings('AWS', value, judgement(when), stack))
    : [];
}

/**
 * The account of a principal in a condition: `OWN_ACCOUNT` or an account ID; undefined if it is unknown or a pattern.
 */
export function accountOf(leaf: Leaf, stack: Stack): string | undefined {
  if (leaf.origin.secret) return undefined;
  if (identityOf(leaf, stack)) return OWN_ACCOUNT;
  const { account } = principalReading('AWS', leaf);
  if (account === undefined || (account !== OWN_ACCOUNT && !/^\d{12}$/.test(account))) return undefined;
  return isForeign(account, stack) === false ? OWN_ACCOUNT : account;
}

/**
 * Whether an account is another one than that of the stack. The configuration lists the accounts of the user, of which
 * any can be that of the stack.
 */
export function isOther(account: string | undefined, stack: Stack): boolean | undefined {
  const foreign = isForeign(account, stack);
  const { accounts } = stack.stated ?? {};
  return foreign === undefined &&
    accounts &&
    account !== undefined &&
    /^\d{12}$/.test(account) &&
    !accounts.has(account)
    ? true
    : foreign;
}

function reading(kind: WrittenKind, leaf: Leaf, stack: Stack): Omit<AllowedPrincipal, 'when'> | undefined {
  const identity = kind === 'AWS' ? identityOf(leaf, stack) : undefined;
  if (identity)
    return { principal: { kind: 'identity', name: identity.address, resource: identity }, isForeign: false };
  if (leaf.origin.secret) return { principal: { kind: 'unknown', name: shown(leaf) }, isForeign: undefined };
  const { form, account, text, name } = principalReading(kind, leaf);
  const foreign = isOther(account, stack);
  const as = (what: AccessPrincipal['kind'], name: string): Omit<AllowedPrincipal, 'when'> => ({
    principal: { kind: what, name },
    isForeign: foreign,
  });
  switch (form) {
    // Anyone has a row of its own.
    case 'anyone':
      return undefined;
    case 'account':
    case 'root':
      if (account === OWN_ACCOUNT || foreign === false) return as('own-account', '');
      return account?.includes(UNKNOWN_PIECE)
        ? as('unknown', nameOfUnknown(leaf))
        : {
            ...as('account', account ?? text),
            principal: {
              kind: 'account',
              name: account ?? text,
              isForeign: foreign === true,
              ...(stack.stated?.accounts?.has(account ?? '') ? { isOfUser: true } : {}),
            },
          };
    case 'service':
      return as('service', leaf.state === 'known' ? leaf.raw : `${name}.amazonaws.com`);
    case 'saml':
    case 'oidc':
    case 'domain':
      return as('federated', name ?? text);
    case 'canonical-user':
      return as('canonical-user', shown(leaf));
    default:
      return as(
        leaf.state === 'known' && form !== 'other' ? 'principal' : kindOfUnknown(leaf, kind),
        nameOfUnknown(leaf),
      );
  }
}

/** The name of a parameter or variable, or a value as it is shown. */
function nameOfUnknown(leaf: Leaf): string {
  const input = leaf.state === 'unknown' && !leaf.origin.secret ? leaf.input : undefined;
  return input === undefined ? shown(leaf) : input.slice(input.lastIndexOf('#') + 1);
}

function kindOfUnknown(leaf: Leaf, kind: WrittenKind): AccessPrincipal['kind'] {
  if (kind === 'Federated' && leaf.state !== 'unknown') return 'federated';
  return leaf.state === 'unknown' || leaf.state === 'reference' ? 'unknown' : 'principal';
}

/** The identity of the document that a principal names: by reference, or by the ARN with its name in this account. */
export function identityOf(leaf: Leaf, stack: Stack): Resource | undefined {
  const to = leaf.state === 'reference' ? leaf.to : lastReference(leaf);
  if (to !== undefined) {
    const found = stack.byAddress(to);
    return found && !found.external && IDENTITIES.has(found.type) && isReferred(to, found) === true ? found : undefined;
  }
  const { form, account, name } = principalReading('AWS', leaf);
  if ((form !== 'role' && form !== 'user') || name === undefined || name.includes(UNKNOWN_PIECE)) return undefined;
  if (isForeign(account, stack) !== false) return undefined;
  return identitiesByName(stack).get(`${form}/${name}`);
}

/** The identities of a stack by the last part of their ARN. */
const identitiesByName = memoize(
  (stack: Stack): ReadonlyMap<string, Resource> =>
    new Map(
      flatMap(
        resourcesOfTypes(stack, IDENTITIES).filter(({ external }) => !external),
        (resource) =>
          flatMap(namesOf(resource), ({ name, there }) => (there.yes.satisfiable() ? [[name, resource] as const] : [])),
      ),
    ),
);

/** The reference at the end of an ARN: `arn:aws:iam::${AWS::AccountId}:role/${Role}`. */
function lastReference(leaf: Leaf): string | undefined {
  const last = leaf.state === 'template' ? leaf.pieces.at(-1) : undefined;
  return typeof last === 'object' && last.state === 'reference' ? last.to : undefined;
}

/** Whether a Deny statement applies to all principals of this account, or to a given identity. */
export function denies(statement: Statement, principal: AccessPrincipal, stack: Stack): Judgement {
  const anyone = namesAnyPrincipal(statement.principals);
  const excluding = isPresent(statement.notPrincipals);
  return any(
    anyone,
    excluding.no.isAlways() ? NO : all(excluding, outsideOf(statement, principal, stack)),
    ...named(statement.principals, stack).map((one) => (isSame(one.principal, principal) ? one.when : NO)),
  );
}

/**
 * Where a Deny statement with NotPrincipal applies to a principal. An unknown name can be the principal. An account in
 * the list does not exempt its other identities, but an identity is exempt only if its account is listed too: without
 * it, the statement may deny access to the entire account. It always denies identities with a permissions boundary.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function outsideOf({ notPrincipals }: Statement, principal: AccessPrincipal, stack: Stack): Judgement {
  const listed = named(notPrincipals, stack);
  const where = (holds: (one: AllowedPrincipal) => boolean): Judgement =>
    any(...listed.filter(holds).map(({ when }) => when));
  const isListed = any(
    namesAnyPrincipal(notPrincipals),
    where((one) => idOf(one.principal) === idOf(principal)),
  );
  const isUnsure =
    principal.kind === 'unknown' ||
    listed.some(({ principal: { kind } }) => kind === 'unknown' || kind === 'principal');
  const isOutside = all(not(isListed), isUnsure ? UNKNOWABLE : YES);
  if (!principal.resource) return isOutside;
  const account = any(
    namesAnyPrincipal(notPrincipals),
    where((one) => one.principal.kind === 'own-account'),
    all(
      where(({ principal: { kind }, isForeign: foreign }) => kind === 'account' && foreign === undefined),
      UNKNOWABLE,
    ),
  );
  return any(
    isPresent(principal.resource.get('PermissionsBoundary')),
    isOutside,
    all(isListed, not(account), UNKNOWABLE),
  );
}

/** Whether two principals are the same. An account stands for its identities. */
function isSame(one: AccessPrincipal, principal: AccessPrincipal): boolean {
  if (one.kind === 'own-account') return principal.kind === 'identity' || principal.kind === 'own-account';
  return idOf(one) === idOf(principal);
}

function idOf({ kind, name, resource }: AccessPrincipal): Resource | string {
  return resource ?? `${kind} ${name}`;
}
