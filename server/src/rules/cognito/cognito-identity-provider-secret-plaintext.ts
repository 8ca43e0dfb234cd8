import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'cognito-identity-provider-secret-plaintext',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Cognito identity provider secrets should not be hard-coded',
  keywords: ['federation', 'OIDC'],
  why: 'Anyone who can read the repository, a backup of it or a build log can act as the application at the identity provider.',
  sources: {
    'AWS::Cognito::UserPoolIdentityProvider':
      'ProviderDetails has client_secret for social and OIDC providers, and private_key for Sign in with Apple.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::Cognito::UserPoolIdentityProvider': ['ProviderDetails.client_secret', 'ProviderDetails.private_key'],
  },
});
