import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'elb-classic-security-policy',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'Classic Load Balancers should require TLS 1.2',
  keywords: ['CLB', 'ELB', 'SSLNegotiationPolicyType', 'security policy', 'SSLv3', 'TLS 1.0', 'outdated TLS'],
  why: 'SSL 3.0, TLS 1.0 and TLS 1.1 are deprecated and have known weaknesses, so an attacker on the network path has an easier target.',
  remedy: 'Use the predefined policy ELBSecurityPolicy-TLS-1-2-2017-01.',
  sources: {
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-policy-table.html':
      'The protocols of the predefined policies: only ELBSecurityPolicy-TLS-1-2-2017-01 requires TLS 1.2.',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-ssl-security-policy.html':
      'A load balancer uses a predefined or a custom policy; the default is ELBSecurityPolicy-2016-08.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-elasticloadbalancing-loadbalancer-policies.html':
      'A policy has a name, a type and attributes.',
  },
  accessed: '2026-11-28',
  aliases: { checkov: ['CKV_AWS_213'], guard: ['ELB_PREDEFINED_SECURITY_POLICY_SSL_CHECK'] },
  items: { 'AWS::ElasticLoadBalancing::LoadBalancer': 'Policies[].Attributes[]' },
  setting: 'Value',
  // The first attribute names a predefined policy; the others turn on a protocol of a custom one.
  onlyIf: {
    Name: ['Reference-Security-Policy', 'Protocol-SSLv2', 'Protocol-SSLv3', 'Protocol-TLSv1', 'Protocol-TLSv1.1'],
  },
  forbidden: [
    'true',
    'ELBSecurityPolicy-2016-08',
    'ELBSecurityPolicy-2015-05',
    'ELBSecurityPolicy-2015-03',
    'ELBSecurityPolicy-2015-02',
    'ELBSecurityPolicy-2014-10',
    'ELBSecurityPolicy-2014-01',
    'ELBSecurityPolicy-2011-08',
    'ELBSample-ELBDefaultNegotiationPolicy',
    'ELBSample-OpenSSLDefaultNegotiationPolicy',
    'ELBSecurityPolicy-TLS-1-1-2017-01',
  ],
  absent: 'safe',
  problem: 'accepts outdated TLS versions',
  advice: 'Use the policy ELBSecurityPolicy-TLS-1-2-2017-01.',
  fix: 'none',
});
