/** Conditions that repeat the principal of their statement. */
import type { Condition } from '../../model/policy.ts';
import type { Value } from '../../model/value.ts';
import { conditionHolds } from '../condition/condition-holds.ts';
import { principalReading } from './principal.ts';

const REPEATED: ReadonlySet<string> = new Set(['aws:principalaccount', 'aws:principalarn']);

/**
 * Whether a condition holds for every request of a principal under `AWS`: for an account, its account ID; for a role,
 * its ARN. The root user, users and roles represent all identities of an account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export function repeatsPrincipal(condition: Condition, principal: Value): boolean {
  if (!REPEATED.has(condition.key.toLowerCase()) || principal.state !== 'known') return false;
  const { form, account, name, text } = principalReading('AWS', principal);
  if (account === undefined || !/^\d{12}$/.test(account)) return false;
  const partition = /^arn:([^:]+):/.exec(text)?.[1] ?? 'aws';
  const identities =
    form === 'account' || form === 'root'
      ? ['root', 'user/a', 'user/z/z', 'role/a', 'role/z/z']
      : form === 'role' || form === 'user'
        ? [`${form}/${name}`]
        : [];
  return (
    identities.length > 0 &&
    identities.every((identity) =>
      conditionHolds(
        condition,
        new Map([
          ['aws:principalaccount', [account]],
          ['aws:principalarn', [`arn:${partition}:iam::${account}:${identity}`]],
        ]),
      ).yes.isAlways(),
    )
  );
}
