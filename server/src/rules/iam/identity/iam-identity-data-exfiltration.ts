import { some } from '../../../base/words.ts';
import { managedName } from '../../../policy/data/managed-policy.ts';
import { defineRule } from '../../rule.ts';
import { reportsOf } from './granted-everywhere.ts';
import { permissionSubject } from './identity-words.ts';

export default defineRule({
  id: 'iam-identity-data-exfiltration',
  on: 'identity',
  topic: 'data-exposure',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'IAM identities should not be able to exfiltrate data from all resources',
  keywords: [
    'data exfiltration',
    'least privilege',
    's3:GetObject',
    'secretsmanager:GetSecretValue',
    'ssm:GetParameter',
  ],
  why: 'An attacker who compromises such an identity can copy all objects, secrets, parameters or tables of the account, including those that it never uses.',
  remedy: 'Restrict Resource to the ARNs of the buckets, secrets, parameters, tables or queues that it reads.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html':
      'Policies grant the permissions that a task needs: certain actions on certain resources under certain conditions.',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html':
      'GetSecretValue is allowed for single secrets by their ARNs; the wildcard in Resource is to be avoided.',
  },
  aliases: {
    checkov: ['CKV_AWS_108', 'CKV_AWS_288', 'CKV_AWS_355', 'CKV_AWS_356'],
    cfn_nag: ['W11', 'W12', 'W13'],
    guard: ['IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE'],
    parliament: ['RESOURCE_STAR'],
  },
  fix: 'suggestion',
  *check(identity, context) {
    const name = permissionSubject(identity);
    yield* reportsOf(identity, context, 'data', ({ actions, conditional, managed, where }) => ({
      ...(conditional || managed ? ({ severity: 'low', profile: 'strict' } as const) : {}),
      message: (shown, leaf) =>
        `${name} can ${actions.every((action) => action.startsWith('kms:')) ? 'decrypt data with all keys' : 'exfiltrate data from all resources'}${where}${conditional ? ' under conditions' : ''}. It can use ${some(actions, 3)}${managed ? ` (by ${managedName(leaf) ?? shown}); attach a narrower policy` : '; restrict Resource to the ARNs that are needed'}.`,
    }));
  },
});
