import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'directory-service-password-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'Directory Service passwords should not be hard-coded',
  keywords: ['MicrosoftAD', 'SimpleAD', 'Active Directory', 'domain administrator'],
  why: 'Anyone who can read the repository, a backup of it or a build log can log in to the directory as its administrator, and to every computer and application that joined it.',
  sources: {
    'AWS::DirectoryService::MicrosoftAD': 'Password is the password of the administrative user Admin.',
    'AWS::DirectoryService::SimpleAD': 'Password is the password of the directory administrator.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::DirectoryService::MicrosoftAD': {
      path: 'Password',
      replaces: true,
      aliases: ['F36', 'MICROSOFT_AD_NO_PLAINTEXT_PASSWORD'],
    },
    'AWS::DirectoryService::SimpleAD': { path: 'Password', replaces: true, aliases: ['F31'] },
  },
});
