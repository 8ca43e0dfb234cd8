/** Whether a policy can apply to requests that are signed with long-term access keys. */
import { all, isAbsent, NO, not, YES, type Judgement } from '../../model/judgement.ts';
import type { PolicyDocument } from '../../model/policy.ts';

/**
 * Only users and the root user of an account have long-term keys. Roles and permission sets are used with temporary
 * credentials, which always have aws:MultiFactorAuthPresent.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
 */
export function concernsLongTermKeys({ kind, host }: PolicyDocument): Judgement {
  if (kind === 'permission-set' || kind === 'session') return NO;
  switch (host.type) {
    case 'AWS::IAM::Role':
    case 'AWS::IAM::RolePolicy':
      return kind === 'trust' ? YES : NO;
    // The policy can be attached only to roles.
    case 'AWS::IAM::Policy':
      return not(all(isAbsent(host.get('Users')), isAbsent(host.get('Groups')), not(isAbsent(host.get('Roles')))));
    default:
      return YES;
  }
}
