import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'elasticache-user-password-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'ElastiCache and MemoryDB user passwords should not be hard-coded',
  keywords: ['RBAC', 'Redis ACL', 'Valkey'],
  why: 'Anyone who can read the repository, a backup of it or a build log can log in to the cache with the permissions of the user.',
  remedy:
    'Use IAM authentication for the user, or store the password in Secrets Manager. Then change the password, because it stays in the repository history.',
  sources: {
    'AWS::ElastiCache::User': 'A user can have up to two passwords, in Passwords.',
    'AWS::ElastiCache::User.AuthenticationMode':
      'AuthenticationMode has the type, such as password or iam, and the passwords for the type password.',
    'https://docs.aws.amazon.com/memorydb/latest/APIReference/API_AuthenticationMode.html':
      'The passwords of a MemoryDB user are in its authentication mode.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::ElastiCache::User': ['Passwords[]', 'AuthenticationMode.Passwords[]'],
    'AWS::MemoryDB::User': 'AuthenticationMode.Passwords[]',
  },
  advice: 'Use IAM authentication, or store it in Secrets Manager; change it.',
});
