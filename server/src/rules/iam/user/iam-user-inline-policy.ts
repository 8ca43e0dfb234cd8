import { listRule } from '../../forms/list-rule.ts';

/** The checks of other tools that are about all policies of a user. */
const PEERS = {
  checkov: ['CKV_AWS_40'],
  trivy: ['AWS-0143'],
  guard: ['IAM_USER_NO_POLICIES_CHECK', 'IAM_NO_POLICY_ON_USER'],
};

export default listRule({
  id: 'iam-user-inline-policy',
  topic: 'identity',
  severity: 'low',
  judged: '2026-11-29',
  title: 'IAM policies should be attached to groups or roles, not to users',
  keywords: ['inline policy', 'user policy'],
  why: 'Permissions of individual users are hard to review, and remain when a person changes roles.',
  remedy: 'Attach the policy to a group with the user, or to a role.',
  sources: {
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html':
      'IAM.2 fails if a user has policies attached, instead of permissions of a group or a role.',
  },
  aliases: PEERS,
  controls: { securityHub: ['IAM.2'], cis: ['v3.0.0 1.15'] },
  lists: {
    'AWS::IAM::User': [{ path: 'Policies', aliases: { ...PEERS, cfn_nag: ['F10'] } }, { path: 'ManagedPolicyArns' }],
    'AWS::IAM::Policy': { path: 'Users', aliases: { ...PEERS, cfn_nag: ['F11'] } },
    'AWS::IAM::ManagedPolicy': { path: 'Users', aliases: { ...PEERS, cfn_nag: ['F12'] } },
  },
  mustNotContain: 'is present',
  problem: 'attaches a policy to a user',
  advice: 'Attach it to a group or role.',
  fix: 'none',
});
