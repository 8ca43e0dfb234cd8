import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'ecs-service-public-ip',
  topic: 'network-exposure',
  severity: 'medium',
  profile: 'strict',
  judged: '2026-11-29',
  title: 'ECS tasks should not be assigned public IP addresses',
  keywords: [
    'ECS service',
    'task set',
    'scheduled task',
    'EventBridge target',
    'Fargate',
    'awsvpc',
    'public IPv4 address',
    'internet-facing',
  ],
  why: 'Tasks with public IP addresses can be reached from the internet as soon as a security group rule allows it, bypassing the load balancer.',
  remedy:
    'Run tasks in private subnets, and reach the internet and ECR through a NAT gateway or VPC endpoints. Publish a service through a load balancer.',
  sources: {
    'AWS::ECS::Service.AwsVpcConfiguration':
      'Whether the network interface of a task gets a public IP address. The default is DISABLED.',
    'AWS::ECS::TaskSet.AwsVpcConfiguration': {
      claim: 'The same setting of a task set, with the same default. A change replaces the task set.',
      seen: '2026-12-02',
    },
    'AWS::Events::Rule.AwsVpcConfiguration': {
      claim: 'Whether the network interface of a task that a rule runs gets a public IP address, which needs Fargate.',
      seen: '2026-12-02',
    },
    'AWS::Scheduler::Schedule.AwsVpcConfiguration': {
      claim: 'The same setting for the tasks that a schedule runs.',
      seen: '2026-12-02',
    },
    'AWS::Pipes::Pipe.AwsVpcConfiguration': {
      claim: 'The same setting for the tasks that a pipe runs.',
      seen: '2026-12-02',
    },
  },
  accessed: '2026-11-28',
  items: {
    'AWS::ECS::Service': {
      path: 'NetworkConfiguration.AwsvpcConfiguration',
      aliases: ['CKV_AWS_333'],
      controls: { securityHub: ['ECS.2'] },
    },
    'AWS::ECS::TaskSet': {
      path: 'NetworkConfiguration.AwsVpcConfiguration',
      controls: { securityHub: ['ECS.16'] },
      fixCost: 'replaces the task set; tasks need a NAT gateway or endpoints to pull images',
      fixImpact: 'replace',
    },
    'AWS::Events::Rule': 'Targets[].EcsParameters.NetworkConfiguration.AwsVpcConfiguration',
    'AWS::Scheduler::Schedule': 'Target.EcsParameters.NetworkConfiguration.AwsvpcConfiguration',
    'AWS::Pipes::Pipe': 'TargetParameters.EcsTaskParameters.NetworkConfiguration.AwsvpcConfiguration',
  },
  setting: 'AssignPublicIp',
  forbidden: ['ENABLED'],
  write: 'DISABLED',
  absent: 'safe',
  problem: 'runs tasks with public IP addresses',
  consequence: 'One open security group rule exposes them to the internet.',
  advice: 'Disable public IP addresses.',
  fix: { title: 'Disable public IP addresses', cost: 'tasks need a NAT gateway or endpoints to pull images' },
});
