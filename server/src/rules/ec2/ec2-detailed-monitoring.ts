import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'ec2-detailed-monitoring',
  topic: 'logging',
  severity: 'info',
  judged: '2026-11-29',
  title: 'EC2 instances should have detailed monitoring enabled',
  keywords: ['one-minute metrics', 'CloudWatch'],
  why: 'With basic monitoring, metrics arrive every five minutes, so alarms and scaling react late.',
  sources: {
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-detailed-monitoring.html':
      'Basic monitoring sends metrics in 5-minute periods, detailed monitoring in 1-minute periods at an additional charge.',
    'AWS::EC2::Instance': 'Without Monitoring set to true, basic monitoring is enabled.',
    'config:ec2-instance-detailed-monitoring-enabled':
      'ec2-instance-detailed-monitoring-enabled checks whether detailed monitoring is enabled for an instance.',
  },
  aliases: ['CKV_AWS_126', 'EC2_INSTANCE_DETAILED_MONITORING_ENABLED'],
  settings: { 'AWS::EC2::Instance': { path: 'Monitoring', inheritedFrom: ['LaunchTemplate'] } },
  required: true,
  absent: 'unsafe',
  fix: { cost: 'detailed metrics are charged' },
});
