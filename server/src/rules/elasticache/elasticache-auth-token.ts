import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'elasticache-auth-token',
  topic: 'identity',
  severity: 'medium',
  profile: 'strict',
  judged: '2026-11-29',
  title: 'ElastiCache replication groups should require authentication',
  keywords: ['Redis', 'Valkey', 'AUTH token', 'RBAC', 'user group', 'password'],
  why: 'Without a token or a user group, any client that reaches the cache over the network can read, change and delete all data.',
  remedy: 'Add a user group (role-based access control) or an AUTH token from Secrets Manager.',
  sources: {
    'AWS::ElastiCache::ReplicationGroup':
      'AuthToken is the password of the server and can be specified only with TransitEncryptionEnabled; UserGroupIds associates a user group.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_31'],
  controls: { securityHub: ['ElastiCache.6'] },
  settings: {
    'AWS::ElastiCache::ReplicationGroup': {
      path: 'AuthToken',
      // Without TLS, the missing encryption is reported, because a token would require it.
      onlyIf: { TransitEncryptionEnabled: true },
      unless: { UserGroupIds: 'is present', GlobalReplicationGroupId: 'is set' },
    },
  },
  forbidden: 'is known to be blank',
  absent: 'unsafe',
  advice: 'Add a user group or an AUTH token.',
});
