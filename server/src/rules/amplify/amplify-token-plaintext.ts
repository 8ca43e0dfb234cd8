import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'amplify-token-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'Amplify repository tokens should not be hard-coded',
  keywords: ['personal access token', 'GitHub', 'Bitbucket'],
  why: 'Anyone who can read the repository, a backup of it or a build log can use the token, which can read the repository and add webhooks and deploy keys to it.',
  sources: {
    'AWS::Amplify::App':
      'AccessToken authorizes access to a GitHub repository. OauthToken is for other providers, and creates a webhook and a deploy key.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::Amplify::App': [
      { path: 'AccessToken', aliases: ['F41'] },
      { path: 'OauthToken', aliases: ['F58'] },
    ],
  },
});
