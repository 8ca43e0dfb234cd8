import { settingRule } from '../forms/setting-rule.ts';

/** The checks of other tools that are about both types. */
const PEERS = ['CKV_AWS_83', 'AWS-0046'];

export default settingRule({
  id: 'opensearch-enforce-https',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'OpenSearch domains should enforce HTTPS',
  keywords: ['Elasticsearch', 'TLS', 'SSL'],
  why: 'With plain HTTP, anyone on the network path can read and change queries, documents and credentials.',
  sources: {
    'AWS::OpenSearchService::Domain.DomainEndpointOptions':
      'EnforceHTTPS requires that all traffic to the domain arrives over HTTPS.',
    'config:opensearch-https-required': 'A domain with EnforceHTTPS that is not true is noncompliant.',
    'https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-awssupportremediator-enforceopensearchencryptionwithlatestpolicy.html':
      'The remediation of Opensearch.8 enforces HTTPS, which blocks plain HTTP, and sets the latest TLS policy.',
    aws_opensearch_domain: 'enforce_https is true by default in the block domain_endpoint_options.',
  },
  accessed: '2026-11-28',
  settings: {
    'AWS::OpenSearchService::Domain': {
      path: 'DomainEndpointOptions.EnforceHTTPS',
      aliases: [...PEERS, 'OPENSEARCH_HTTPS_REQUIRED'],
      controls: { securityHub: ['Opensearch.8'] },
    },
    'AWS::Elasticsearch::Domain': {
      path: 'DomainEndpointOptions.EnforceHTTPS',
      aliases: [...PEERS, 'ELASTICSEARCH_HTTPS_REQUIRED'],
      controls: { securityHub: ['ES.8'] },
    },
  },
  required: true,
  absent: 'unsafe',
  problem: 'accepts plain HTTP',
  fix: { cost: 'stops clients that use plain HTTP' },
});
