import { attributeRule } from '../forms/attribute-rule.ts';
import { APPLICATION_ATTRIBUTES } from './load-balancer-places.ts';

export default attributeRule({
  id: 'elb-drop-invalid-headers',
  topic: 'network-exposure',
  severity: 'low',
  judged: '2026-11-29',
  title: 'Application Load Balancers should drop invalid headers',
  keywords: ['ALB', 'ELB', 'drop_invalid_header_fields', 'HTTP desync', 'request smuggling'],
  why: 'A target can interpret invalid headers differently from the load balancer, which enables request smuggling.',
  remedy: 'Set routing.http.drop_invalid_header_fields.enabled to true.',
  sources: {
    'AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancerAttribute':
      'With the attribute, the load balancer removes headers with invalid fields; otherwise it forwards them, which is the default. Only Application Load Balancers support it.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_131', 'AWS-0052', 'ALB_HTTP_DROP_INVALID_HEADER_ENABLED'],
  controls: { securityHub: ['ELB.4'] },
  attributes: { 'AWS::ElasticLoadBalancingV2::LoadBalancer': APPLICATION_ATTRIBUTES },
  attribute: 'routing.http.drop_invalid_header_fields.enabled',
  required: 'true',
  absent: 'unsafe',
  problem: 'forwards invalid HTTP headers',
  advice: 'Drop them to prevent request smuggling.',
  fix: { title: 'Drop invalid headers', cost: 'removes headers with invalid names' },
});
