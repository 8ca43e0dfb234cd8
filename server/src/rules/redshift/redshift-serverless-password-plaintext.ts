import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'redshift-serverless-password-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'Redshift Serverless admin passwords should not be hard-coded',
  keywords: ['namespace', 'Secrets Manager'],
  why: 'Anyone who can read the repository, a backup of it or a build log can log in to the namespace as its administrator.',
  sources: {
    'AWS::RedshiftServerless::Namespace':
      'AdminUserPassword is the password of the administrator of the first database in the namespace.',
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_CreateNamespace.html':
      'With ManageAdminPassword, Redshift keeps the admin credentials in Secrets Manager, and AdminUserPassword cannot be used.',
  },
  accessed: '2026-11-28',
  secrets: { 'AWS::RedshiftServerless::Namespace': { path: 'AdminUserPassword', managedBy: 'ManageAdminPassword' } },
  manager: 'Redshift',
});
