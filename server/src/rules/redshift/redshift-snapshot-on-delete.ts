import { finalSnapshotRule } from '../forms/final-snapshot-rule.ts';

export default finalSnapshotRule({
  id: 'redshift-snapshot-on-delete',
  topic: 'resilience',
  severity: 'medium',
  title: 'Redshift clusters should create a final snapshot when deleted',
  keywords: ['data warehouse'],
  why: 'By default, removing the cluster from the template or deleting the stack also deletes its data and its automated snapshots. In Terraform, skip_final_snapshot has this effect.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html':
      'Without a deletion policy, CloudFormation deletes the cluster; Snapshot creates a snapshot of AWS::Redshift::Cluster first.',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_DeleteCluster.html':
      'If SkipFinalClusterSnapshot is true, no final snapshot is created before the cluster is deleted.',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_CopyClusterSnapshot.html':
      'All automated snapshots of a cluster are deleted with it. Manual snapshots are kept.',
    aws_redshift_cluster: 'skip_final_snapshot is false by default; final_snapshot_identifier is required with it.',
  },
  accessed: '2026-12-02',
  databases: { 'AWS::Redshift::Cluster': {} },
});
