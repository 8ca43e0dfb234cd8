/** The account of a stack, as far as its documents name it. */
import { flatMap } from '../../base/flat-map.ts';
import { memoize } from '../../base/memoize.ts';
import { unnoted } from '../../base/reads.ts';
import { NewPseudo, NewText } from '../../model/edit.ts';
import { hasPseudoParameters, isModule } from '../../model/format.ts';
import { leaves } from '../../model/navigate.ts';
import { asking, POLICIES_QUESTION, type Question } from '../../model/question.ts';
import type { PolicyDocument, PolicyKind } from '../../model/policy.ts';
import { stableNameOf, type Resource, type Stack } from '../../model/resource.ts';
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';
import { OWN_ACCOUNT, principalReading, principalsIn } from './principal.ts';

/** How the policies of a stack name its own account. */
interface OwnAccount {
  /** Whether an expression names it. A literal account ID is then most likely another account. */
  readonly bySymbol: boolean;
  /** Account IDs that are certainly those of the stack. */
  readonly numbers: ReadonlySet<string>;
}

/**
 * How the policies of a stack name its own account. An identity provider in a trust policy belongs to the account of
 * the role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp.html
 */
function ownAccountOf(stack: Stack): OwnAccount {
  return asking(
    OWN_ACCOUNT_QUESTION,
    unnoted(() => ownAccountIn(stack)),
  );
}

const OWN_ACCOUNT_QUESTION: Question = {
  key: 'own account',
  sufficient: POLICIES_QUESTION,
  answer: ({ stack }) => {
    const { bySymbol, numbers } = ownAccountIn(stack);
    return [bySymbol, ...numbers].join();
  },
};

/**
 * Kinds of policies that apply to the identity that has them, so that they name no principals.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
const WITHOUT_PRINCIPALS: ReadonlySet<PolicyKind> = new Set(['identity', 'boundary', 'permission-set', 'session']);

const ownAccountIn = memoize((stack: Stack): OwnAccount => {
  // An edit concerns few policies, so those of most resources are known from the last version.
  const facts = stack.facts?.();
  const places = new Map<string, number>();
  const all = stack.policies
    .filter(({ kind }) => !WITHOUT_PRINCIPALS.has(kind))
    .map((policy) => {
      const compute = (): OwnAccount => ownAccountBy(policy);
      const host = stableNameOf(policy.host);
      const place = places.get(host) ?? 0;
      places.set(host, place + 1);
      return facts ? facts.of(`own account ${place}`, host, compute, () => true) : compute();
    });
  return {
    bySymbol: all.some(({ bySymbol }) => bySymbol),
    numbers: new Set(flatMap(all, ({ numbers }) => [...numbers])),
  };
});

/** How one policy names the account of its stack. */
function ownAccountBy({ kind: kindOfPolicy, statements }: PolicyDocument): OwnAccount {
  let bySymbol = false;
  const numbers = new Set<string>();
  for (const { principals } of statements)
    for (const { kind, value } of principalsIn(principals)) {
      if (kind === undefined) continue;
      for (const { value: leaf } of leaves(value)) {
        const { form, account } = principalReading(kind, leaf);
        if (account === OWN_ACCOUNT) bySymbol = true;
        else if (kindOfPolicy === 'trust' && (form === 'saml' || form === 'oidc') && /^\d{12}$/.test(account!))
          numbers.add(account!);
      }
    }
  return { bySymbol, numbers };
}

const NO_ACCOUNTS: ReadonlySet<string> = new Set();

/**
 * Whether an account is another one than that of a stack; undefined for an account ID of unknown ownership and for an
 * external value.
 * @param listed The user's own accounts, where the configuration lists them.
 * @param resource The resource whose policy names the account.
 */
export function isForeign(
  account: string | undefined,
  stack: Stack,
  listed?: ReadonlySet<string>,
  resource?: Pick<Resource, 'accounts'>,
): boolean | undefined {
  if (account === undefined || account === OWN_ACCOUNT) return false;
  if (account.includes(UNKNOWN_PIECE)) return undefined;
  if (!/^\d{12}$/.test(account)) return false;
  // Only now, because all policies of the stack are read for it.
  const { bySymbol, numbers } = ownAccountOf(stack);
  if (numbers.has(account)) return false;
  if (listed?.has(account)) return false;
  const { ids, areAll } = stack.providerAccounts ?? { ids: NO_ACCOUNTS, areAll: false };
  if (resource?.accounts?.size === 1 && resource.accounts.has(account)) return false;
  // With several accounts, or with a provider that names none, it is not known in which of them a resource is.
  if (ids.has(account)) return ids.size === 1 && areAll ? false : undefined;
  return areAll || listed !== undefined || bySymbol || numbers.size > 0 || undefined;
}

/**
 * The expression for the account: a pseudo parameter, or a declared Terraform data source; undefined if the format or
 * the stack has neither.
 */
export function newOwnAccount(host: Resource, { sources = [] }: Stack): NewText | undefined {
  if (hasPseudoParameters(host.format)) return new NewText(new NewPseudo('AWS::AccountId', ''));
  // A module can only reference its own data sources.
  const source =
    isModule(host.format) && !host.address.startsWith('module.')
      ? sources.find(
          ({ nativeType, address, repeated }) =>
            !repeated && nativeType === 'aws_caller_identity' && /^data\.aws_caller_identity\.[\w-]+$/.test(address),
        )
      : undefined;
  return source && new NewText(new NewPseudo('AWS::AccountId', `\${${source.address}.account_id}`));
}
