import { settingRule } from '../../forms/setting-rule.ts';

export default settingRule({
  id: 'iam-user-login-password-reset',
  topic: 'identity',
  severity: 'low',
  judged: '2026-11-29',
  title: 'IAM users should be required to reset their initial password',
  keywords: ['LoginProfile', 'console password'],
  why: 'The person who creates the user, and all who can read the template or the state, know the password until the user changes it.',
  sources: {
    'AWS::IAM::User.LoginProfile':
      'PasswordResetRequired makes the user set a new password at the next sign-in. It is not required.',
  },
  aliases: ['W50', 'IAM_USER_LOGIN_PROFILE_PASSWORD_RESET_RULE'],
  settings: {
    'AWS::IAM::User': { path: 'LoginProfile.PasswordResetRequired', onlyIf: { LoginProfile: 'is present' } },
  },
  required: true,
  absent: 'unsafe',
  problem: 'can keep the initial password',
  fix: { cost: 'needs iam:ChangePassword' },
});
