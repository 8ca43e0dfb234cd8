import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'cloudwatch-alarm-actions-enabled',
  topic: 'logging',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'CloudWatch alarms should have their actions enabled',
  keywords: ['ActionsEnabled', 'notification', 'muted alarm', 'monitoring'],
  why: 'An alarm whose actions are disabled notifies no one, so incidents are detected late.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html':
      'ActionsEnabled says whether actions are executed when the state of the alarm changes; it is true by default.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html':
      'CloudWatch.17: alarm actions should be activated.',
  },
  aliases: { checkov: ['CKV_AWS_319'] },
  controls: { securityHub: ['CloudWatch.17'] },
  settings: { 'AWS::CloudWatch::Alarm': 'ActionsEnabled' },
  required: true,
  absent: 'safe',
  problem: 'has its actions disabled',
});
