import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'glue-security-configuration-encryption',
  topic: 'encryption-at-rest',
  severity: 'low',
  judged: '2026-11-29',
  title: 'Glue security configurations should enable encryption',
  keywords: ['ETL', 'job bookmarks', 'KMS', 'DISABLED'],
  why: 'A security configuration encrypts the output of jobs. If it disables encryption, no KMS key protects the data, and no key policy limits who can read it.',
  remedy: 'Set the mode to SSE-KMS (CSE-KMS for job bookmarks) with a KMS key.',
  sources: {
    'AWS::Glue::SecurityConfiguration.EncryptionConfiguration':
      'It configures the encryption of data in S3, of CloudWatch logs and of job bookmarks.',
    'AWS::Glue::SecurityConfiguration.CloudWatchEncryption': 'The encryption mode and the KMS key for CloudWatch data.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_99'],
  items: {
    'AWS::Glue::SecurityConfiguration': [
      { path: 'EncryptionConfiguration.S3Encryptions[]', setting: 'S3EncryptionMode', write: 'SSE-S3' },
      { path: 'EncryptionConfiguration.CloudWatchEncryption', setting: 'CloudWatchEncryptionMode' },
      { path: 'EncryptionConfiguration.JobBookmarksEncryption', setting: 'JobBookmarksEncryptionMode' },
    ],
  },
  setting: 'S3EncryptionMode',
  forbidden: ['DISABLED'],
  absent: 'safe',
  problem: 'disables encryption with {setting}',
  advice: 'Use a KMS mode with a key.',
  // The other modes need a key.
  fix: { cost: 'with S3 managed keys; replaces the security configuration', impact: 'replace' },
});
