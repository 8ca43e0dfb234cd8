import { finalSnapshotRule } from '../forms/final-snapshot-rule.ts';

export default finalSnapshotRule({
  id: 'neptune-snapshot-on-delete',
  topic: 'resilience',
  severity: 'medium',
  title: 'Neptune clusters should create a final snapshot when deleted',
  keywords: [
    'graph database',
    'DeletionPolicy',
    'Retain',
    'skip_final_snapshot',
    'stack deletion',
    'terraform destroy',
    'data loss',
  ],
  why: 'By default, removing the cluster from the template or deleting the stack also deletes its data and its automated backups. In Terraform, skip_final_snapshot has this effect.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html':
      'Without a deletion policy, CloudFormation deletes the cluster; Snapshot creates a snapshot of AWS::Neptune::DBCluster first.',
    'https://docs.aws.amazon.com/neptune/latest/apiref/API_CreateDBCluster.html':
      'A cluster can only be deleted while its deletion protection is disabled.',
    aws_neptune_cluster: 'skip_final_snapshot is false by default; final_snapshot_identifier is required with it.',
    'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle':
      'With prevent_destroy, Terraform rejects plans that destroy the resource.',
  },
  accessed: '2026-12-02',
  databases: { 'AWS::Neptune::DBCluster': { DeletionProtection: true } },
});
