import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'dms-endpoint-password-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'DMS endpoint passwords should not be hard-coded',
  keywords: ['Database Migration Service', 'SecretsManagerSecretId'],
  why: 'Anyone who can read the repository, a backup of it or a build log can log in to the database that DMS reads from or writes to.',
  remedy:
    'Name a secret in SecretsManagerSecretId of the settings of the engine, or use a dynamic reference. Then change the password, because it stays in the repository history.',
  sources: {
    'AWS::DMS::Endpoint': 'Password logs in to the endpoint database.',
    'AWS::DMS::Endpoint.MongoDbSettings': 'Password is the password of the account that reads the MongoDB source.',
    'AWS::DMS::Endpoint.KafkaSettings':
      'SaslPassword authenticates to the cluster, and SslClientKeyPassword protects the private key of the client.',
    'AWS::DMS::Endpoint.OracleSettings': 'AsmPassword is the password of Oracle Automatic Storage Management.',
    'AWS::DMS::Endpoint.RedisSettings': 'AuthPassword is the password for the types auth-role and auth-token.',
    'AWS::DMS::Endpoint.MicrosoftSqlServerSettings':
      'Password connects to the endpoint. SecretsManagerSecretId names a secret instead.',
    'AWS::DMS::Endpoint.GcpMySQLSettings': 'Password connects to the endpoint.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::DMS::Endpoint': [
      { path: 'Password', aliases: ['F37', 'DMS_NO_PLAINTEXT_PASSWORD'] },
      { path: 'MongoDbSettings.Password', aliases: ['F55', 'DMS_NO_PLAINTEXT_PASSWORD'] },
      'GcpMySQLSettings.Password',
      'KafkaSettings.SaslPassword',
      'KafkaSettings.SslClientKeyPassword',
      'MicrosoftSqlServerSettings.Password',
      'OracleSettings.AsmPassword',
      'RedisSettings.AuthPassword',
    ],
  },
});
