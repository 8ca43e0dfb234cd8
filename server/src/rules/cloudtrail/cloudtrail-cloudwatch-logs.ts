import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'cloudtrail-cloudwatch-logs',
  topic: 'logging',
  severity: 'low',
  judged: '2026-11-29',
  title: 'CloudTrail trails should send events to CloudWatch Logs',
  keywords: ['metric filters', 'alarms', 'monitoring'],
  why: 'Events that are only stored in a bucket are noticed late. Metric filters and alarms need them in CloudWatch Logs.',
  remedy:
    'Set CloudWatchLogsLogGroupArn to a log group and CloudWatchLogsRoleArn to a role that may write to it, unless another tool evaluates the events of the bucket.',
  sources: {
    'AWS::CloudTrail::Trail':
      'Delivery to CloudWatch Logs needs both the ARN of a log group and that of a role; empty strings turn it off.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudtrail-controls.html':
      'CloudTrail.5: trails should be integrated with CloudWatch Logs, to monitor and alarm on activity; other solutions are possible.',
  },
  aliases: ['CKV2_AWS_10', 'AWS-0162', 'CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED'],
  controls: { securityHub: ['CloudTrail.5'] },
  settings: { 'AWS::CloudTrail::Trail': 'CloudWatchLogsLogGroupArn' },
  forbidden: 'is known to be blank',
  absent: 'unsafe',
  consequence: 'Alarms cannot react to them.',
  advice: 'Set {setting} and the ARN of a role.',
});
