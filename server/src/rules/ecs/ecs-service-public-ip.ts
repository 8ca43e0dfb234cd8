import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'ecs-service-public-ip',
  topic: 'network-exposure',
  severity: 'medium',
  profile: 'strict',
  judged: '2026-11-29',
  title: 'ECS services should not assign public IP addresses to tasks',
  keywords: ['Fargate', 'awsvpc', 'public IPv4 address', 'internet-facing'],
  why: 'Tasks with public IP addresses can be reached from the internet as soon as a security group rule allows it, bypassing the load balancer.',
  remedy:
    'Run tasks in private subnets, and reach the internet and ECR through a NAT gateway or VPC endpoints. Publish the service through a load balancer.',
  sources: {
    'AWS::ECS::Service.AwsVpcConfiguration':
      'Whether the network interface of a task gets a public IP address. The default is DISABLED.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_333'],
  controls: { securityHub: ['ECS.2'] },
  settings: { 'AWS::ECS::Service': 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp' },
  forbidden: ['ENABLED'],
  write: 'DISABLED',
  absent: 'safe',
  problem: 'assigns public IP addresses to its tasks',
  consequence: 'One open security group rule exposes them to the internet.',
  advice: 'Disable public IP addresses.',
  fix: { title: 'Disable public IP addresses', cost: 'tasks need a NAT gateway or endpoints to pull images' },
});
