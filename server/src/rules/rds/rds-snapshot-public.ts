import { listRule } from '../forms/list-rule.ts';

const LIST = 'shared_accounts';

export default listRule({
  id: 'rds-snapshot-public',
  topic: 'data-exposure',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'RDS snapshots should not be public',
  keywords: ['Aurora', 'restore'],
  why: 'Anyone with an AWS account can restore a public snapshot and read the whole database.',
  remedy: 'List the accounts that need the snapshot, and encrypt it: an encrypted snapshot cannot be public.',
  sources: {
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBSnapshotAttribute.html':
      'The value all makes a manual snapshot public, so that all AWS accounts can copy or restore it. An encrypted snapshot can be shared with listed accounts only.',
    'https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_RdsDbClusterSnapshotAttributeValue.html':
      'A cluster snapshot with the value all is public.',
    aws_db_snapshot: 'shared_accounts has the accounts that can restore the snapshot; all makes it public.',
    'config:rds-snapshots-public-prohibited': 'The rule reports public snapshots of instances and clusters.',
  },
  controls: { securityHub: ['RDS.1'] },
  lists: {
    aws_db_snapshot: { path: LIST, aliases: ['CKV_AWS_302'] },
    aws_db_snapshot_copy: { path: LIST },
    aws_db_cluster_snapshot: { path: LIST },
    aws_rds_cluster_snapshot_copy: { path: LIST },
  },
  mustNotContain: 'all',
  consequence: 'Anyone with an AWS account can restore the database.',
  fix: { title: 'Remove all from shared_accounts', cost: 'other accounts lose access' },
});
