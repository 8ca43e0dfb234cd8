import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'firehose-destination-secret-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'Firehose destination credentials should not be hard-coded',
  keywords: [
    'secret',
    'Redshift',
    'Splunk HEC token',
    'access key',
    'Snowflake private key',
    'Kinesis Data Firehose',
    'SecretsManagerConfiguration',
    'password',
  ],
  why: 'Anyone who can read the repository, a backup of it or a build log can write to the destination as the stream does, and often read it.',
  remedy:
    'Store the credentials in Secrets Manager, and name the secret in SecretsManagerConfiguration. Then change them, because they stay in the repository history.',
  sources: {
    'AWS::KinesisFirehose::DeliveryStream.SecretsManagerConfiguration':
      'Firehose can read the credentials of a destination from Secrets Manager instead of its configuration.',
    'AWS::KinesisFirehose::DeliveryStream.RedshiftDestinationConfiguration':
      'Password is the password of the Redshift user.',
    'AWS::KinesisFirehose::DeliveryStream.SplunkDestinationConfiguration':
      'HECToken is the token of the HTTP Event Collector of the Splunk cluster.',
    'AWS::KinesisFirehose::DeliveryStream.HttpEndpointConfiguration':
      'AccessKey authenticates Firehose to the HTTP endpoint.',
    'https://docs.aws.amazon.com/firehose/latest/dev/secrets-manager-whats-secret.html':
      'A secret for Snowflake holds the private key and its passphrase; one for an HTTP endpoint the API key.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::KinesisFirehose::DeliveryStream': [
      {
        path: 'RedshiftDestinationConfiguration.Password',
        aliases: ['F66', 'KINESIS_FIREHOSE_REDSHIFT_DESTINATION_CONFIGURATION_NO_PLAINTEXT_PASSWORD'],
      },
      {
        path: 'SplunkDestinationConfiguration.HECToken',
        aliases: ['F68', 'KINESIS_FIREHOSE_SPLUNK_DESTINATION_CONFIGURATION_NO_PLAINTEXT_PASSWORD'],
      },
      'HttpEndpointDestinationConfiguration.EndpointConfiguration.AccessKey',
      'SnowflakeDestinationConfiguration.PrivateKey',
      'SnowflakeDestinationConfiguration.KeyPassphrase',
    ],
  },
});
