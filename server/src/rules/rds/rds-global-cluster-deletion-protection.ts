import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'rds-global-cluster-deletion-protection',
  topic: 'resilience',
  // A global cluster can be deleted only without members, whose own deletion protection keeps their data.
  severity: 'low',
  title: 'Global database clusters should have deletion protection enabled',
  keywords: ['Aurora', 'RDS', 'DocumentDB', 'Neptune', 'accidental deletion', 'disaster recovery'],
  why: 'Without its global cluster, a database no longer replicates to other Regions and cannot fail over to them. A single API call or a stack update deletes an unprotected one, by mistake or by an attacker.',
  sources: {
    'AWS::RDS::GlobalCluster': 'DeletionProtection states whether the global database cluster is protected.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateGlobalCluster.html':
      'A global database cannot be deleted while deletion protection is enabled.',
    'AWS::DocDB::GlobalCluster': 'A global cluster cannot be deleted while deletion protection is enabled.',
    'AWS::Neptune::GlobalCluster':
      'By default, it is not protected. Its primary and secondary clusters must be detached or deleted before it.',
    aws_rds_global_cluster: 'deletion_protection is false by default.',
    aws_docdb_global_cluster: 'The same for DocumentDB.',
    aws_neptune_global_cluster: 'The same for Neptune.',
  },
  accessed: '2026-12-02',
  settings: {
    'AWS::RDS::GlobalCluster': 'DeletionProtection',
    'AWS::DocDB::GlobalCluster': 'DeletionProtection',
    'AWS::Neptune::GlobalCluster': 'DeletionProtection',
  },
  required: true,
  absent: 'unsafe',
});
