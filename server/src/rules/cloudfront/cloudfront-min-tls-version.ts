import { tableRule } from '../forms/table-rule.ts';

export default tableRule({
  id: 'cloudfront-min-tls-version',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'CloudFront distributions should require TLS 1.2',
  keywords: ['min TLS version', 'security policy', 'SSLv3', 'TLS 1.0', 'outdated TLS'],
  why: 'SSL 3.0, TLS 1.0 and TLS 1.1 are deprecated and have known weaknesses, so an attacker on the network path has an easier target.',
  remedy: 'Set MinimumProtocolVersion to TLSv1.2_2021 or later.',
  sources: {
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html':
      'The protocols of each security policy: those before TLSv1.2_2018 accept TLS 1.1 or older.',
    'AWS::CloudFront::Distribution.ViewerCertificate':
      'The policy applies to ACM and IAM certificates; with the default certificate, it is TLSv1 regardless of the property.',
    aws_cloudfront_distribution: 'minimum_protocol_version is TLSv1 by default.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_174', 'AWS-0013', 'W70', 'CLOUDFRONT_MINIMUM_PROTOCOL_VERSION_RULE'],
  controls: { securityHub: ['CloudFront.15'] },
  settings: {
    'AWS::CloudFront::Distribution': {
      path: 'DistributionConfig.ViewerCertificate.MinimumProtocolVersion',
      unless: { 'DistributionConfig.ViewerCertificate.CloudFrontDefaultCertificate': true },
    },
  },
  table: {
    source:
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html',
    date: '2026-11-28',
    values: new Map([
      ['SSLv3', 'SSL 3.0'],
      ['TLSv1', 'TLS 1.0'],
      ['TLSv1_2016', 'TLS 1.0'],
      ['TLSv1.1_2016', 'TLS 1.1'],
    ]),
  },
  // An ACM or IAM certificate requires the property; the mapping has Terraform's default.
  absent: 'safe',
  write: 'TLSv1.2_2021',
  problem: 'accepts outdated TLS versions',
  absentProblem: 'accepts TLS 1.0, because {setting} is not set',
  unresolvedProblem: 'may accept outdated TLS versions',
  consequence: '{setting} allows {note}.',
  advice: 'Use TLSv1.2_2021.',
  fix: { title: 'Require TLS 1.2', cost: 'stops older clients' },
});
