import { attributeRule } from '../forms/attribute-rule.ts';
import { APPLICATION_ATTRIBUTES } from './load-balancer-places.ts';

export default attributeRule({
  id: 'elb-desync-mode',
  topic: 'network-exposure',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'Application Load Balancers should mitigate HTTP desync attacks',
  keywords: ['ALB', 'ELB', 'desync mitigation mode', 'monitor', 'defensive', 'strictest', 'request smuggling'],
  why: 'In monitor mode, the load balancer forwards ambiguous requests. Attackers use them to poison caches or to hijack requests of other users.',
  remedy: 'Use defensive mode, which is the default, or strictest mode.',
  sources: {
    'AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancerAttribute':
      'The mode is monitor, defensive or strictest; the default is defensive. Only Application Load Balancers support it.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_328'],
  controls: { securityHub: ['ELB.12'] },
  attributes: { 'AWS::ElasticLoadBalancingV2::LoadBalancer': APPLICATION_ATTRIBUTES },
  attribute: 'routing.http.desync_mitigation_mode',
  forbidden: ['monitor'],
  write: 'defensive',
  absent: 'safe',
  problem: 'does not block HTTP desync attacks',
  advice: 'Use the defensive desync mitigation mode.',
  fix: { title: 'Use defensive mode', cost: 'blocks ambiguous requests' },
});
