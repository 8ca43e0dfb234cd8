import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'cloudsearch-https',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'CloudSearch domains should enforce HTTPS',
  keywords: ['EnforceHTTPS', 'TLS', 'plain HTTP'],
  why: 'With plain HTTP, anyone on the network path can read and change queries and documents.',
  sources: {
    'https://docs.aws.amazon.com/cloudsearch/latest/developerguide/API_DomainEndpointOptions.html':
      'EnforceHTTPS states whether all requests to the domain must arrive over HTTPS.',
    'https://docs.aws.amazon.com/cloudsearch/latest/developerguide/configuring-domain-endpoint-options.html':
      'A domain accepts only HTTPS after the option is enabled, which blocks clients that send unencrypted requests.',
    aws_cloudsearch_domain: 'endpoint_options and enforce_https are optional; the provider has no default for them.',
  },
  aliases: ['CKV_AWS_220'],
  settings: { aws_cloudsearch_domain: 'endpoint_options.enforce_https' },
  required: true,
  absent: 'unsafe',
  problem: 'accepts plain HTTP',
  fix: { cost: 'stops clients that use plain HTTP' },
});
