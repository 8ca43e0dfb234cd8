/** What is known of the requests of principals that policies of a resource name, and of the members of a group. */
import { YES } from '../../model/judgement.ts';
import type { Stack } from '../../model/resource.ts';
import type { Leaf } from '../../model/value.ts';
import type { PartlyKnown, RequestContext } from '../condition/condition-holds.ts';
import { OWN_ACCOUNT, principalReading } from '../principal/principal.ts';
import type { Operator } from '../text/condition-operator.ts';
import { fitsArn, fitsPattern, plain } from '../text/condition-text.ts';
import type { AccessPrincipal } from './access.ts';
import { factsOfScopes } from './narrowed-anyone.ts';
import { accountOf, identityOf, isOther } from './allowed-principals.ts';

/**
 * The facts about a principal that is not an identity of the document. Those of accounts have many ARNs, all with their
 * account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalaccount
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export function factsOfNamed(principal: AccessPrincipal, stack: Stack): RequestContext {
  const isService: RequestContext = new Map([
    ['aws:principalisawsservice', [String(principal.kind === 'service')]],
    ...factsOfScopes(principal),
  ]);
  const account = accountOfPrincipal(principal);
  if (account === undefined) return isService;
  const accountFact = fact(`account ${account}`, false, (listed) => isOfAccount(account, listed, stack));
  return new Map([
    ...isService,
    ['aws:principalaccount', [accountFact]],
    ['kms:calleraccount', [accountFact]],
    ['aws:principalarn', [EXACT.test(principal.name) ? exactly(principal.name, stack) : someArnOf(account, stack)]],
  ]);
}

/**
 * The ARN of the root user, which the row of the account is about.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
export function factsOfRoot(stack: Stack): RequestContext {
  const isRoot = (listed: Leaf): boolean | undefined => {
    if (identityOf(listed, stack)) return false;
    const { form } = principalReading('AWS', listed);
    if (form === 'role' || form === 'user') return false;
    return isOfAccount(OWN_ACCOUNT, listed, stack) === false ? false : undefined;
  };
  return new Map([['aws:principalarn', [fact('root', false, isRoot)]]]);
}

/** The ARNs of the members of a group, who are users of this account. */
export function factsOfMembers(stack: Stack): RequestContext {
  const isMember = (listed: Leaf): false | undefined =>
    identityOf(listed, stack)?.type === 'AWS::IAM::Role' ||
    principalReading('AWS', listed).form === 'role' ||
    isOfAccount(OWN_ACCOUNT, listed, stack) === false
      ? false
      : undefined;
  return new Map([['aws:principalarn', [fact('members', true, isMember)]]]);
}

function accountOfPrincipal({ kind, name }: AccessPrincipal): string | undefined {
  if (kind === 'own-account') return OWN_ACCOUNT;
  return kind === 'account' || kind === 'principal'
    ? /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::(?!.*[*?]).*)?$/.exec(name)?.[1]
    : undefined;
}

/** The ARN of a role or user, which is that of each of its requests. */
const EXACT = /^arn:[^:]*:iam::\d{12}:(?:role|user)\/[^*?$]+$/;

function exactly(arn: string, stack: Stack): PartlyKnown {
  const account = arn.split(':')[4]!;
  return fact(arn, false, (listed, { how, family }) => {
    if (isOfAccount(account, listed, stack) === false) return false;
    if (listed.state !== 'known' || listed.origin.secret || listed.raw.includes('$')) return undefined;
    if (how === 'equals') return listed.raw === arn;
    return (family === 'Arn' ? fitsArn : fitsPattern)(plain(arn), listed.raw);
  });
}

/** Any ARN of an account. */
function someArnOf(account: string, stack: Stack): PartlyKnown {
  return fact(`ARN of ${account}`, true, (listed, { how }) => {
    const isOfThatAccount = isOfAccount(account, listed, stack);
    // A pattern for all principals of the account.
    if (
      isOfThatAccount === true &&
      how !== 'equals' &&
      listed.state === 'known' &&
      listed.raw.endsWith(`:${account}:*`)
    )
      return true;
    return isOfThatAccount === false ? false : undefined;
  });
}

/** Whether a listed account, or the account of a listed ARN, is a given one. */
function isOfAccount(account: string, listed: Leaf, stack: Stack): boolean | undefined {
  const other = accountOf(listed, stack);
  if (other === undefined) return undefined;
  if (other === account) return true;
  const foreign = other === OWN_ACCOUNT ? account : account === OWN_ACCOUNT ? other : undefined;
  return foreign === undefined || isOther(foreign, stack) === true ? false : undefined;
}

function fact(
  name: string,
  varies: boolean,
  meets: (listed: Leaf, operator: Operator) => boolean | undefined,
): PartlyKnown {
  return {
    alternatives: [{ there: YES, meets: (operator, listed) => meets(listed, operator) }],
    ...(varies ? { varies } : {}),
    toJSON: () => name,
  };
}
