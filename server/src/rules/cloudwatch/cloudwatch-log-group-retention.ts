import { any, is, isPresent, YES } from '../../model/judgement.ts';
import { integer, oneOf } from '../../model/predicate.ts';
import { propertyRule } from '../property-rule.ts';

/** What the suggestion writes: a year is what audits mostly ask for. */
const YEAR = 365;

export default propertyRule({
  id: 'cloudwatch-log-group-retention',
  type: 'AWS::Logs::LogGroup',
  property: 'RetentionInDays',
  alsoReads: ['LogGroupClass'],
  topic: 'logging', severity: 'low', profile: 'strict', since: '0.1', judged: '2026-11-24',
  title: 'CloudWatch log group says how long its events are kept',
  why: 'Events that are never deleted cost more every month and keep personal data and secrets that were logged by mistake for ever.',
  remedy: 'Set RetentionInDays to as long as the events are needed and the law asks for. Older events are deleted then.',
  sources: [
    { url: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html', claim: 'The numbers of days that can be set; without a retention policy events do not expire; expired events are deleted, mostly within 72 hours.', seen: '2026-11-24' },
    { url: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_log_group', claim: 'With 0 for retention_in_days events never expire.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html', claim: 'Log groups of the class DELIVERY keep events for one day only.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/config/latest/developerguide/cw-loggroup-retention-period-check.html', claim: 'AWS itself asks for at least a year, and a log group that never expires passes.', seen: '2026-11-24' },
  ],
  aliases: { checkov: ['CKV_AWS_66'], cfn_nag: ['W86'], guard: ['CW_LOGGROUP_RETENTION_PERIOD_CHECK'] },
  controls: {},
  fix: 'suggestion',
  bad: integer((days) => days === 0),
  absence: () => YES,
  exempt: (group) => any(
    is(group.get('LogGroupClass'), oneOf('DELIVERY')),
    // Only Terraform has a number for "never".
    group.nativeType.startsWith('AWS::') ? isPresent(group.get('RetentionInDays')) : any(),
  ),
  write: { value: YEAR, title: (property) => `Set ${property} to ${YEAR} (deletes events that are older than a year)` },
  message: (group, property, shown) => `The log group ${group.displayName} ${shown === undefined ? `does not set ${property}` : `has ${property} set to ${shown}`}, so its events are never deleted; set ${property} to as many days as they are needed.`,
});
