import { finalSnapshotRule } from '../forms/final-snapshot-rule.ts';

export default finalSnapshotRule({
  id: 'docdb-snapshot-on-delete',
  topic: 'resilience',
  severity: 'medium',
  title: 'DocumentDB clusters should create a final snapshot when deleted',
  keywords: ['DocDB', 'MongoDB'],
  why: 'By default, removing the cluster from the template or deleting the stack also deletes its data and its automated backups. In Terraform, skip_final_snapshot has this effect.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html':
      'Without a deletion policy, CloudFormation deletes the cluster; Snapshot creates a snapshot of AWS::DocDB::DBCluster first.',
    'https://docs.aws.amazon.com/documentdb/latest/developerguide/db-cluster-delete.html':
      'While deletion protection is enabled, the cluster cannot be deleted.',
    'https://docs.aws.amazon.com/documentdb/latest/developerguide/API_DeleteDBCluster.html':
      'All automated backups of a cluster are deleted with it, and cannot be recovered. Manual snapshots are kept.',
    aws_docdb_cluster: 'skip_final_snapshot is false by default; final_snapshot_identifier is required with it.',
  },
  accessed: '2026-12-02',
  databases: { 'AWS::DocDB::DBCluster': { DeletionProtection: true } },
});
