import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'cloudtrail-log-validation',
  topic: 'logging',
  severity: 'medium',
  judged: '2026-11-24',
  title: 'CloudTrail trails should have log file validation enabled',
  keywords: ['log integrity', 'digest files', 'tampering'],
  why: 'Attackers delete their traces. Without signed digest files you cannot prove whether log files were changed or deleted.',
  remedy:
    'Set EnableLogFileValidation to true. CloudTrail then delivers a signed digest file to the bucket every hour.',
  sources: {
    'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html':
      'Log file validation is off by default; there are no digest files for log files delivered while it is off.',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html':
      'A digest file lists the log files of the last hour with their hashes and is delivered to the bucket of the trail, under CloudTrail-Digest.',
    'config:cloud-trail-log-file-validation-enabled': 'AWS recommends validation for all trails.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html':
      'CloudTrail.4: log file validation should be enabled; it is 3.2 of CIS AWS Foundations 3.0.0.',
  },
  aliases: ['CKV_AWS_36', 'AWS-0016', 'CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED'],
  controls: { securityHub: ['CloudTrail.4'], cis: ['v3.0.0 3.2'] },
  settings: { 'AWS::CloudTrail::Trail': 'EnableLogFileValidation' },
  required: true,
  absent: 'unsafe',
  problem: 'does not validate its log files, so tampering cannot be detected',
  // The files are small, but the bucket policy must allow CloudTrail to store them.
  fix: { cost: 'stores hourly digest files in the bucket' },
});
