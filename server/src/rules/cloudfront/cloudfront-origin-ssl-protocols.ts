import { listRule } from '../forms/list-rule.ts';

export default listRule({
  id: 'cloudfront-origin-ssl-protocols',
  topic: 'encryption-in-transit',
  severity: 'low',
  judged: '2026-11-29',
  title: 'CloudFront should connect to origins with TLS 1.2 only',
  keywords: ['custom origin', 'SSL protocols', 'SSLv3', 'TLSv1', 'outdated TLS'],
  why: 'An attacker between CloudFront and the origin can exploit weaknesses of a deprecated protocol that both accept.',
  sources: {
    'AWS::CloudFront::Distribution.CustomOriginConfig':
      'The protocols that CloudFront uses to connect to an origin over HTTPS: SSLv3, TLSv1, TLSv1.1 and TLSv1.2.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-10':
      'CloudFront.10: it fails with SSLv3; TLS 1.2 or later is recommended for connections to origins.',
  },
  accessed: '2026-11-28',
  lists: {
    'AWS::CloudFront::Distribution': {
      path: 'DistributionConfig.Origins[].CustomOriginConfig.OriginSSLProtocols',
      // Over HTTP, no protocol is negotiated.
      inItem: { unless: { 'CustomOriginConfig.OriginProtocolPolicy': 'http-only' } },
    },
  },
  mustNotContain: ['SSLv3', 'TLSv1', 'TLSv1.1'],
  ofValue: { SSLv3: { aliases: ['CKV2_AWS_54'], controls: { securityHub: ['CloudFront.10'] } } },
  problem: 'allows an outdated TLS protocol for an origin',
  fix: { cost: 'the origin has to support TLS 1.2' },
});
