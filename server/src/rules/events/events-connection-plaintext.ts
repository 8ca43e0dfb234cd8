import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'events-connection-plaintext',
  severity: 'high',
  judged: '2026-11-29',
  title: 'EventBridge connection credentials should not be hard-coded',
  keywords: ['API destination', 'basic auth', 'OAuth', 'password'],
  why: 'Anyone who can read the repository, a backup of it or a build log can call the API of the connection with its permissions.',
  sources: {
    'AWS::Events::Connection.BasicAuthParameters': 'Password is the password of the user name for basic authorization.',
    'AWS::Events::Connection.ApiKeyAuthParameters': 'ApiKeyValue is the API key for the authorization.',
    'AWS::Events::Connection.ClientParameters': 'ClientSecret is the client secret for OAuth authorization.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::Events::Connection': [
      'AuthParameters.BasicAuthParameters.Password',
      'AuthParameters.ApiKeyAuthParameters.ApiKeyValue',
      'AuthParameters.OAuthParameters.ClientParameters.ClientSecret',
    ],
  },
});
