/**
 * The principals that can replace a wildcard: the account, the organization that the documents name, or the principals
 * that the policy already lists.
 */
import { NewPseudo, NewText, type Fix, type NewValue } from '../../model/edit.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import type { Stack } from '../../model/resource.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { arnScopeOf } from '../resource/arn-template.ts';
import { mayDeny } from '../condition/in-force.ts';
import { newOwnAccount } from './own-account.ts';
import { OWN_ACCOUNT, principalReading, principalsIn } from './principal.ts';

/**
 * Fixes that replace a wildcard by known principals, narrowest first. The root of an account represents the account,
 * whose own policies decide which of its identities have access:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * @param wildcard The wildcard principal. Other values, such as those of `NotPrincipal` or unknown ones, and statements
 * that can deny have no fixes.
 */
export function knownPrincipals(
  policy: PolicyDocument,
  statement: Statement,
  wildcard: Leaf,
  stack: Stack,
): readonly Fix[] {
  if (wildcard.state !== 'known' || wildcard.raw !== '*' || mayDeny(statement)) return [];
  return [
    ...namedBeside(policy, statement, wildcard),
    ...ownRoot(policy, statement, wildcard, stack),
    ...ofOrganization(policy, statement, wildcard, stack),
  ];
}

/** Removes the wildcard from a list with other principals. */
function namedBeside({ host: resource }: PolicyDocument, { principals }: Statement, target: Leaf): readonly Fix[] {
  const under = principalsIn(principals).find(({ value }) => value === target)?.under;
  if (
    under?.state !== 'list' ||
    under.open ||
    under.items.some(({ value, when }) => value.state === 'choice' || !when.yes.isAlways())
  )
    return [];
  const others = under.items.map(({ value }) => value).filter((value) => value !== target);
  const [first] = others;
  if (!first) return [];
  const only =
    others.length > 1
      ? `the ${others.length} other principals in the list`
      : first.state === 'known'
        ? first.raw
        : 'the other principal in the list';
  return [
    {
      title: `Restrict to ${only} (ends this public access)`,
      safe: false,
      uncovers: 'part',
      edits: [{ op: 'removeItem', resource, target }],
    },
  ];
}

function ownRoot(policy: PolicyDocument, { principals }: Statement, target: Leaf, stack: Stack): readonly Fix[] {
  const account = accountOf(policy, stack);
  if (
    account === undefined ||
    isRootNamed(principals, typeof account.written === 'string' ? account.written : OWN_ACCOUNT)
  )
    return [];
  const pieces = ['arn:', arnScopeOf(policy, stack).partition, ':iam::', account.written, ':root'];
  const root: NewValue = pieces.every((piece) => typeof piece === 'string') ? pieces.join('') : new NewText(...pieces);
  // A wildcard that is the whole element has no key.
  const value = leaves(principals).some(({ value: whole }) => whole === target) ? { AWS: root } : root;
  return [
    {
      title: `Restrict to ${account.called} (ends this public access)`,
      safe: false,
      uncovers: 'part',
      edits: [{ op: 'replace', resource: policy.host, target, value }],
    },
  ];
}

/** Whether the account root is already listed, which the fix would duplicate. */
function isRootNamed(principals: Value, account: string): boolean {
  return principalsIn(principals).some(({ kind, value, when }) => {
    const { form, account: named } =
      kind === 'AWS' && when.yes.isAlways() ? principalReading(kind, value) : { form: 'other', account: undefined };
    return (form === 'root' || form === 'account') && named === account;
  });
}

/** The account of a policy: an expression of its format, or the only account in its ARNs. */
function accountOf(
  policy: PolicyDocument,
  stack: Stack,
): { readonly written: string | NewPseudo; readonly called: string } | undefined {
  const [written] = newOwnAccount(policy.host, stack)?.pieces ?? [];
  if (written instanceof NewPseudo) return { written, called: 'this account' };
  const { account } = arnScopeOf(policy);
  const number = account === '*' ? onlyRootOf(policy) : account;
  return typeof number === 'string' ? { written: number, called: `account ${number}` } : undefined;
}

/** The only account whose root user a policy names as a principal. */
function onlyRootOf({ statements }: PolicyDocument): string | undefined {
  const accounts = new Set<string>();
  for (const { principals } of statements)
    for (const { kind, value } of principalsIn(principals)) {
      const { form, account } = kind === 'AWS' ? principalReading(kind, value) : { form: 'other', account: undefined };
      if ((form === 'root' || form === 'account') && account !== undefined) accounts.add(account);
    }
  const [only] = accounts;
  return accounts.size === 1 && /^\d{12}$/.test(only!) ? only : undefined;
}

/** A fix that restricts access to the only organization that the policies of the stack name. */
function ofOrganization(
  { host: resource, kind }: PolicyDocument,
  statement: Statement,
  wildcard: Leaf,
  stack: Stack,
): readonly Fix[] {
  const isWhole = statement.principals === wildcard;
  // A condition would also apply to the other principals: services have no organization, and accounts can have another
  // one.
  const named = principalsIn(statement.principals);
  if (!isWhole && !(named.length === 1 && named.every(({ value, when }) => value === wildcard && when.yes.isAlways())))
    return [];
  const id = organizationOf(stack);
  if (id === undefined || statement.conditions.some(({ key }) => key.toLowerCase() === ORGANIZATION)) return [];
  return [
    {
      title: `Restrict to organization ${id} (ends this public access)`,
      safe: false,
      uncovers: 'part',
      edits: [
        // IAM rejects Principal "*" in trust policies.
        ...(isWhole && kind === 'trust'
          ? [{ op: 'replace', resource, target: wildcard, value: { AWS: '*' } } as const]
          : []),
        {
          op: 'mergeCondition',
          resource,
          target: statement.value,
          operator: 'StringEquals',
          key: 'aws:PrincipalOrgID',
          value: id,
        },
      ],
    },
  ];
}

const ORGANIZATION = 'aws:principalorgid';

/** The maximum number of policies of a stack that are searched for an organization. */
const MOST_POLICIES = 200;

/** The only organization ID in the conditions of a stack's policies. */
export function organizationOf({ policies }: Stack): string | undefined {
  const ids = new Set<string>();
  for (const { statements } of policies.slice(0, MOST_POLICIES))
    for (const { conditions } of statements)
      for (const { key, values } of conditions) {
        if (!/^aws:(?:principal|source|resource)orgid$/i.test(key)) continue;
        for (const { value } of itemsOf(values, true).items)
          if (value.state === 'known' && !value.origin.secret && /^o-[a-z0-9]{10,32}$/.test(value.raw))
            ids.add(value.raw);
      }
  const [only] = ids;
  return ids.size === 1 ? only : undefined;
}
