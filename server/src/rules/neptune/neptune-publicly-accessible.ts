import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'neptune-publicly-accessible',
  topic: 'network-exposure',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Neptune instances should not be publicly accessible',
  keywords: ['internet-facing', 'graph database'],
  why: 'One open security group rule exposes a publicly accessible graph database to the internet.',
  remedy: 'Set PubliclyAccessible to false and connect from within the VPC or through a VPN.',
  sources: {
    'https://docs.aws.amazon.com/neptune/latest/userguide/neptune-public-endpoints.html':
      'A public endpoint can be reached from outside the VPC; it is off unless the instance is publicly accessible.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_102'],
  settings: { 'AWS::Neptune::DBInstance': 'PubliclyAccessible' },
  required: false,
  absent: 'safe',
  consequence: 'One open security group rule exposes it to the internet.',
  fix: { cost: 'clients outside the VPC lose access' },
});
