import { settingRule } from '../forms/setting-rule.ts';

/** The checks of other tools that are about both types. */
const PEERS = ['CKV_AWS_6', 'AWS-0043', 'W85'];

export default settingRule({
  id: 'opensearch-node-to-node',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'OpenSearch domains should encrypt traffic between nodes',
  keywords: ['Elasticsearch', 'node-to-node encryption', 'TLS'],
  why: 'Without node-to-node encryption, data travels in plaintext between the nodes of the domain, even if clients use HTTPS.',
  remedy: 'Set NodeToNodeEncryptionOptions.Enabled to true. It cannot be turned off again.',
  sources: {
    'AWS::OpenSearchService::Domain.NodeToNodeEncryptionOptions':
      'Enabled turns node-to-node encryption on or off; an update needs no interruption.',
    aws_opensearch_domain:
      'Without the block, node-to-node encryption is off; it can be enabled in place with OpenSearch, or Elasticsearch 6.7 or later.',
  },
  accessed: '2026-11-28',
  settings: {
    'AWS::OpenSearchService::Domain': {
      path: 'NodeToNodeEncryptionOptions.Enabled',
      aliases: [...PEERS, 'OPENSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK'],
      controls: { securityHub: ['Opensearch.3'] },
    },
    'AWS::Elasticsearch::Domain': {
      path: 'NodeToNodeEncryptionOptions.Enabled',
      aliases: [...PEERS, 'ELASTICSEARCH_NODE_TO_NODE_ENCRYPTION_CHECK'],
      controls: { securityHub: ['ES.3'] },
    },
  },
  required: true,
  absent: 'unsafe',
  advice: 'Enable node-to-node encryption.',
  fix: {
    title: 'Encrypt traffic between nodes',
    cost: 'cannot be turned off again; replaces a domain before Elasticsearch 6.7',
    impact: 'replace',
  },
});
