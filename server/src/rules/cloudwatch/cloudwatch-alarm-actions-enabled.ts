import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'cloudwatch-alarm-actions-enabled',
  topic: 'logging',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'CloudWatch alarms should have their actions enabled',
  keywords: ['notification', 'muted alarm', 'monitoring'],
  why: 'An alarm whose actions are disabled notifies no one, so incidents are detected late.',
  sources: {
    'AWS::CloudWatch::Alarm':
      'ActionsEnabled says whether actions are executed when the state of the alarm changes; it is true by default.',
  },
  aliases: ['CKV_AWS_319'],
  controls: { securityHub: ['CloudWatch.17'] },
  settings: { 'AWS::CloudWatch::Alarm': 'ActionsEnabled' },
  required: true,
  absent: 'safe',
  problem: 'has its actions disabled',
});
