/** Whether a policy can be about requests that are signed with long-term access keys. */
import { all, isAbsent, NO, not, YES, type Judgement } from '../model/judgement.ts';
import type { PolicyDocument } from '../model/policy.ts';

/**
 * Only users and the root of an account have long-term keys. What a role or a permission set is given is used with temporary credentials,
 * in which aws:MultiFactorAuthPresent always is.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
 */
export function concernsLongTermKeys({ kind, host }: PolicyDocument): Judgement {
  if (kind === 'permission-set' || kind === 'session') return NO;
  switch (host.type) {
    case 'AWS::IAM::Role':
    case 'AWS::IAM::RolePolicy':
      return kind === 'trust' ? YES : NO;
    // A policy that is attached to roles alone.
    case 'AWS::IAM::Policy':
      return not(all(isAbsent(host.get('Users')), isAbsent(host.get('Groups')), not(isAbsent(host.get('Roles')))));
    default:
      return YES;
  }
}
