import { tableRule } from '../forms/table-rule.ts';
import { LISTENER_POLICY, POLICY_PAGE, RECOMMENDED_POLICY } from './load-balancer-places.ts';

/** Security policies that accept versions before TLS 1.2, with the oldest one. */
const OLD_POLICIES = new Map([
  ['ELBSecurityPolicy-2015-05', 'TLS 1.0'],
  ['ELBSecurityPolicy-2016-08', 'TLS 1.0'],
  ['ELBSecurityPolicy-FS-2018-06', 'TLS 1.0'],
  ['ELBSecurityPolicy-FS-1-1-2019-08', 'TLS 1.1'],
  ['ELBSecurityPolicy-TLS-1-0-2015-04', 'TLS 1.0'],
  ['ELBSecurityPolicy-TLS-1-1-2017-01', 'TLS 1.1'],
  ['ELBSecurityPolicy-TLS13-1-0-2021-06', 'TLS 1.0'],
  ['ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04', 'TLS 1.0'],
  ['ELBSecurityPolicy-TLS13-1-0-FIPS-PQ-2025-09', 'TLS 1.0'],
  ['ELBSecurityPolicy-TLS13-1-0-PQ-2025-09', 'TLS 1.0'],
  ['ELBSecurityPolicy-TLS13-1-1-2021-06', 'TLS 1.1'],
  ['ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04', 'TLS 1.1'],
]);

export default tableRule({
  id: 'elb-listener-tls12',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'ELB listeners should require TLS 1.2',
  keywords: [
    'Application Load Balancer',
    'Network Load Balancer',
    'ALB',
    'NLB',
    'security policy',
    'TLS12',
    'outdated TLS',
  ],
  why: 'TLS 1.0 and 1.1 are deprecated and have known weaknesses. Without SslPolicy, CloudFormation and Terraform create listeners with a policy of 2016 that accepts them.',
  remedy:
    'Set SslPolicy to a policy that requires TLS 1.2 or later, such as ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09.',
  sources: {
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html':
      'The protocols of each policy. Without a policy, a listener of CloudFormation or the CLI gets ELBSecurityPolicy-2016-08; the default of the console is ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09.',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html':
      'The same for TLS listeners of Network Load Balancers.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_103', 'CKV2_AWS_74', 'AWS-0047', 'W55', 'ELBV2_LISTENER_SSL_POLICY_RULE'],
  controls: { securityHub: ['ELB.17'] },
  options: {
    allowedPolicies: {
      type: 'texts',
      example: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
      description: 'The only security policies that listeners may use. A fix writes the first.',
    },
  },
  settings: { 'AWS::ElasticLoadBalancingV2::Listener': LISTENER_POLICY },
  table: { ...POLICY_PAGE, values: OLD_POLICIES },
  allowed: {
    option: 'allowedPolicies',
    byDefault: 'ELBSecurityPolicy-2016-08',
    problem: 'uses {value}, which the configuration does not allow',
    unresolvedProblem: 'may use a security policy that the configuration does not allow',
  },
  absent: 'unsafe',
  write: RECOMMENDED_POLICY,
  problem: 'accepts outdated TLS versions',
  unresolvedProblem: 'may accept outdated TLS versions',
  absentProblem: 'accepts TLS 1.0, because {setting} is not set',
  consequence: '{setting} allows {note}.',
  advice: 'Use a policy that requires TLS 1.2.',
  fix: { title: 'Require TLS 1.2', cost: 'stops older clients' },
});
