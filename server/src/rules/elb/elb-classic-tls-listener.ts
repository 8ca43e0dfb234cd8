import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'elb-classic-tls-listener',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'Classic Load Balancer listeners should use HTTPS or TLS',
  keywords: ['CLB', 'ELB', 'SSL', 'encryption in transit'],
  why: 'With plain HTTP, anyone on the network path can read and change requests, including session cookies and passwords. A Classic Load Balancer cannot redirect to HTTPS.',
  remedy: 'Use an HTTPS or SSL listener with a certificate, or migrate to an Application Load Balancer.',
  sources: {
    'AWS::ElasticLoadBalancing::LoadBalancer.Listeners': 'The protocol of a listener is HTTP, HTTPS, TCP or SSL.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_376', 'ELB_TLS_HTTPS_LISTENERS_ONLY'],
  controls: { securityHub: ['ELB.3'] },
  items: { 'AWS::ElasticLoadBalancing::LoadBalancer': 'Listeners[]' },
  setting: 'Protocol',
  // TCP can carry TLS to the instances.
  forbidden: { ignoringCase: ['HTTP'] },
  absent: 'safe',
  milderIf: { 'AWS::ElasticLoadBalancing::LoadBalancer': { Scheme: 'internal' } },
  problem: 'serves clients over plain HTTP',
  advice: 'Use an HTTPS listener with a certificate.',
});
