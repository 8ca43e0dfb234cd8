import { scriptSecretRule } from '../forms/script-secret-rule.ts';

export default scriptSecretRule({
  id: 'lambda-code-secrets',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Inline code of Lambda functions should not contain secrets',
  keywords: ['InlineCode', 'hard-coded password', 'credentials in code'],
  why: 'Anyone who can read the repository or download the code of the function can read the secret.',
  remedy: 'Let the code read the secret from Secrets Manager with the execution role. Then change the secret.',
  sources: {
    'AWS::Lambda::Function.Code': 'ZipFile is the source code of a function, as part of the template.',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html':
      'A function retrieves secrets with the AWS Parameters and Secrets Lambda extension, and caches them.',
  },
  scripts: { 'AWS::Lambda::Function': 'Code.ZipFile' },
  language: 'code',
  where: 'its code',
  advice: 'Read it from Secrets Manager with the execution role',
});
