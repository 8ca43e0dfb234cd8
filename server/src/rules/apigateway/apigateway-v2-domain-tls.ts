import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'apigateway-v2-domain-tls',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'API Gateway V2 domain names should require TLS 1.2',
  keywords: ['HTTP API', 'WebSocket API', 'custom domain', 'TLS_1_0', 'outdated TLS'],
  why: 'TLS 1.0 and 1.1 are deprecated and have known weaknesses, so an attacker on the network path has an easier target.',
  sources: {
    'AWS::ApiGatewayV2::DomainName.DomainNameConfiguration': 'SecurityPolicy is TLS_1_0 or TLS_1_2.',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html':
      'HTTP and WebSocket APIs support only the policy TLS_1_2.',
  },
  accessed: '2026-11-28',
  items: { 'AWS::ApiGatewayV2::DomainName': 'DomainNameConfigurations[]' },
  setting: 'SecurityPolicy',
  forbidden: ['TLS_1_0'],
  write: 'TLS_1_2',
  // AWS does not document the default.
  absent: 'safe',
  problem: 'accepts TLS 1.0 and 1.1',
  fix: { cost: 'stops older clients' },
});
