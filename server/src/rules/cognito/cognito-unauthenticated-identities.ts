import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'cognito-unauthenticated-identities',
  topic: 'identity',
  severity: 'medium',
  // Guest access is usually intentional: maps, analytics and monitoring of browsers need it.
  profile: 'strict',
  judged: '2026-11-29',
  title: 'Cognito identity pools should not allow unauthenticated identities',
  keywords: ['guest access', 'anonymous'],
  why: 'With guest access, anyone who knows the ID of the identity pool gets AWS credentials for the unauthenticated role, without signing in.',
  remedy:
    'Set AllowUnauthenticatedIdentities to false. If the application has guests, restrict the unauthenticated role to public actions.',
  sources: {
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cognito-controls.html':
      'Security Hub Cognito.2 fails if guest access is active: guests get temporary AWS credentials without authentication by an identity provider.',
    'config:cognito-identity-pool-unauthenticated-logins':
      'An identity pool is noncompliant if AllowUnauthenticatedIdentities is true.',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools-security-best-practices.html':
      'A guest gets credentials of an IAM role, with all permissions of that role.',
  },
  aliases: ['CKV_AWS_366', 'W57', 'COGNITO_ALLOW_UNAUTHENTICATED_IDENTITIES_RULE'],
  controls: { securityHub: ['Cognito.2'] },
  settings: { 'AWS::Cognito::IdentityPool': 'AllowUnauthenticatedIdentities' },
  required: false,
  absent: 'safe',
  problem: 'allows unauthenticated identities (guest access)',
  advice: 'Set {setting} to false, or restrict the unauthenticated role.',
  fix: { cost: 'guests lose access' },
});
