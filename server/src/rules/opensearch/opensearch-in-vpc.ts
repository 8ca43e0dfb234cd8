import { settingRule } from '../forms/setting-rule.ts';

/** The checks of other tools that are about both types. */
const PEERS = ['CKV_AWS_137', 'W90'];

export default settingRule({
  id: 'opensearch-in-vpc',
  topic: 'network-exposure',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'OpenSearch domains should be in a VPC',
  keywords: ['public endpoint', 'publicly accessible', 'internet-facing', 'Elasticsearch'],
  why: 'A domain outside a VPC has a public endpoint, so only its access policy and fine-grained access control protect its data from the internet.',
  remedy:
    'Add VPCOptions with private subnets and security groups. An existing domain cannot be moved into a VPC; restore a snapshot into a new one.',
  sources: {
    'config:opensearch-in-vpc-only': 'A domain with a public endpoint is noncompliant.',
    'config:elasticsearch-in-vpc-only': 'The same for Elasticsearch domains.',
    'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html':
      'A domain has either a public endpoint or one in a VPC, and cannot switch between them later.',
  },
  accessed: '2026-11-28',
  settings: {
    'AWS::OpenSearchService::Domain': {
      path: 'VPCOptions',
      aliases: [...PEERS, 'OPENSEARCH_IN_VPC_ONLY'],
      controls: { securityHub: ['Opensearch.2'] },
    },
    'AWS::Elasticsearch::Domain': {
      path: 'VPCOptions',
      aliases: [...PEERS, 'ELASTICSEARCH_IN_VPC_ONLY'],
      controls: { securityHub: ['ES.2'] },
    },
  },
  forbidden: 'is blank',
  absent: 'unsafe',
  problem: 'has a public endpoint',
  consequence: 'Only its access policy protects it from the internet.',
  advice: 'Add {setting} with private subnets.',
});
