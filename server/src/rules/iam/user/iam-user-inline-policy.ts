import { listRule } from '../../forms/list-rule.ts';

export default listRule({
  id: 'iam-user-inline-policy',
  topic: 'identity',
  severity: 'low',
  judged: '2026-11-29',
  title: 'IAM policies should be attached to groups or roles, not to users',
  keywords: ['inline policy', 'user policy', 'ManagedPolicyArns', 'attached to users', 'Policies'],
  why: 'Permissions of individual users are hard to review, and remain when a person changes roles.',
  remedy: 'Attach the policy to a group with the user, or to a role.',
  sources: {
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html':
      'IAM.2 fails if a user has policies attached, instead of permissions of a group or a role.',
  },
  aliases: {
    checkov: ['CKV_AWS_40'],
    trivy: ['AWS-0143'],
    cfn_nag: ['F10', 'F11', 'F12'],
    guard: ['IAM_USER_NO_POLICIES_CHECK', 'IAM_NO_POLICY_ON_USER'],
  },
  controls: { securityHub: ['IAM.2'] },
  lists: {
    'AWS::IAM::User': [{ path: 'Policies' }, { path: 'ManagedPolicyArns' }],
    'AWS::IAM::Policy': 'Users',
    'AWS::IAM::ManagedPolicy': 'Users',
  },
  mustNotContain: 'is present',
  problem: 'attaches a policy to a user',
  advice: 'Attach it to a group or role.',
  fix: 'none',
});
