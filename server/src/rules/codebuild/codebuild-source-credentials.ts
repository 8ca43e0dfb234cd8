import { scriptSecretRule } from '../forms/script-secret-rule.ts';

export default scriptSecretRule({
  id: 'codebuild-source-credentials',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'CodeBuild source URLs should not contain credentials',
  keywords: ['personal access token', 'Bitbucket', 'GitHub', 'repository URL', 'plaintext'],
  why: 'Anyone who can read the repository, the project or its build logs can use the token, often to write to the source.',
  remedy: 'Connect to the repository with a CodeConnections connection or OAuth, and revoke the token in the URL.',
  sources: {
    'config:codebuild-project-source-repo-url-check':
      'A project is noncompliant if its source URL contains sign-in information.',
  },
  aliases: ['CODEBUILD_PROJECT_SOURCE_REPO_URL_CHECK'],
  controls: { securityHub: ['CodeBuild.1'] },
  scripts: { 'AWS::CodeBuild::Project': ['Source.Location', 'SecondarySources[].Location'] },
  language: 'code',
  where: 'its source URL',
  advice: 'Use a connection',
  renewal: 'revoke the credential',
});
