import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'cloudwatch-log-group-retention',
  topic: 'logging',
  severity: 'low',
  judged: '2026-11-24',
  title: 'CloudWatch log groups should have a retention period',
  keywords: ['RetentionInDays', 'log expiration', 'never expire', 'storage costs'],
  why: 'Log events that never expire cost more every month, and keep personal data and secrets that were logged by mistake.',
  remedy: 'Set RetentionInDays to the period that you need and that regulations require. Older events are deleted.',
  sources: {
    'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html':
      'The supported numbers of days; without a retention policy, events do not expire; expired events are typically deleted within 72 hours.',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_log_group':
      'With retention_in_days set to 0, events never expire.',
    'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html':
      'Log groups of the class DELIVERY retain events for one day only.',
    'https://docs.aws.amazon.com/config/latest/developerguide/cw-loggroup-retention-period-check.html':
      'The rule of AWS Config requires at least a year by default; a log group that never expires is compliant.',
  },
  aliases: { checkov: ['CKV_AWS_66'], cfn_nag: ['W86'], guard: ['CW_LOGGROUP_RETENTION_PERIOD_CHECK'] },
  settings: { 'AWS::Logs::LogGroup': { path: 'RetentionInDays', unless: { LogGroupClass: ['DELIVERY'] } } },
  // Only Terraform has a value for "never"; CloudFormation rejects it.
  forbidden: 0,
  forbiddenIn: 'terraform',
  // Audits mostly require a year.
  write: 365,
  absent: 'unsafe',
  problem: 'never expires its log events',
  fix: { cost: 'deletes events that are older than a year' },
});
