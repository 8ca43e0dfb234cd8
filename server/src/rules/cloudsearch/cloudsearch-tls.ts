import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'cloudsearch-tls',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'CloudSearch domains should require TLS 1.2',
  keywords: ['TLSSecurityPolicy', 'security policy', 'outdated TLS'],
  why: 'TLS 1.0 and 1.1 are deprecated and have known weaknesses, so an attacker on the network path has an easier target.',
  sources: {
    'https://docs.aws.amazon.com/cloudsearch/latest/developerguide/API_DomainEndpointOptions.html':
      'AWS recommends Policy-Min-TLS-1-2-2019-07; the default is Policy-Min-TLS-1-0-2019-07, for older clients. There are no other values.',
    aws_cloudsearch_domain:
      'endpoint_options and tls_security_policy are optional; the provider has no default for them.',
  },
  aliases: ['CKV_AWS_218'],
  settings: { aws_cloudsearch_domain: 'endpoint_options.tls_security_policy' },
  forbidden: ['Policy-Min-TLS-1-0-2019-07'],
  write: 'Policy-Min-TLS-1-2-2019-07',
  absent: 'unsafe',
  problem: 'accepts TLS 1.0 and 1.1',
  fix: { cost: 'stops clients without TLS 1.2' },
});
