import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'codepipeline-oauth-token-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'CodePipeline GitHub OAuth tokens should not be hard-coded',
  keywords: ['personal access token', 'ThirdParty source'],
  why: 'Anyone who can read the repository, a backup of it or a build log can read the repositories of the token. With write access, they can change what the pipeline deploys.',
  remedy:
    'Use a connection (CodeStarSourceConnection) instead of a token, or read the token from Secrets Manager. Then revoke the token, because it stays in the repository history.',
  sources: {
    'https://docs.aws.amazon.com/codepipeline/latest/userguide/appendix-github-oauth.html':
      'A template includes OAuthToken as a dynamic reference to a secret in Secrets Manager. The token needs the scopes repo and admin:repo_hook. AWS recommends a connection instead.',
  },
  accessed: '2026-11-28',
  secrets: { 'AWS::CodePipeline::Pipeline': 'Stages[].Actions[].Configuration.OAuthToken' },
  advice: 'Revoke it, and use a connection or Secrets Manager.',
});
