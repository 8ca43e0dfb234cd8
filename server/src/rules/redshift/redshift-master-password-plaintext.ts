import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'redshift-master-password-plaintext',
  topic: 'secrets',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'Redshift master passwords should not be hard-coded',
  keywords: ['plaintext password', 'credentials', 'data warehouse', 'Secrets Manager'],
  why: 'Anyone who can read the repository, a backup of it or a build log can log in to the data warehouse as its administrator.',
  remedy:
    'Let Redshift manage the password in Secrets Manager, or use a dynamic reference to a secret. Then change the password, because it stays in the repository history.',
  sources: {
    'AWS::Redshift::Cluster': 'MasterUserPassword is the password of the admin user of the cluster.',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_ModifyCluster.html':
      'With ManageMasterPassword, Redshift keeps the admin credentials in Secrets Manager, and MasterUserPassword cannot be used.',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/cfn-example_reference-secret.html':
      'A dynamic reference reads a secret from Secrets Manager into any property of a resource when the stack is deployed.',
  },
  accessed: '2026-11-28',
  aliases: { cfn_nag: ['F35'], guard: ['REDSHIFT_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD'] },
  secrets: { 'AWS::Redshift::Cluster': { path: 'MasterUserPassword', managedBy: 'ManageMasterPassword' } },
  advice: 'Let Redshift manage the password in Secrets Manager, and change it.',
  fix: {
    title: 'Let Redshift manage the password in Secrets Manager',
    cost: 'clients must read it there, and the secret is billed',
  },
});
