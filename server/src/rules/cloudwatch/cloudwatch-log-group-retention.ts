import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'cloudwatch-log-group-retention',
  topic: 'logging',
  severity: 'low',
  judged: '2026-11-24',
  title: 'CloudWatch log groups should have a retention period',
  keywords: ['log expiration', 'never expire', 'storage costs'],
  why: 'Log events that never expire cost more every month, and keep personal data and secrets that were logged by mistake.',
  remedy: 'Set RetentionInDays to the period that you need and that regulations require. Older events are deleted.',
  sources: {
    'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html':
      'The supported numbers of days; without a retention policy, events do not expire; expired events are typically deleted within 72 hours.',
    aws_cloudwatch_log_group: 'With retention_in_days set to 0, events never expire.',
    'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html':
      'Log groups of the class DELIVERY retain events for one day only.',
    'config:cw-loggroup-retention-period-check':
      'The AWS Config rule requires at least a year by default; a log group that never expires is compliant.',
  },
  options: {
    minimumDays: {
      type: 'number',
      minimum: 1,
      maximum: 3653,
      example: 365,
      description:
        'The minimum number of days that log events are kept. Log groups with a shorter period are also reported.',
    },
  },
  aliases: ['CKV_AWS_66', 'W86', 'CW_LOGGROUP_RETENTION_PERIOD_CHECK'],
  settings: { 'AWS::Logs::LogGroup': { path: 'RetentionInDays', unless: { LogGroupClass: ['DELIVERY'] } } },
  // Only Terraform has a value for "never"; CloudFormation rejects it.
  forbidden: 0,
  forbiddenIn: 'terraform',
  // Audits mostly require a year.
  write: 365,
  minimum: {
    option: 'minimumDays',
    problem: 'keeps its log events for fewer than {limit} days',
    values: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
    cost: 'more storage is charged',
    costOf: (days) => `deletes events that are older than ${days} days`,
  },
  absent: 'unsafe',
  problem: 'never expires its log events',
  fix: { cost: 'deletes events that are older than a year' },
});
