import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'codebuild-source-credential-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'CodeBuild source credentials should not be hard-coded',
  keywords: ['personal access token', 'app password', 'GitHub', 'Bitbucket'],
  why: 'Anyone who can read the repository, a backup of it or a build log can read the source repositories of the token, and often write to them.',
  remedy:
    'Use a connection, or read the token from Secrets Manager. Then revoke the token, because it stays in the repository history.',
  sources: {
    'AWS::CodeBuild::SourceCredential':
      'Token is the personal access token for GitHub, or the app password for Bitbucket.',
    'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ImportSourceCredentials.html':
      'For the authentication type CODECONNECTIONS the token is the ARN of a connection, and for SECRETS_MANAGER the ARN of a secret.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::CodeBuild::SourceCredential': { path: 'Token', unless: { AuthType: ['CODECONNECTIONS', 'SECRETS_MANAGER'] } },
  },
  advice: 'Revoke it, and use a connection or Secrets Manager.',
});
