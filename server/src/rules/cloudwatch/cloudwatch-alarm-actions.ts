import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'cloudwatch-alarm-actions',
  topic: 'logging',
  severity: 'low',
  judged: '2026-11-29',
  title: 'CloudWatch alarms should have an action',
  keywords: ['notification', 'SNS topic', 'monitoring', 'incident response'],
  why: 'An alarm without an action changes its state and notifies no one, so incidents are detected late.',
  remedy:
    'Add an SNS topic or another action to AlarmActions, unless a composite alarm, a deployment or an EventBridge rule reacts to the alarm.',
  sources: {
    'AWS::CloudWatch::Alarm':
      'AlarmActions, OKActions and InsufficientDataActions are optional lists of what is executed when the state changes.',
  },
  aliases: ['CLOUDWATCH_ALARM_ACTION_CHECK'],
  controls: { securityHub: ['CloudWatch.15'] },
  settings: {
    'AWS::CloudWatch::Alarm': {
      path: 'AlarmActions',
      unless: { OKActions: 'is set', InsufficientDataActions: 'is set' },
    },
  },
  forbidden: 'is empty',
  absent: 'unsafe',
  problem: 'has no action',
  advice: 'Add an SNS topic to {setting}.',
});
