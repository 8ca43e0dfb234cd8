import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'batch-job-public-ip',
  topic: 'network-exposure',
  severity: 'medium',
  title: 'Batch jobs should not be assigned public IP addresses',
  keywords: ['job definition', 'Fargate', 'ECS tasks', 'public IPv4 address', 'internet-facing'],
  why: 'Jobs with public IP addresses can be reached from the internet as soon as a security group rule allows it.',
  remedy: 'Run jobs in private subnets, and reach the internet and ECR through a NAT gateway or VPC endpoints.',
  sources: {
    'AWS::Batch::JobDefinition.NetworkConfiguration':
      'Whether a job on Fargate has a public IP address. The default is DISABLED. Without one, it needs a NAT gateway to pull container images from the internet.',
    'https://docs.aws.amazon.com/batch/latest/APIReference/API_EcsTaskProperties.html':
      'A job that runs as an ECS task has the same setting in the properties of the task.',
  },
  accessed: '2026-12-02',
  items: {
    'AWS::Batch::JobDefinition': [
      'ContainerProperties.NetworkConfiguration',
      'EcsProperties.TaskProperties[].NetworkConfiguration',
    ],
  },
  setting: 'AssignPublicIp',
  forbidden: ['ENABLED'],
  write: 'DISABLED',
  absent: 'safe',
  problem: 'runs jobs with public IP addresses',
  consequence: 'One open security group rule exposes them to the internet.',
  advice: 'Disable public IP addresses.',
  fix: { title: 'Disable public IP addresses', cost: 'jobs need a NAT gateway or endpoints to pull images' },
});
