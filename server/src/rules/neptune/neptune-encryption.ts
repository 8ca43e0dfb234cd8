import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'neptune-encryption',
  topic: 'encryption-at-rest',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Neptune DB clusters should be encrypted at rest',
  keywords: ['graph database', 'unencrypted database', 'KMS', 'CMK', 'snapshots'],
  why: 'Anyone who gets a copy of the storage, a backup or a snapshot of an unencrypted cluster can read it, and encryption cannot be turned on later.',
  remedy:
    'Set StorageEncrypted to true when you create the cluster. To encrypt an existing one, restore a snapshot of it to a new encrypted cluster.',
  sources: {
    'AWS::Neptune::DBCluster':
      'With a source cluster or snapshot, the value is inherited; without a KMS key the default key is used; changing it replaces the cluster.',
    aws_neptune_cluster: 'storage_encrypted is false if it is not specified.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_44', 'AWS-0076', 'F30'],
  controls: { securityHub: ['Neptune.1'] },
  settings: {
    'AWS::Neptune::DBCluster': {
      path: 'StorageEncrypted',
      unless: { SnapshotIdentifier: 'is set', SourceDBClusterIdentifier: 'is set' },
      // Members of a global database inherit its encryption, which is not read.
      inheritedFrom: ['GlobalClusterIdentifier'],
    },
  },
  required: true,
  absent: 'unsafe',
  fix: { cost: 'replaces the cluster; restore its data from a snapshot', impact: 'replace' },
});
