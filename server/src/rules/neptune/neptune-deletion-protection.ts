import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'neptune-deletion-protection',
  topic: 'resilience',
  severity: 'medium',
  title: 'Neptune clusters should have deletion protection enabled',
  keywords: ['graph database', 'accidental deletion', 'data loss'],
  why: 'A single API call or a stack update deletes a cluster with its automated backups, by mistake or by an attacker.',
  sources: {
    'https://docs.aws.amazon.com/neptune/latest/apiref/API_CreateDBCluster.html':
      'Deletion protection is disabled by default when a cluster is created without the console; a cluster can only be deleted while it is disabled.',
    'https://docs.aws.amazon.com/neptune/latest/apiref/API_DeleteDBCluster.html':
      'All automated backups of a cluster are deleted with it, and cannot be recovered. A cluster with deletion protection cannot be deleted.',
    aws_neptune_cluster: 'deletion_protection is an argument of the cluster, as in CloudFormation.',
  },
  accessed: '2026-12-02',
  aliases: ['CKV2_AWS_58'],
  controls: { securityHub: ['Neptune.4'] },
  settings: { 'AWS::Neptune::DBCluster': 'DeletionProtection' },
  required: true,
  absent: 'unsafe',
});
