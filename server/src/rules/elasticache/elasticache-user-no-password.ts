import { settingRule } from '../forms/setting-rule.ts';

/** The access string of a user that is turned on. Others cannot sign in, such as a default user that is replaced. */
const ON = { matches: /(?:^|\s)on(?:\s|$)/ } as const;

export default settingRule({
  id: 'elasticache-user-no-password',
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-29',
  title: 'ElastiCache users should require a password',
  keywords: ['Redis', 'Valkey', 'no password', 'RBAC', 'authentication mode'],
  why: 'Any client that reaches the cache over the network can sign in as this user without a secret and use all of its permissions.',
  remedy: 'Use IAM authentication, or passwords from Secrets Manager.',
  sources: {
    'AWS::ElastiCache::User':
      'NoPasswordRequired states that the user needs no password; the authentication mode is IAM, password or no password.',
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html':
      'The access string turns a user on or off; without either, the user is off and cannot access the cache.',
  },
  accessed: '2026-11-28',
  settings: {
    'AWS::ElastiCache::User': [
      { path: 'NoPasswordRequired', onlyIf: { AccessString: ON } },
      { path: 'AuthenticationMode.Type', onlyIf: { AccessString: ON } },
    ],
  },
  forbidden: ['true', 'no-password-required'],
  absent: 'safe',
  problem: 'can sign in without a password',
  advice: 'Use IAM authentication or a password.',
});
