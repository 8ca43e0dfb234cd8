import { finalSnapshotRule } from '../forms/final-snapshot-rule.ts';

export default finalSnapshotRule({
  id: 'neptune-snapshot-on-delete',
  topic: 'resilience',
  severity: 'medium',
  title: 'Neptune clusters should create a final snapshot when deleted',
  keywords: ['graph database'],
  why: 'By default, removing the cluster from the template or deleting the stack also deletes its data and its automated backups. In Terraform, skip_final_snapshot has this effect.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html':
      'Without a deletion policy, CloudFormation deletes the cluster; Snapshot creates a snapshot of AWS::Neptune::DBCluster first.',
    'https://docs.aws.amazon.com/neptune/latest/apiref/API_CreateDBCluster.html':
      'A cluster can only be deleted while its deletion protection is disabled.',
    'https://docs.aws.amazon.com/neptune/latest/apiref/API_DeleteDBCluster.html':
      'All automated backups of a cluster are deleted with it, and cannot be recovered. A cluster with deletion protection cannot be deleted.',
    aws_neptune_cluster: 'skip_final_snapshot is false by default; final_snapshot_identifier is required with it.',
  },
  accessed: '2026-12-02',
  databases: { 'AWS::Neptune::DBCluster': { DeletionProtection: true } },
});
