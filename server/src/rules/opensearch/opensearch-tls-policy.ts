import { tableRule } from '../forms/table-rule.ts';

export default tableRule({
  id: 'opensearch-tls-policy',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'OpenSearch domains should require TLS 1.2',
  keywords: ['Elasticsearch', 'security policy', 'TLS 1.0', 'outdated TLS'],
  why: 'TLS 1.0 and 1.1 are deprecated and have known weaknesses, so an attacker on the network path has an easier target.',
  remedy: 'Use a security policy that requires TLS 1.2 or later.',
  sources: {
    'AWS::OpenSearchService::Domain.DomainEndpointOptions':
      'The policy is the minimum TLS version of the domain: TLS 1.0 to 1.2, only 1.2, or 1.2 and 1.3 with perfect forward secrecy.',
    'AWS::Elasticsearch::Domain.DomainEndpointOptions':
      'The same setting; Policy-Min-TLS-1-0-2019-07 supports TLS 1.0 and later.',
    'https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-awssupportremediator-enforceopensearchencryptionwithlatestpolicy.html':
      'The remediation of Opensearch.8 sets Policy-Min-TLS-1-2-PFS-2023-10, the latest policy; clients with TLS 1.0 or 1.1 lose connectivity.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_228', 'AWS-0126'],
  settings: {
    'AWS::OpenSearchService::Domain': {
      path: 'DomainEndpointOptions.TLSSecurityPolicy',
      controls: { securityHub: ['Opensearch.8'] },
    },
    'AWS::Elasticsearch::Domain': {
      path: 'DomainEndpointOptions.TLSSecurityPolicy',
      controls: { securityHub: ['ES.8'] },
    },
  },
  table: {
    source: 'https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainEndpointOptions.html',
    date: '2026-11-28',
    values: new Map([['Policy-Min-TLS-1-0-2019-07', 'TLS 1.0']]),
  },
  // AWS does not document the default.
  absent: 'safe',
  write: 'Policy-Min-TLS-1-2-PFS-2023-10',
  problem: 'accepts TLS 1.0 and 1.1',
  unresolvedProblem: 'may accept TLS 1.0',
  fix: { cost: 'stops clients without TLS 1.2' },
});
