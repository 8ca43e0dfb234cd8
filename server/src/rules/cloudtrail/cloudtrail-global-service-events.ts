import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'cloudtrail-global-service-events',
  topic: 'logging',
  severity: 'low',
  judged: '2026-11-29',
  title: 'CloudTrail trails should include global service events',
  keywords: ['IncludeGlobalServiceEvents', 'IAM events', 'STS', 'CloudFront'],
  why: 'IAM, STS and CloudFront are global services. A trail that excludes their events does not show who created users and roles or changed permissions.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudtrail-trail.html':
      'IncludeGlobalServiceEvents says whether the trail has the events of global services such as IAM.',
    'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html':
      'Events of IAM, STS and CloudFront are global service events; they can be excluded from single-Region trails to avoid duplicates.',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudtrail':
      'include_global_service_events is true by default.',
  },
  settings: { 'AWS::CloudTrail::Trail': 'IncludeGlobalServiceEvents' },
  required: true,
  absent: 'safe',
  problem: 'does not record the events of IAM and other global services',
});
