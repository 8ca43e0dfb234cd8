import { secretRule } from '../../forms/secret-rule.ts';

export default secretRule({
  id: 'iam-user-login-password-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'IAM user login passwords should not be hard-coded',
  keywords: ['console password'],
  why: 'Anyone who can read the repository, a backup of it or a build log can sign in to the AWS console with all permissions of the user.',
  remedy:
    'Use IAM Identity Center instead of IAM users, or read the password from Secrets Manager. Then change the password, because it stays in the repository history.',
  sources: { 'AWS::IAM::User.LoginProfile': "Password is the user's password for the AWS Management Console." },
  accessed: '2026-11-28',
  aliases: ['F51', 'IAM_USER_LOGIN_PROFILE_NO_PLAINTEXT_PASSWORD'],
  secrets: { 'AWS::IAM::User': 'LoginProfile.Password' },
});
