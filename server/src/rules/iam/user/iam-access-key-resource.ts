import { settingRule } from '../../forms/setting-rule.ts';

/**
 * Checks of other tools for an access key of a user named root. They take it for the root user, which is not an IAM
 * user.
 */
const OF_ROOT = { checkov: ['CKV_AWS_348'], trivy: ['AWS-0141'] } as const;

export default settingRule({
  id: 'iam-access-key-resource',
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'IAM access keys should not be created in templates',
  keywords: ['access key resource', 'long-term credentials', 'IAM user', 'root access key', 'temporary credentials'],
  why: 'An access key never expires, and its secret is stored in the stack or the Terraform state, where others can read it.',
  remedy: 'Use a role with temporary credentials, an OIDC provider for other platforms, or IAM Roles Anywhere.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html':
      'AWS recommends temporary credentials instead of access keys, and calls IAM users with access keys a security risk of the account.',
    'AWS::IAM::AccessKey':
      'The key belongs to the IAM user named UserName. The default status of a new key is Active; an inactive key is not valid.',
  },
  aliases: OF_ROOT,
  settings: {
    'AWS::IAM::AccessKey': [
      { path: 'Status', onlyIf: { UserName: { ignoringCase: ['root'] } }, aliases: OF_ROOT },
      { path: 'Status', aliases: [] },
    ],
  },
  forbidden: ['Active'],
  absent: 'unsafe',
  problem: 'is a long-term access key',
  consequence: 'It never expires.',
  advice: 'Use a role with temporary credentials.',
});
