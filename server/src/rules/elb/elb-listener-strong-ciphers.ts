import { tableRule } from '../forms/table-rule.ts';
import { LISTENER_POLICY, POLICY_PAGE, RECOMMENDED_POLICY } from './load-balancer-places.ts';

export default tableRule({
  id: 'elb-listener-strong-ciphers',
  topic: 'encryption-in-transit',
  severity: 'low',
  judged: '2026-11-29',
  title: 'ELB listeners should use a recommended security policy',
  keywords: [
    'Application Load Balancer',
    'Network Load Balancer',
    'strong ciphers',
    'weak ciphers',
    'forward secrecy',
    'CBC',
  ],
  why: 'These policies require TLS 1.2 but keep ciphers for older clients, which AWS no longer recommends. Without forward secrecy, a stolen key decrypts recorded traffic.',
  remedy: 'Use a recommended policy such as ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09.',
  sources: {
    'https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-17':
      'ELB.17: the recommended policies, which do not include these.',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html':
      'Policies with only TLS_* and ECDHE_* ciphers provide forward secrecy; the default of the console is ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09.',
  },
  accessed: '2026-11-28',
  controls: { securityHub: ['ELB.17'] },
  settings: { 'AWS::ElasticLoadBalancingV2::Listener': LISTENER_POLICY },
  table: {
    ...POLICY_PAGE,
    values: new Map(
      [
        'ELBSecurityPolicy-TLS-1-2-2017-01',
        'ELBSecurityPolicy-TLS-1-2-Ext-2018-06',
        'ELBSecurityPolicy-FS-1-2-2019-08',
        'ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06',
        'ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06',
        'ELBSecurityPolicy-TLS13-1-2-Ext0-FIPS-2023-04',
        'ELBSecurityPolicy-TLS13-1-2-Ext1-FIPS-2023-04',
        'ELBSecurityPolicy-TLS13-1-2-Ext2-FIPS-2023-04',
      ].map((policy) => [policy, 'older ciphers']),
    ),
  },
  // A listener without a policy is a finding of elb-listener-tls12.
  absent: 'safe',
  write: RECOMMENDED_POLICY,
  problem: 'allows ciphers that AWS no longer recommends',
  unresolvedProblem: 'may allow ciphers that AWS no longer recommends',
  advice: 'Use a recommended policy.',
  fix: { title: 'Use a recommended security policy', cost: 'stops older clients' },
});
