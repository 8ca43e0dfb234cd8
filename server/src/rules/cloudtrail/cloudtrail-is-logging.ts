import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'cloudtrail-is-logging',
  topic: 'logging',
  severity: 'high',
  judged: '2026-11-29',
  title: 'CloudTrail trails should have logging turned on',
  keywords: ['enable_logging', 'audit', 'disabled trail', 'StopLogging'],
  why: 'A trail with logging turned off does not record API calls. Attackers turn off logging to hide their activity.',
  sources: {
    'AWS::CloudTrail::Trail': 'IsLogging is required and says whether the trail is logging API calls.',
    aws_cloudtrail: 'enable_logging is true by default; false pauses the trail.',
  },
  aliases: ['CKV_AWS_251', 'CLOUD_TRAIL_ENABLED'],
  controls: { securityHub: ['CloudTrail.3'] },
  settings: { 'AWS::CloudTrail::Trail': 'IsLogging' },
  required: true,
  absent: 'safe',
  problem: 'has logging turned off',
});
