import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'docdb-elastic-password-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'DocumentDB elastic cluster passwords should not be hard-coded',
  keywords: ['docdb', 'PLAIN_TEXT', 'Secrets Manager'],
  why: 'Anyone who can read the repository, a backup of it or a build log can log in to the cluster as its administrator.',
  remedy:
    'Store the password in Secrets Manager, set AuthType to SECRET_ARN and AdminUserPassword to the ARN of the secret. Then change the password, because it stays in the repository history.',
  sources: {
    'AWS::DocDBElastic::Cluster':
      'AdminUserPassword is the password of the administrator. AuthType says whether it is PLAIN_TEXT or SECRET_ARN.',
  },
  accessed: '2026-11-28',
  secrets: { 'AWS::DocDBElastic::Cluster': { path: 'AdminUserPassword', unless: { AuthType: ['SECRET_ARN'] } } },
  advice: 'Store it in Secrets Manager, use the type SECRET_ARN, and change it.',
});
