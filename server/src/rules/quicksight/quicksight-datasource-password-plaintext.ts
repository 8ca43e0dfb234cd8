import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'quicksight-datasource-password-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'QuickSight data source passwords should not be hard-coded',
  keywords: ['datasource', 'SecretArn'],
  why: 'Anyone who can read the repository, a backup of it or a build log can log in to the database of the data source.',
  remedy:
    'Store the credentials in Secrets Manager, and set SecretArn. Then change the password, because it stays in the repository history.',
  sources: {
    'AWS::QuickSight::DataSource.CredentialPair':
      'A credential pair has the user name and the password of a data source.',
    'AWS::QuickSight::DataSource.DataSourceCredentials':
      'Credentials can be a pair of user name and password, or the ARN of a secret.',
    'https://docs.aws.amazon.com/quicksight/latest/APIReference/API_KeyPairCredentials.html':
      'PrivateKey is the private key of a key pair, PrivateKeyPassphrase its passphrase.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::QuickSight::DataSource': [
      'Credentials.CredentialPair.Password',
      'Credentials.KeyPairCredentials.PrivateKey',
      'Credentials.KeyPairCredentials.PrivateKeyPassphrase',
    ],
  },
  advice: 'Store it in Secrets Manager, name the secret instead, and change it.',
});
