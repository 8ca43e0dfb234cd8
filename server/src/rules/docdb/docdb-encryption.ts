import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'docdb-encryption',
  topic: 'encryption-at-rest',
  severity: 'high',
  judged: '2026-11-29',
  title: 'DocumentDB clusters should be encrypted at rest',
  keywords: ['DocDB', 'MongoDB', 'unencrypted database', 'KMS', 'CMK', 'snapshots'],
  why: 'Anyone who gets a copy of the storage, a backup or a snapshot of an unencrypted cluster can read it, and encryption cannot be turned on later.',
  remedy:
    'Set StorageEncrypted to true when you create the cluster. To encrypt an existing one, restore a snapshot of it with a KMS key.',
  sources: {
    'https://docs.aws.amazon.com/controltower/latest/controlreference/documentdb-rules.html':
      'CT.DOCUMENTDB.PR.1: clusters that are created with CloudFormation are not encrypted at rest by default.',
    'AWS::DocDB::DBCluster':
      'With a source cluster or snapshot, the value is inherited; an encrypted source cannot opt out; changing it replaces the cluster.',
    'https://docs.aws.amazon.com/documentdb/latest/developerguide/encryption-at-rest.html':
      'The console encrypts new clusters by default; with the AWS CLI, encryption is enabled or disabled when the cluster is created.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_74', 'AWS-0021'],
  controls: { securityHub: ['DocumentDB.1'] },
  settings: {
    'AWS::DocDB::DBCluster': {
      path: 'StorageEncrypted',
      unless: { SnapshotIdentifier: 'is set', SourceDBClusterIdentifier: 'is set' },
      // Members of a global cluster inherit its encryption, which is not read.
      inheritedFrom: ['GlobalClusterIdentifier'],
    },
  },
  required: true,
  absent: 'unsafe',
  fix: { cost: 'replaces the cluster; restore its data from a snapshot', impact: 'replace' },
});
