import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'apigateway-domain-tls',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'API Gateway domain names should require TLS 1.2',
  keywords: ['custom domain', 'TLS_1_0', 'security policy', 'outdated TLS'],
  why: 'TLS 1.0 and 1.1 are deprecated and have known weaknesses, so an attacker on the network path has an easier target.',
  remedy: 'Set SecurityPolicy to TLS_1_2, or to a policy that begins with SecurityPolicy_.',
  sources: {
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html':
      'TLS_1_0 accepts TLS 1.0 and later, TLS_1_2 accepts TLS 1.2 and later; policies that begin with SecurityPolicy_ are the enhanced ones.',
    'AWS::ApiGateway::DomainName': 'SecurityPolicy is the TLS version and cipher suite of the domain name.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_206', 'AWS-0005', 'AWS-0112', 'W62', 'API_GW_DOMAIN_DENY_NON_TLS_TRAFFIC'],
  settings: { 'AWS::ApiGateway::DomainName': 'SecurityPolicy' },
  forbidden: ['TLS_1_0'],
  write: 'TLS_1_2',
  // AWS does not document the default.
  absent: 'safe',
  problem: 'accepts TLS 1.0 and 1.1',
  fix: { cost: 'stops older clients' },
});
