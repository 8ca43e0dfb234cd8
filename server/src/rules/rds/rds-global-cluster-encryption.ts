import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'rds-global-cluster-encryption',
  topic: 'encryption-at-rest',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Global database clusters should be encrypted at rest',
  keywords: ['Aurora', 'RDS', 'DocumentDB', 'Neptune', 'KMS'],
  why: 'All member clusters of a global database share its encryption. Anyone who gets a copy of the storage or a snapshot of an unencrypted one can read it, in each Region, and encryption cannot be turned on later.',
  remedy: 'Set StorageEncrypted to true when you create the global cluster, or create it from an encrypted cluster.',
  sources: {
    'AWS::RDS::GlobalCluster':
      'StorageEncrypted enables encryption; with a source cluster, its setting is used; changing it replaces the global cluster.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html':
      'Aurora clusters created since February 18, 2026 are encrypted; an AWS owned key cannot be viewed or managed.',
    'AWS::DocDB::GlobalCluster': 'StorageEncrypted enables encryption; with a source cluster, its setting is used.',
    'AWS::Neptune::GlobalCluster':
      'StorageEncrypted states whether the global database is encrypted; it can be created from an existing cluster.',
    aws_rds_global_cluster: 'storage_encrypted is false by default, unless there is a source cluster.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_140', 'CKV_AWS_292'],
  settings: {
    'AWS::RDS::GlobalCluster': {
      path: 'StorageEncrypted',
      unless: { SourceDBClusterIdentifier: 'is set' },
      severity: 'medium',
      problem: 'turns off storage encryption',
      consequence: 'It is not encrypted, or only with an AWS owned key if created since February 2026.',
      absent: {
        severity: 'low',
        profile: 'strict',
        problem: 'does not set {setting}',
        consequence: 'Aurora clusters created before February 2026 are not encrypted by default.',
      },
    },
    'AWS::DocDB::GlobalCluster': { path: 'StorageEncrypted', unless: { SourceDBClusterIdentifier: 'is set' } },
    'AWS::Neptune::GlobalCluster': { path: 'StorageEncrypted', unless: { SourceDBClusterIdentifier: 'is set' } },
  },
  required: true,
  absent: 'unsafe',
  fix: { cost: 'replaces the global cluster', impact: 'replace' },
});
