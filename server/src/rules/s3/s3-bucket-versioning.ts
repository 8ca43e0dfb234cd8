import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 's3-bucket-versioning',
  topic: 'resilience',
  severity: 'low',
  judged: '2026-11-24',
  title: 'S3 buckets should have versioning enabled',
  keywords: ['object versions', 'recovery', 'data loss', 'ransomware', 'MFA delete'],
  why: 'Without versioning, an object that is overwritten or deleted, by mistake or by an attacker, cannot be recovered.',
  remedy:
    'Set the versioning status to Enabled. Add a lifecycle rule that expires noncurrent versions, which are billed like other objects.',
  sources: {
    'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html':
      'S3.14: buckets should have versioning enabled; suspended fails. Versions help to recover from mistakes and failures; lifecycle rules keep their number low (S3.10).',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html':
      'Object Lock requires versioning, which cannot be suspended afterwards.',
    aws_s3_bucket_versioning: 'Bucket versioning is a separate resource, in addition to the older block of the bucket.',
  },
  aliases: ['CKV_AWS_21', 'AWS-0090', 'S3_BUCKET_VERSIONING_ENABLED'],
  controls: { securityHub: ['S3.14'] },
  settings: { 'AWS::S3::Bucket': { path: 'VersioningConfiguration.Status', unless: { ObjectLockEnabled: true } } },
  forbidden: ['Suspended'],
  write: 'Enabled',
  absent: 'unsafe',
  advice: 'Enable versioning so that overwritten and deleted objects can be restored.',
  fix: { title: 'Enable versioning', cost: 'noncurrent versions are billed until they expire' },
});
