import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'ec2-launch-configuration-public-ip',
  topic: 'network-exposure',
  severity: 'medium',
  profile: 'strict',
  judged: '2026-11-29',
  title: 'Launch configurations should not assign public IP addresses',
  keywords: ['EC2', 'Auto Scaling', 'internet-facing'],
  why: 'Instances of an Auto Scaling group with public IP addresses can be reached from the internet as soon as a security group rule allows it.',
  remedy: 'Launch the instances in private subnets, behind a load balancer, with a NAT gateway for outbound traffic.',
  sources: {
    'https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateLaunchConfiguration.html':
      'With true, each instance of the group gets a public IPv4 address. Without a value, the subnet decides.',
    'config:autoscaling-launch-config-public-ip-disabled':
      'A launch configuration with AssociatePublicIpAddress set to true is noncompliant.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_389', 'AWS-0009', 'AUTOSCALING_LAUNCH_CONFIG_PUBLIC_IP_DISABLED'],
  controls: { securityHub: ['AutoScaling.5'] },
  settings: { 'AWS::AutoScaling::LaunchConfiguration': 'AssociatePublicIpAddress' },
  required: false,
  // The subnets decide; another rule checks their setting.
  absent: 'safe',
  problem: 'assigns public IP addresses to its instances',
  consequence: 'One open security group rule exposes them to the internet.',
  fix: { cost: 'replaces it; new instances need a NAT gateway', impact: 'replace' },
});
