import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'redshift-serverless-password-plaintext',
  topic: 'secrets',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'Redshift Serverless admin passwords should not be hard-coded',
  keywords: ['plaintext password', 'credentials', 'namespace', 'Secrets Manager'],
  why: 'Anyone who can read the repository, a backup of it or a build log can log in to the namespace as its administrator.',
  remedy:
    'Let Redshift manage the password in Secrets Manager, or use a dynamic reference to a secret. Then change the password, because it stays in the repository history.',
  sources: {
    'AWS::RedshiftServerless::Namespace':
      'AdminUserPassword is the password of the administrator of the first database in the namespace.',
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_CreateNamespace.html':
      'With ManageAdminPassword, Redshift keeps the admin credentials in Secrets Manager, and AdminUserPassword cannot be used.',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/cfn-example_reference-secret.html':
      'A dynamic reference reads a secret from Secrets Manager into any property of a resource when the stack is deployed.',
  },
  accessed: '2026-11-28',
  secrets: { 'AWS::RedshiftServerless::Namespace': { path: 'AdminUserPassword', managedBy: 'ManageAdminPassword' } },
  advice: 'Let Redshift manage the password in Secrets Manager, and change it.',
  fix: {
    title: 'Let Redshift manage the password in Secrets Manager',
    cost: 'clients must read it there, and the secret is billed',
  },
});
