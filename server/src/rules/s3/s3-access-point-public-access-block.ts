import { accessBlockRule } from './access-block-rule.ts';

const BLOCK = 'PublicAccessBlockConfiguration';

export default accessBlockRule({
  id: 's3-access-point-public-access-block',
  topic: 'data-exposure',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'S3 access points should have all Block Public Access settings enabled',
  why: 'S3 enables all four settings for every access point. If one is disabled, a public policy of the access point can expose the bucket, unless the settings of the bucket or account prevent it. They cannot be changed later.',
  remedy: 'Set all four settings to true, or omit the configuration. The access point has to be created again.',
  sources: {
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html':
      'All settings are enabled by default and cannot be changed after creation. S3 also evaluates the settings of the bucket and its account.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_392'],
  controls: { securityHub: ['S3.19'] },
  of: 'AWS::S3::AccessPoint',
  settings: [
    `${BLOCK}.BlockPublicAcls`,
    `${BLOCK}.BlockPublicPolicy`,
    `${BLOCK}.IgnorePublicAcls`,
    `${BLOCK}.RestrictPublicBuckets`,
  ],
  // Requests through the access point of a VPC come from the VPC only.
  scope: { unless: { 'VpcConfiguration.VpcId': 'is present' } },
  consequence: 'A public policy could expose the bucket.',
  fix: { cost: 'requires a new access point', impact: 'replace' },
});
