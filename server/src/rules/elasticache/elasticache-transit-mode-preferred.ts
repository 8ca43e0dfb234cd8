import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'elasticache-transit-mode-preferred',
  topic: 'encryption-in-transit',
  severity: 'low',
  judged: '2026-11-29',
  title: 'ElastiCache transit encryption mode should not be preferred',
  keywords: ['Redis', 'Valkey', 'TLS', 'required'],
  why: 'In preferred mode, which is for migrations, clients can still connect without TLS.',
  remedy: 'When all clients use TLS, set TransitEncryptionMode to required.',
  sources: {
    'AWS::ElastiCache::ReplicationGroup':
      'Preferred mode allows encrypted and unencrypted connections at the same time, for a migration; the change to required does not replace the group.',
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html':
      'Required mode drops all unencrypted connections.',
  },
  accessed: '2026-11-28',
  settings: {
    'AWS::ElastiCache::ReplicationGroup': {
      path: 'TransitEncryptionMode',
      unless: { TransitEncryptionEnabled: false },
    },
  },
  forbidden: ['preferred'],
  write: 'required',
  absent: 'safe',
  problem: 'also accepts connections without TLS',
  fix: { cost: 'drops clients without TLS' },
});
