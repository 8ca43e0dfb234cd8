import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'elasticache-encryption-in-transit',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'ElastiCache should encrypt data in transit',
  keywords: ['Redis', 'Valkey', 'Memcached', 'TLS', 'SSL', 'replication group'],
  why: 'Without TLS, anyone on the network path can read and change what is cached, such as sessions and tokens. Valkey and Redis OSS support passwords only with TLS.',
  remedy:
    'Set TransitEncryptionEnabled to true. To migrate the clients of an existing group without downtime, set TransitEncryptionMode to preferred first.',
  sources: {
    'AWS::ElastiCache::ReplicationGroup':
      'TransitEncryptionEnabled is false by default, and required for new groups with Valkey; an AUTH token requires it.',
    'AWS::ElastiCache::CacheCluster': 'TransitEncryptionEnabled enables encryption in transit of a cluster.',
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html':
      'Node-based clusters encrypt data in transit if TransitEncryptionEnabled is true; serverless caches always do.',
    aws_elasticache_replication_group:
      'With Redis before 7.0.5, changing transit_encryption_enabled replaces the replication group.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_30', 'CKV_AWS_31', 'AWS-0051', 'F33', 'ELASTICACHE_REPLICATION_GROUP_ENCRYPTION_IN_TRANSIT'],
  controls: { securityHub: ['ElastiCache.5'] },
  settings: {
    'AWS::ElastiCache::ReplicationGroup': {
      path: 'TransitEncryptionEnabled',
      unless: { GlobalReplicationGroupId: 'is set' },
      absent: { unless: { Engine: { ignoringCase: ['valkey'] } } },
    },
    // Of single clusters, only those with Memcached support it. Few clients of Memcached do.
    'AWS::ElastiCache::CacheCluster': {
      path: 'TransitEncryptionEnabled',
      onlyIf: { Engine: { ignoringCase: ['memcached'] } },
      severity: 'low',
      profile: 'strict',
      aliases: {},
      controls: {},
      fixCost: 'replaces the cluster; clients have to use TLS',
      fixImpact: 'replace',
    },
  },
  required: true,
  absent: 'unsafe',
  fix: {
    uncovers: 'effect',
    cost: 'replaces the group with Redis before 7.0.5; clients have to use TLS',
    impact: 'replace',
  },
});
