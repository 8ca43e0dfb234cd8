import { settingRule } from '../forms/setting-rule.ts';

/** The checks of other tools that are about both types. */
const PEERS = ['CKV_AWS_5', 'AWS-0048', 'W54'];

export default settingRule({
  id: 'opensearch-encryption-at-rest',
  topic: 'encryption-at-rest',
  severity: 'high',
  judged: '2026-11-29',
  title: 'OpenSearch domains should be encrypted at rest',
  keywords: ['Elasticsearch', 'unencrypted index', 'KMS', 'CMK', 'snapshots'],
  why: 'Indexes, logs, swap files and automated snapshots of the domain are stored in plaintext. Indexes often hold copies of the data of many applications.',
  remedy:
    'Set EncryptionAtRestOptions.Enabled to true. Domains with OpenSearch, or Elasticsearch 6.7 or later, can be encrypted in place.',
  sources: {
    'AWS::OpenSearchService::Domain.EncryptionAtRestOptions':
      'Enabled turns on encryption at rest; adding the property causes no interruption, changing it later replaces the domain.',
    aws_opensearch_domain:
      'Without the block, encryption at rest is off; it can be enabled in place with OpenSearch, or Elasticsearch 6.7 or later.',
  },
  accessed: '2026-11-28',
  settings: {
    'AWS::OpenSearchService::Domain': {
      path: 'EncryptionAtRestOptions.Enabled',
      aliases: [...PEERS, 'OPENSEARCH_ENCRYPTED_AT_REST'],
      controls: { securityHub: ['Opensearch.1'] },
    },
    'AWS::Elasticsearch::Domain': {
      path: 'EncryptionAtRestOptions.Enabled',
      aliases: [...PEERS, 'ELASTICSEARCH_ENCRYPTED_AT_REST'],
      controls: { securityHub: ['ES.1'] },
    },
  },
  required: true,
  absent: 'unsafe',
  advice: 'Enable encryption at rest.',
  fix: {
    title: 'Encrypt at rest',
    cost: 'cannot be turned off again; replaces a domain before Elasticsearch 6.7',
    impact: 'replace',
  },
});
