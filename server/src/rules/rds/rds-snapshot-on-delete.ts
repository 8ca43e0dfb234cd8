import { finalSnapshotRule } from '../forms/final-snapshot-rule.ts';

export default finalSnapshotRule({
  id: 'rds-snapshot-on-delete',
  topic: 'resilience',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'RDS databases should create a final snapshot when deleted',
  why: 'With the deletion policy Delete, removing the database from the template or deleting the stack also deletes its data and its automated backups. In Terraform, skip_final_snapshot has this effect.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html':
      'The default is Snapshot for DB clusters, and for DB instances outside a cluster; Delete deletes the resource with its content.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html':
      'A read replica or an RDS Custom instance can only be deleted without a final snapshot.',
    'AWS::RDS::DBInstance':
      'While deletion protection is on, the database cannot be deleted. When an instance is deleted, CloudFormation deletes all automated snapshots and keeps manual ones.',
    aws_db_instance:
      'skip_final_snapshot is false by default; final_snapshot_identifier is required with it, and a database without both cannot be destroyed.',
  },
  databases: {
    'AWS::RDS::DBInstance': {
      DeletionProtection: true,
      // The data of a cluster member belongs to the cluster, that of a replica to its source.
      DBClusterIdentifier: 'is present',
      SourceDBInstanceIdentifier: 'is present',
      // RDS Custom takes no final snapshot.
      Engine: { matches: /^custom-/ },
    },
    'AWS::RDS::DBCluster': { DeletionProtection: true },
  },
});
