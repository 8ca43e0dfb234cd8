import { attributeRule } from '../forms/attribute-rule.ts';

export default attributeRule({
  id: 'ecs-container-insights',
  topic: 'logging',
  severity: 'low',
  judged: '2026-11-29',
  title: 'ECS clusters should have Container Insights enabled',
  keywords: ['containerInsights', 'monitoring', 'CloudWatch metrics'],
  why: 'Without task and container metrics, failures and unusual load, such as cryptomining, are detected late.',
  sources: {
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ClusterSetting.html':
      'containerInsights is enhanced, enabled or disabled; a value of the cluster overrides that of the account setting.',
  },
  aliases: ['CKV_AWS_65', 'AWS-0034'],
  controls: { securityHub: ['ECS.12'] },
  attributes: { 'AWS::ECS::Cluster': { list: 'ClusterSettings', name: 'Name', value: 'Value' } },
  attribute: 'containerInsights',
  allowed: ['enabled', 'enhanced'],
  absent: { decidedBy: 'the account setting' },
  fix: { title: 'Enable Container Insights', cost: 'metrics are charged' },
});
