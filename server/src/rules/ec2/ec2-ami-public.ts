import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'ec2-ami-public',
  topic: 'data-exposure',
  severity: 'high',
  judged: '2026-11-29',
  title: 'AMIs should not be public',
  keywords: ['launch permission', 'public image', 'shared AMI', 'EC2'],
  why: 'Anyone with an AWS account can launch a public AMI and read the data on its disks, such as code and credentials.',
  remedy:
    'Share the AMI with the accounts, organizational units or organizations that need it, and block public access for AMIs in each Region.',
  sources: {
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImageMetadata.html':
      'An AMI with public launch permissions is public.',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-intro.html':
      'A public AMI is available to any AWS account; it must not contain credentials. Block public access for AMIs must be off to make one public.',
    aws_ami_launch_permission: 'The group all gives public access to the AMI.',
  },
  settings: { aws_ami_launch_permission: 'group' },
  forbidden: ['all'],
  absent: 'safe',
  problem: 'makes an AMI public',
  consequence: 'Anyone with an AWS account can launch it and read its disks.',
  advice: 'Share it with accounts or organizations.',
});
