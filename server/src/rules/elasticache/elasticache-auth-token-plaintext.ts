import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'elasticache-auth-token-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'ElastiCache AUTH tokens should not be hard-coded',
  keywords: ['Redis AUTH', 'Valkey', 'Secrets Manager', 'password'],
  why: 'Anyone who can read the repository, a backup of it or a build log can run commands on the cache and read its data from anywhere in its network.',
  sources: {
    'AWS::ElastiCache::ReplicationGroup': 'AuthToken is the password of a password-protected server.',
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html':
      'Clients must provide the AUTH token before they can run commands.',
  },
  accessed: '2026-11-28',
  aliases: ['F44'],
  secrets: { 'AWS::ElastiCache::ReplicationGroup': 'AuthToken' },
});
