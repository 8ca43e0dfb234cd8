import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'mq-broker-public',
  topic: 'network-exposure',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Amazon MQ brokers should not be publicly accessible',
  keywords: ['internet-facing', 'ActiveMQ', 'RabbitMQ'],
  why: 'The endpoints and the web console of a public broker have public IP addresses, where attackers can try passwords and exploits.',
  remedy: 'Set PubliclyAccessible to false and connect from within the VPC or through a VPN.',
  sources: {
    'https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers.html':
      'With true, applications outside the VPC can connect to the broker. The default is false.',
    'config:mq-no-public-access': 'A broker with PubliclyAccessible set to true is noncompliant.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_69', 'AWS-0072'],
  settings: { 'AWS::AmazonMQ::Broker': 'PubliclyAccessible' },
  required: false,
  absent: 'safe',
  consequence: 'Its endpoints and web console have public IP addresses.',
  fix: { cost: 'replaces the broker; outside clients lose access', impact: 'replace' },
});
