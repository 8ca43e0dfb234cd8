import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'appstream-directory-password-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'AppStream directory passwords should not be hard-coded',
  keywords: ['service account', 'Active Directory'],
  why: 'Anyone who can read the repository, a backup of it or a build log can use the service account, which joins computers to the domain and resets their passwords.',
  sources: {
    'AWS::AppStream::DirectoryConfig.ServiceAccountCredentials':
      'The account can create and join computer objects and reset their passwords; AccountPassword is its password.',
  },
  accessed: '2026-11-28',
  aliases: ['F53'],
  secrets: { 'AWS::AppStream::DirectoryConfig': 'ServiceAccountCredentials.AccountPassword' },
});
