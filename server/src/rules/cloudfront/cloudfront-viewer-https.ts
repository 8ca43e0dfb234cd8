import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'cloudfront-viewer-https',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-24',
  title: 'CloudFront distributions should require HTTPS for viewers',
  keywords: ['redirect-to-https', 'allow-all', 'TLS', 'SSL', 'encryption in transit'],
  why: 'A cache behavior with allow-all serves plain HTTP. Anyone on the network path can read and change pages, cookies and form data.',
  remedy: 'Set ViewerProtocolPolicy of every cache behavior to redirect-to-https, or to https-only for APIs.',
  sources: {
    'https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CacheBehavior.html':
      'With allow-all, viewers can use HTTP or HTTPS; redirect-to-https responds to HTTP with status 301, https-only with 403.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html':
      'CloudFront.3: distributions should require encryption in transit; it fails for allow-all in the default or another cache behavior.',
  },
  aliases: ['CKV_AWS_34', 'AWS-0012', 'CLOUDFRONT_VIEWER_POLICY_HTTPS'],
  controls: { securityHub: ['CloudFront.3'] },
  items: {
    'AWS::CloudFront::Distribution': ['DistributionConfig.DefaultCacheBehavior', 'DistributionConfig.CacheBehaviors[]'],
  },
  setting: 'ViewerProtocolPolicy',
  forbidden: ['allow-all'],
  write: 'redirect-to-https',
  absent: 'safe',
  problem: 'serves viewers over plain HTTP',
  // Browsers follow the redirect; a program that posts to the HTTP address may not.
  fix: { title: 'Redirect viewers to HTTPS', cost: 'clients that do not follow redirects stop working' },
});
