import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'lightsail-database-password-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'Lightsail database passwords should not be hard-coded',
  keywords: ['RotateMasterUserPassword'],
  why: 'Anyone who can read the repository, a backup of it or a build log can log in to the database as its primary user.',
  remedy:
    'Omit the password so that Lightsail generates it, or store it in Secrets Manager. Then change the password, because it stays in the repository history.',
  sources: {
    'AWS::Lightsail::Database':
      'MasterUserPassword is the password of the primary user. RotateMasterUserPassword makes Lightsail generate a strong one instead.',
  },
  accessed: '2026-11-28',
  secrets: { 'AWS::Lightsail::Database': 'MasterUserPassword' },
});
