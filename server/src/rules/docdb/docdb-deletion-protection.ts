import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'docdb-deletion-protection',
  topic: 'resilience',
  severity: 'medium',
  title: 'DocumentDB clusters should have deletion protection enabled',
  keywords: ['DocDB', 'MongoDB', 'accidental deletion', 'data loss'],
  why: 'A single API call or a stack update deletes a cluster with its automated backups, by mistake or by an attacker.',
  sources: {
    'https://docs.aws.amazon.com/documentdb/latest/developerguide/db-cluster-delete.html':
      'Deletion protection is disabled by default if a cluster is not created with the console; while it is enabled, the cluster cannot be deleted.',
    'https://docs.aws.amazon.com/documentdb/latest/developerguide/API_DeleteDBCluster.html':
      'All automated backups of a cluster are deleted with it, and cannot be recovered. Manual snapshots are kept.',
    aws_docdb_cluster: 'deletion_protection is an argument of the cluster, as in CloudFormation.',
  },
  accessed: '2026-12-02',
  controls: { securityHub: ['DocumentDB.5'] },
  settings: { 'AWS::DocDB::DBCluster': 'DeletionProtection' },
  required: true,
  absent: 'unsafe',
});
