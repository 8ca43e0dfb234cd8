import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'elasticache-encryption-at-rest',
  topic: 'encryption-at-rest',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'ElastiCache replication groups should be encrypted at rest',
  keywords: ['Redis', 'Valkey', 'unencrypted cache', 'KMS', 'CMK', 'backups'],
  why: 'Without encryption at rest, backups and data that is swapped or synchronized to disk are stored in plaintext. It cannot be turned on later.',
  remedy:
    'Set AtRestEncryptionEnabled to true when you create the replication group. To encrypt an existing one, restore a backup to a new group.',
  sources: {
    'AWS::ElastiCache::ReplicationGroup':
      'AtRestEncryptionEnabled is false by default; changing it replaces the replication group.',
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html':
      'Encryption at rest covers the disk during synchronization, backup and swap operations, and backups in S3; it can be enabled only when a cache is created.',
    aws_elasticache_replication_group:
      'at_rest_encryption_enabled is false by default with the engine redis, and true with valkey.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_29', 'AWS-0045', 'F25', 'ELASTICACHE_REPLICATION_GROUP_ENCRYPTION_AT_REST'],
  controls: { securityHub: ['ElastiCache.4'] },
  settings: {
    'AWS::ElastiCache::ReplicationGroup': {
      path: 'AtRestEncryptionEnabled',
      // A member of a global datastore inherits the settings of its primary.
      unless: { GlobalReplicationGroupId: 'is set' },
      absent: { unless: { Engine: { ignoringCase: ['valkey'] } } },
    },
  },
  required: true,
  absent: 'unsafe',
  fix: { cost: 'replaces the replication group', impact: 'replace' },
});
