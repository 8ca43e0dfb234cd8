import { scriptSecretRule } from '../forms/script-secret-rule.ts';

export default scriptSecretRule({
  id: 'ssm-document-secrets',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Systems Manager documents should not contain secrets',
  keywords: ['runCommand', 'hard-coded password', 'plaintext credentials', 'SSM'],
  why: 'Anyone who can read the repository or the document can read the secret, and documents can be shared with other accounts.',
  remedy: 'Let the steps read the secret from Secrets Manager or Parameter Store. Then change the secret.',
  sources: {
    'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ModifyDocumentPermission.html':
      'A document can be shared with other accounts, or publicly.',
  },
  scripts: { 'AWS::SSM::Document': 'Content' },
  language: 'shell',
  where: 'its content',
  advice: 'Read it from Secrets Manager or Parameter Store',
});
