import { secretRule } from '../forms/secret-rule.ts';

export default secretRule({
  id: 'opensearch-master-user-password-plaintext',
  severity: 'critical',
  judged: '2026-11-29',
  title: 'OpenSearch master user passwords should not be hard-coded',
  keywords: ['fine-grained access control', 'Elasticsearch'],
  why: 'Anyone who can read the repository, a backup of it or a build log can log in to the domain with full access to its data.',
  remedy:
    'Use an IAM principal as the master user (MasterUserARN), or a dynamic reference to a secret. Then change the password, because it stays in the repository history.',
  sources: {
    'AWS::OpenSearchService::Domain.MasterUserOptions':
      'MasterUserPassword is the password of the master user in the internal user database; a dynamic reference can replace it.',
    'AWS::Elasticsearch::Domain.MasterUserOptions': 'The same for Elasticsearch domains.',
  },
  accessed: '2026-11-28',
  secrets: {
    'AWS::OpenSearchService::Domain': 'AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword',
    'AWS::Elasticsearch::Domain': 'AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword',
  },
});
