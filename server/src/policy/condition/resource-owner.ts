/**
 * Conditions on the owner of a resource. A condition that requires the same account, or its organization, restricts
 * none of the resources of that account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount
 */
import { exists, judge, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { Condition } from '../../model/policy.ts';
import type { Leaf } from '../../model/value.ts';
import { isOwnAccount } from '../text/unknown-piece.ts';

const OWNER: ReadonlySet<string> = new Set([
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
  's3:resourceaccount',
]);

/** The account of the principal, as a policy variable. */
const CALLER = '${aws:principalaccount}';

/** Whether a condition is about the owner of a resource. */
export function isAboutOwner({ key }: Condition): boolean {
  return OWNER.has(key.toLowerCase());
}

/** Where a condition about the owner lists the same account by an expression or a policy variable. */
export function listsOwnAccount(condition: Condition): Judgement {
  return exists(itemsOf(condition.values, true), ({ value }) => judge(value, isOwn));
}

/**
 * Where a condition about the owner lists the same account, or an organization. Unknown for a literal account ID, which
 * can be that of another account. The organization that a policy names is that of the account.
 */
export function mayListOwn(condition: Condition): Judgement {
  const isOrganization = condition.key.toLowerCase() === 'aws:resourceorgid';
  return exists(itemsOf(condition.values, true), ({ value }) =>
    judge(value, (leaf) => isOrganization || isOwn(leaf) || undefined),
  );
}

function isOwn(leaf: Leaf): boolean {
  switch (leaf.state) {
    case 'unknown':
    case 'reference':
      return isOwnAccount(leaf);
    case 'known':
      return leaf.raw.toLowerCase() === CALLER;
    default:
      return false;
  }
}
