import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'glue-connection-password-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'Glue connection passwords should not be hard-coded',
  keywords: ['JDBC', 'Kafka', 'OAuth', 'SECRET_ID'],
  why: 'Anyone who can read the repository, a backup of it or a build log can log in to the data source of the connection.',
  remedy:
    'Name a secret in SECRET_ID of the connection properties, or in SecretArn. Then change the password, because it stays in the repository history.',
  sources: {
    'https://docs.aws.amazon.com/glue/latest/webapi/API_Connection.html':
      'PASSWORD is the password of the user, SECRET_ID names a secret with the credentials. A Kafka connection has KAFKA_CLIENT_KEYSTORE_PASSWORD, KAFKA_CLIENT_KEY_PASSWORD, KAFKA_SASL_PLAIN_PASSWORD and KAFKA_SASL_SCRAM_PASSWORD.',
    'AWS::Glue::Connection.ConnectionInput': 'ConnectionProperties are the key-value pairs of a connection.',
    'https://docs.aws.amazon.com/glue/latest/webapi/API_OAuth2Credentials.html':
      'AccessToken, RefreshToken, JwtToken and UserManagedClientApplicationClientSecret are OAuth 2.0 credentials.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::Glue::Connection': [
      'ConnectionInput.ConnectionProperties.PASSWORD',
      'ConnectionInput.ConnectionProperties.KAFKA_CLIENT_KEYSTORE_PASSWORD',
      'ConnectionInput.ConnectionProperties.KAFKA_CLIENT_KEY_PASSWORD',
      'ConnectionInput.ConnectionProperties.KAFKA_SASL_SCRAM_PASSWORD',
      'ConnectionInput.ConnectionProperties.KAFKA_SASL_PLAIN_PASSWORD',
      'ConnectionInput.AuthenticationConfiguration.BasicAuthenticationCredentials.Password',
      'ConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.AccessToken',
      'ConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.JwtToken',
      'ConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.RefreshToken',
      'ConnectionInput.AuthenticationConfiguration.OAuth2Properties.OAuth2Credentials.UserManagedClientApplicationClientSecret',
    ],
  },
  advice: 'Store it in Secrets Manager, use SECRET_ID, and change it.',
});
