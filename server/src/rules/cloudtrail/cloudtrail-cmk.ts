import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'cloudtrail-cmk',
  topic: 'encryption-at-rest',
  severity: 'low',
  judged: '2026-11-29',
  title: 'CloudTrail trails should be encrypted with a KMS key',
  keywords: ['CMK', 'customer managed key', 'SSE-KMS', 'log files'],
  why: 'By default, log files are encrypted with S3 managed keys. With a KMS key, reading them also requires permission to use the key, which you can audit and revoke.',
  remedy: 'Set KMSKeyId to a customer managed key whose policy allows CloudTrail to encrypt.',
  sources: {
    'AWS::CloudTrail::Trail': 'KMSKeyId is the key that encrypts the log and digest files that CloudTrail delivers.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_35', 'AWS-0015', 'CLOUD_TRAIL_ENCRYPTION_ENABLED'],
  controls: { securityHub: ['CloudTrail.2'], cis: ['v3.0.0 3.5'] },
  settings: { 'AWS::CloudTrail::Trail': 'KMSKeyId' },
  forbidden: 'is known to be blank',
  absent: 'unsafe',
  problem: 'does not encrypt its log files with a KMS key',
  advice: 'Set {setting} to a customer managed key.',
});
