import { namedSecretRule } from '../forms/named-secret-rule.ts';

/**
 * The services return the ARN of a secret instead of the credentials.
 * https://docs.aws.amazon.com/datazone/latest/APIReference/API_AuthenticationConfiguration.html
 * https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ConnectorProfile.html
 */
const STORED = { advice: 'Store it in Secrets Manager', hides: true } as const;

export default namedSecretRule({
  id: 'resource-credential-map-plaintext',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Custom credentials of connections should not be hard-coded',
  keywords: [
    'resource',
    'CredentialsMap',
    'Glue connection',
    'AppFlow custom connector',
    'plaintext secret',
    'API key',
    'token',
  ],
  why: 'Anyone who can read the repository, a backup of it or a build log can use the account at the connected service.',
  remedy:
    'Read the secret from Secrets Manager with a dynamic reference, or pass it as a NoEcho parameter or a sensitive variable. Then change it.',
  sources: {
    'https://docs.aws.amazon.com/glue/latest/webapi/API_AuthenticationConfigurationInput.html':
      'CustomAuthenticationCredentials are the credentials of the authentication type CUSTOM. A secret in Secrets Manager can hold them.',
    'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CustomAuthCredentials.html':
      'credentialsMap has the credentials of a custom authentication of a connector.',
  },
  what: 'credential',
  carriers: {
    'AWS::AppFlow::ConnectorProfile': {
      path: 'ConnectorProfileConfig.ConnectorProfileCredentials.CustomConnector.Custom.CredentialsMap',
      ...STORED,
    },
    'AWS::DataZone::Connection': {
      path: 'Props.GlueProperties.GlueConnectionInput.AuthenticationConfiguration.CustomAuthenticationCredentials',
      ...STORED,
    },
    'AWS::Glue::Connection': {
      path: 'ConnectionInput.AuthenticationConfiguration.CustomAuthenticationCredentials',
      ...STORED,
    },
  },
});
