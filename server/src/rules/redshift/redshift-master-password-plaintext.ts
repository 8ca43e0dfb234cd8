import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'redshift-master-password-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'Redshift master passwords should not be hard-coded',
  keywords: ['data warehouse', 'Secrets Manager'],
  why: 'Anyone who can read the repository, a backup of it or a build log can log in to the data warehouse as its administrator.',
  sources: {
    'AWS::Redshift::Cluster': 'MasterUserPassword is the password of the admin user of the cluster.',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_ModifyCluster.html':
      'With ManageMasterPassword, Redshift keeps the admin credentials in Secrets Manager, and MasterUserPassword cannot be used.',
  },
  accessed: '2026-11-28',
  aliases: ['F35', 'REDSHIFT_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD'],
  secrets: { 'AWS::Redshift::Cluster': { path: 'MasterUserPassword', managedBy: 'ManageMasterPassword' } },
  manager: 'Redshift',
});
