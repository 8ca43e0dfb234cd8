import { attributeRule } from '../forms/attribute-rule.ts';

export default attributeRule({
  id: 'beanstalk-imdsv1',
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'Elastic Beanstalk environments should disable IMDSv1',
  keywords: ['DisableIMDSv1', 'IMDSv2', 'Instance Metadata Service', 'SSRF'],
  why: 'IMDSv1 returns the credentials of the instance role to any simple request, so a server-side request forgery (SSRF) vulnerability of the application exposes the role.',
  remedy: 'Set DisableIMDSv1 to true. The application has to use IMDSv2, as current AWS SDKs do.',
  sources: {
    'https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-cfg-ec2-imds.html':
      'An environment can support both methods or disable IMDSv1. IMDSv2 mitigates several types of vulnerabilities.',
    'https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/using-features.managing.ec2.namespace.html':
      'DisableIMDSv1 is an option of aws:autoscaling:launchconfiguration. Setting it can migrate the environment to launch templates.',
  },
  attributes: { 'AWS::ElasticBeanstalk::Environment': { list: 'OptionSettings', name: 'OptionName', value: 'Value' } },
  attribute: 'DisableIMDSv1',
  required: 'true',
  // The platform decides: what is set explicitly is reported alone.
  absent: 'safe',
  problem: 'allows IMDSv1',
  consequence: 'An SSRF vulnerability can expose the credentials of its role.',
  fix: { cost: 'replaces instances', impact: 'replace' },
});
