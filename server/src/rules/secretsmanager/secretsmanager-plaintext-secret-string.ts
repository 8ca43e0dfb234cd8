import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'secretsmanager-plaintext-secret-string',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Secrets Manager secret strings should not be hard-coded',
  keywords: ['GenerateSecretString'],
  why: 'Anyone who can read the repository, a backup of it or a build log can read the secret, so storing it in Secrets Manager does not protect it.',
  remedy:
    'Let Secrets Manager generate the value with GenerateSecretString, or set it outside the template. Then change it, because it stays in the repository history.',
  sources: {
    'AWS::SecretsManager::Secret':
      'SecretString is the text to store in the secret. GenerateSecretString generates a password instead; without both, the secret is empty.',
  },
  accessed: '2026-11-28',
  secrets: { 'AWS::SecretsManager::Secret': { path: 'SecretString', stores: true } },
  advice: 'Generate it or set it outside the code, and change it.',
});
