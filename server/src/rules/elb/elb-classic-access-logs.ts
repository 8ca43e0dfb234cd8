import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'elb-classic-access-logs',
  topic: 'logging',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'Classic Load Balancers should have access logs enabled',
  keywords: ['access logging', 'ELB', 'audit'],
  why: 'Without access logs, you cannot tell who sent which requests, or investigate an attack.',
  remedy: 'Set AccessLoggingPolicy with Enabled and a bucket whose policy allows the load balancer to write.',
  sources: {
    'AWS::ElasticLoadBalancing::LoadBalancer.AccessLoggingPolicy':
      'Enabled says whether access logs are captured; S3BucketName is where they go.',
    aws_elb: 'enabled of access_logs is true by default.',
  },
  aliases: ['CKV_AWS_92', 'W26', 'ELB_LOGGING_ENABLED'],
  controls: { securityHub: ['ELB.5'] },
  settings: { 'AWS::ElasticLoadBalancing::LoadBalancer': 'AccessLoggingPolicy.Enabled' },
  forbidden: false,
  absent: 'unsafe',
  advice: 'Deliver them to an S3 bucket.',
});
