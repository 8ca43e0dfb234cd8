import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'docdb-master-password-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'DocumentDB master passwords should not be hard-coded',
  keywords: ['docdb', 'MongoDB', 'Secrets Manager'],
  why: 'Anyone who can read the repository, a backup of it or a build log can log in to the cluster as its administrator.',
  sources: {
    'AWS::DocDB::DBCluster': 'MasterUserPassword is the password of the master user of the cluster.',
    'https://docs.aws.amazon.com/documentdb/latest/developerguide/API_ModifyDBCluster.html':
      'DocumentDB can manage the master password with Secrets Manager, also of an existing cluster; MasterUserPassword cannot be specified then.',
  },
  accessed: '2026-11-28',
  aliases: ['F70'],
  secrets: { 'AWS::DocDB::DBCluster': { path: 'MasterUserPassword', managedBy: 'ManageMasterUserPassword' } },
  manager: 'DocumentDB',
});
