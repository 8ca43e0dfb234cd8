import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'ec2-public-ip',
  topic: 'network-exposure',
  severity: 'medium',
  profile: 'strict',
  judged: '2026-11-29',
  title: 'EC2 instances and launch templates should not assign public IP addresses',
  keywords: ['public IPv4 address', 'internet-facing', 'publicly accessible'],
  why: 'An instance with a public IP address can be reached from the internet as soon as a security group rule allows it.',
  remedy:
    'Launch the instance in a private subnet, behind a load balancer, with a NAT gateway for outbound traffic. Connect with Session Manager.',
  sources: {
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceNetworkInterfaceSpecification.html':
      'Whether an instance gets a public IPv4 address at launch. In a default subnet, the default is true.',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateInstanceNetworkInterfaceSpecificationRequest.html':
      'The same for instances that are launched from a template.',
  },
  accessed: '2026-11-28',
  items: {
    'AWS::EC2::Instance': {
      path: 'NetworkInterfaces[]',
      aliases: ['CKV_AWS_88', 'EC2_INSTANCE_NO_PUBLIC_IP'],
      controls: { securityHub: ['EC2.9'] },
    },
    'AWS::EC2::LaunchTemplate': {
      path: 'LaunchTemplateData.NetworkInterfaces[]',
      aliases: ['CKV_AWS_88'],
      controls: { securityHub: ['EC2.25'] },
    },
  },
  setting: 'AssociatePublicIpAddress',
  required: false,
  // The subnet decides; another rule checks its setting.
  absent: 'safe',
  problem: 'assigns a public IP address',
  consequence: 'One open security group rule exposes the instance to the internet.',
  fix: { cost: 'needs a NAT gateway for outbound traffic; replaces an instance', impact: 'replace' },
});
