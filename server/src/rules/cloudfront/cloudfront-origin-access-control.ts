import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'cloudfront-origin-access-control',
  topic: 'data-exposure',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'CloudFront S3 origins should use origin access control',
  keywords: ['OAC', 'OAI', 'origin access identity', 'S3 bucket'],
  why: 'CloudFront reads the bucket anonymously, so its objects must be public. Anyone can then bypass CloudFront with its AWS WAF rules, signed URLs and access logs.',
  remedy: 'Add an origin access control and allow only this distribution in the bucket policy.',
  sources: {
    'AWS::CloudFront::Distribution.Origin': 'OriginAccessControlId is the origin access control of the origin.',
    'AWS::CloudFront::Distribution.S3OriginConfig':
      'With an empty origin access identity, viewers can also use the S3 URL.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-13':
      'CloudFront.13: a distribution with an S3 origin should use origin access control, with which only the distribution can read the bucket.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV2_AWS_46', 'CLOUDFRONT_ORIGIN_ACCESS_IDENTITY_ENABLED'],
  controls: { securityHub: ['CloudFront.13'] },
  items: { 'AWS::CloudFront::Distribution': 'DistributionConfig.Origins[]' },
  setting: 'OriginAccessControlId',
  // An origin access identity is the legacy alternative.
  unless: {
    'S3OriginConfig.OriginAccessIdentity': 'is set',
    CustomOriginConfig: 'is present',
    VpcOriginConfig: 'is present',
  },
  forbidden: 'is known to be blank',
  absent: 'unsafe',
  problem: 'uses an S3 origin without origin access control',
  advice: 'Add an origin access control, and make the bucket private.',
});
