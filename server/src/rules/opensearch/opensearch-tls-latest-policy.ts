import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'opensearch-tls-latest-policy',
  topic: 'encryption-in-transit',
  severity: 'low',
  title: 'OpenSearch domains should use the latest TLS security policy',
  keywords: ['Elasticsearch', 'perfect forward secrecy', 'PFS', 'TLS 1.3', 'cipher suites'],
  why: 'The older policy for TLS 1.2 does not support TLS 1.3. Without perfect forward secrecy, a stolen private key decrypts recorded traffic.',
  remedy: 'Use a security policy for TLS 1.2 or later with perfect forward secrecy.',
  sources: {
    'AWS::OpenSearchService::Domain.DomainEndpointOptions':
      'Policy-Min-TLS-1-2-2019-07 supports only TLS 1.2. Policy-Min-TLS-1-2-PFS-2023-10 supports TLS 1.2 and 1.3 with perfect forward secrecy.',
    'https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-awssupportremediator-enforceopensearchencryptionwithlatestpolicy.html':
      'The remediation of Opensearch.8 sets Policy-Min-TLS-1-2-PFS-2023-10, the latest policy; clients without its cipher suites lose connectivity.',
  },
  accessed: '2026-12-02',
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
  // Whether a value that is not known is the oldest policy is a question of opensearch-tls-policy.
  forbidden: { knownToBe: ['Policy-Min-TLS-1-2-2019-07'] },
  write: 'Policy-Min-TLS-1-2-PFS-2023-10',
  // AWS does not document the default.
  absent: 'safe',
  problem: 'does not use the latest TLS security policy',
  consequence: 'It does not support TLS 1.3 or require forward secrecy.',
  fix: { cost: 'stops clients without its cipher suites' },
});
