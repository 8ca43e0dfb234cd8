import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'docdb-master-password-plaintext',
  topic: 'secrets',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'DocumentDB master passwords should not be hard-coded',
  keywords: ['docdb', 'plaintext password', 'credentials', 'MongoDB', 'Secrets Manager'],
  why: 'Anyone who can read the repository, a backup of it or a build log can log in to the cluster as its administrator.',
  remedy:
    'Let DocumentDB manage the password in Secrets Manager, or use a dynamic reference to a secret. Then change the password, because it stays in the repository history.',
  sources: {
    'AWS::DocDB::DBCluster': 'MasterUserPassword is the password of the master user of the cluster.',
    'https://docs.aws.amazon.com/documentdb/latest/developerguide/API_ModifyDBCluster.html':
      'DocumentDB can manage the master password with Secrets Manager, also of an existing cluster; MasterUserPassword cannot be specified then.',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/cfn-example_reference-secret.html':
      'A dynamic reference reads a secret from Secrets Manager into any property of a resource when the stack is deployed.',
  },
  accessed: '2026-11-28',
  aliases: { cfn_nag: ['F70'] },
  secrets: { 'AWS::DocDB::DBCluster': { path: 'MasterUserPassword', managedBy: 'ManageMasterUserPassword' } },
  advice: 'Let DocumentDB manage the password in Secrets Manager, and change it.',
  fix: {
    title: 'Let DocumentDB manage the password in Secrets Manager',
    cost: 'clients must read it there, and the secret is billed',
  },
});
