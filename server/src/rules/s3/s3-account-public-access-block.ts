import { accessBlockRule } from './access-block-rule.ts';

export default accessBlockRule({
  id: 's3-account-public-access-block',
  topic: 'data-exposure',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'S3 Block Public Access settings should be enabled for the account',
  why: 'The settings of the account protect all of its buckets and access points, regardless of their own settings. If one is off, each bucket must prevent public access itself.',
  remedy: 'Set all four settings to true. Serve public content through CloudFront with origin access control.',
  sources: {
    aws_s3_account_public_access_block: 'The settings apply to the account; omitted settings are false.',
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html':
      'S3 applies the most restrictive combination of the settings of bucket and account.',
  },
  accessed: '2026-11-28',
  controls: { securityHub: ['S3.1'], cis: ['v3.0.0 2.1.4'] },
  of: 'aws_s3_account_public_access_block',
  settings: ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'],
  consequence: 'Its buckets are protected only by their own settings.',
  fix: { cost: 'public buckets of the account become private' },
});
