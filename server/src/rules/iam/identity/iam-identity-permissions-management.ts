import { some } from '../../../base/words.ts';
import { defineRule } from '../../rule.ts';
import { reportsOf } from './granted-everywhere.ts';
import { permissionSubject } from './identity-words.ts';

export default defineRule({
  id: 'iam-identity-permissions-management',
  on: 'identity',
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'IAM identities should not have permissions management access to all resources',
  keywords: [
    'resource-based policy',
    'resource exposure',
    'privilege escalation',
    's3:PutBucketPolicy',
    'kms:PutKeyPolicy',
  ],
  why: 'An identity that can change the policy of every bucket, key or function can grant access to any of them, including to other accounts and to itself.',
  remedy: 'Restrict Resource to the ARNs of the resources whose policies it changes.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html':
      'Permissions management is the access level of actions that grant or change permissions to resources; it is to be given sparingly.',
  },
  aliases: {
    checkov: ['CKV_AWS_109', 'CKV_AWS_289', 'CKV_AWS_355', 'CKV_AWS_356'],
    cfn_nag: ['W11', 'W12', 'W13'],
    guard: ['IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE'],
    parliament: ['PERMISSIONS_MANAGEMENT_ACTIONS', 'RESOURCE_POLICY_PRIVILEGE_ESCALATION', 'RESOURCE_STAR'],
  },
  fix: 'suggestion',
  *check(identity, context) {
    const name = permissionSubject(identity);
    yield* reportsOf(identity, context, 'exposure', ({ actions, conditional, where }) => ({
      ...(conditional ? ({ severity: 'low', profile: 'strict' } as const) : {}),
      message: () =>
        `${name} can grant others access to all resources${where}. It can use ${some(actions, 3)}${conditional ? ' under conditions' : ''}; restrict Resource to the ARNs that are needed.`,
    }));
  },
});
