import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'cloudfront-origin-https-only',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'CloudFront should connect to custom origins over HTTPS only',
  keywords: ['TLS', 'encryption in transit'],
  why: 'Requests and responses, including cookies and passwords, travel in plaintext between CloudFront and the origin, even if viewers use HTTPS.',
  remedy: 'Set OriginProtocolPolicy to https-only, and install a certificate that CloudFront trusts on the origin.',
  sources: {
    'AWS::CloudFront::Distribution.CustomOriginConfig':
      'With http-only, CloudFront always connects over HTTP; with match-viewer, like the viewer; with https-only, always over HTTPS.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-9':
      'CloudFront.9: it fails for origins with http-only, and for match-viewer if viewers can use HTTP.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html':
      'Website endpoints of S3 do not support HTTPS.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV2_AWS_72'],
  controls: { securityHub: ['CloudFront.9'] },
  items: { 'AWS::CloudFront::Distribution': 'DistributionConfig.Origins[]' },
  setting: 'CustomOriginConfig.OriginProtocolPolicy',
  unless: { DomainName: { matches: /\.s3-website[.-]/ } },
  forbidden: ['http-only'],
  write: 'https-only',
  absent: 'safe',
  problem: 'connects to an origin over plain HTTP',
  // The TLS versions for the origin have an effect with HTTPS only.
  fix: { cost: 'the origin needs a trusted certificate', uncovers: 'effect' },
});
