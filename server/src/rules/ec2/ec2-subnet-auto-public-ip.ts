import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'ec2-subnet-auto-public-ip',
  topic: 'network-exposure',
  // Only resources that are placed in a public subnet get the address, and most of them need it.
  severity: 'low',
  judged: '2026-11-29',
  title: 'Subnets should not automatically assign public IP addresses',
  keywords: ['EC2', 'VPC', 'public IPv4 address'],
  why: 'Every instance launched in the subnet gets a public IP address, even if it does not need one. Load balancers and NAT gateways do not need the setting.',
  sources: {
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html':
      'With true, network interfaces of instances that are created in the subnet get a public IPv4 address.',
    aws_subnet: 'The default is false.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_130', 'AWS-0164', 'W33', 'SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED'],
  controls: { securityHub: ['EC2.15'] },
  settings: { 'AWS::EC2::Subnet': 'MapPublicIpOnLaunch' },
  required: false,
  absent: 'safe',
  problem: 'assigns a public IP address to each instance',
  advice: 'Set {setting} to false, and assign addresses only where they are needed.',
  fix: { cost: 'new instances have no public IP address' },
});
