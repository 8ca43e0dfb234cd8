import { attributeRule } from '../forms/attribute-rule.ts';
import { APPLICATION_ATTRIBUTES } from './load-balancer-places.ts';

export default attributeRule({
  id: 'elb-access-logs',
  topic: 'logging',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'Application Load Balancers should have access logs enabled',
  keywords: ['access logging', 'access_logs.s3.enabled', 'ALB', 'ELB', 'audit'],
  why: 'Without access logs, you cannot tell who sent which requests, or investigate an attack.',
  remedy:
    'Set access_logs.s3.enabled to true and access_logs.s3.bucket to a bucket whose policy allows the load balancer to write.',
  sources: {
    'AWS::ElasticLoadBalancingV2::LoadBalancer.LoadBalancerAttribute':
      'access_logs.s3.enabled is false by default; access logs require a bucket in the same Region with a policy for Elastic Load Balancing.',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html':
      'A Network Load Balancer creates access logs only for TLS listeners, so this check does not require them.',
    'AWS::Logs::DeliverySource':
      'A delivery source is a resource that sends logs of a type to CloudWatch Logs, Amazon S3 or Firehose.',
  },
  aliases: ['CKV_AWS_91', 'W52', 'ELBV2_ACCESS_LOGGING_RULE'],
  controls: { securityHub: ['ELB.5'] },
  attributes: {
    'AWS::ElasticLoadBalancingV2::LoadBalancer': {
      ...APPLICATION_ATTRIBUTES,
      unlessRelated: {
        relation: 'log-deliveries',
        type: 'AWS::Logs::DeliverySource',
        with: { LogType: { matches: /ACCESS_LOGS$/ } },
      },
    },
  },
  attribute: 'access_logs.s3.enabled',
  forbidden: { ignoringCase: ['false'] },
  absent: 'unsafe',
  advice: 'Deliver them to an S3 bucket or a log group.',
});
