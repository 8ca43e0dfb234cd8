import { settingRule } from '../../forms/setting-rule.ts';

export default settingRule({
  id: 'iam-user-console-access',
  topic: 'identity',
  severity: 'low',
  judged: '2026-11-29',
  title: 'IAM users should not have console passwords',
  keywords: ['console access', 'IAM Identity Center', 'federation'],
  why: 'A console password is a long-term credential outside the identity provider: it stays valid when its owner leaves.',
  remedy: 'Remove the login profile, and give people access through IAM Identity Center or another identity provider.',
  sources: {
    'AWS::IAM::User.LoginProfile': 'LoginProfile creates a password with which the user can sign in to the console.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/gs-identities-iam-users.html':
      'AWS recommends IAM Identity Center or federation, and IAM users only where those are not supported.',
  },
  aliases: ['CKV2_AWS_22'],
  settings: { 'AWS::IAM::User': 'LoginProfile' },
  forbidden: 'is present',
  absent: 'safe',
  problem: 'has a console password',
  advice: 'Use IAM Identity Center for people.',
  fix: { remove: true, cost: 'the user can no longer sign in to the console' },
});
