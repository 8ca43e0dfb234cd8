import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'elasticache-default-subnet-group',
  topic: 'network-exposure',
  severity: 'low',
  judged: '2026-11-29',
  title: 'ElastiCache clusters should not use the default subnet group',
  keywords: ['subnet_group_name', 'default VPC', 'Redis', 'Valkey', 'Memcached'],
  why: 'The default subnet group has the subnets of the default VPC, which are public and shared with all other resources that do not specify a network.',
  remedy: 'Create a subnet group with private subnets, and set CacheSubnetGroupName to its name.',
  sources: {
    'https://docs.aws.amazon.com/securityhub/latest/userguide/elasticache-controls.html':
      'ElastiCache.7: a cluster should not use the subnet group default, which ElastiCache creates from the subnets of the default VPC.',
    'config:elasticache-subnet-group-check': 'A cluster in a default subnet group is noncompliant.',
    'AWS::ElastiCache::ReplicationGroup': 'CacheSubnetGroupName is optional; a change replaces the replication group.',
    aws_elasticache_cluster:
      'A cluster of a replication group gets its settings from it, and has no node type of its own.',
  },
  controls: { securityHub: ['ElastiCache.7'] },
  settings: {
    'AWS::ElastiCache::CacheCluster': {
      path: 'CacheSubnetGroupName',
      absent: { onlyIf: { CacheNodeType: 'is set' } },
      aliases: ['CKV_AWS_323'],
    },
    'AWS::ElastiCache::ReplicationGroup': {
      path: 'CacheSubnetGroupName',
      // The nodes of an existing primary cluster have its subnet group.
      absent: { unless: { PrimaryClusterId: 'is set' } },
    },
  },
  forbidden: { knownToBe: ['default'] },
  absent: 'unsafe',
  consequence: 'Its nodes are in the default VPC.',
  advice: 'Use a subnet group with private subnets.',
});
