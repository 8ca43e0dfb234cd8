import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'config-aggregator-all-regions',
  topic: 'logging',
  severity: 'low',
  judged: '2026-11-29',
  title: 'AWS Config aggregators should collect data from all Regions',
  keywords: ['ConfigurationAggregator'],
  why: 'The aggregated view does not include resources in other Regions, such as one that an attacker uses.',
  remedy: 'Set AllAwsRegions to true and remove AwsRegions. New Regions are then included too.',
  sources: {
    'https://docs.aws.amazon.com/config/latest/APIReference/API_AccountAggregationSource.html':
      'AllAwsRegions aggregates existing and future Regions; AwsRegions lists those that are aggregated.',
    'https://docs.aws.amazon.com/config/latest/APIReference/API_OrganizationAggregationSource.html':
      'The source of an organization has the same two properties.',
  },
  aliases: ['CKV_AWS_121', 'AWS-0019'],
  items: { 'AWS::Config::ConfigurationAggregator': ['AccountAggregationSources[]', 'OrganizationAggregationSource'] },
  setting: 'AllAwsRegions',
  onlyIf: { AwsRegions: 'is set' },
  required: true,
  absent: 'unsafe',
  problem: 'collects data from some Regions only',
  advice: 'Set {setting} to true instead of a list of Regions.',
  alsoRemove: ['AwsRegions'],
  fix: { cost: 'instead of a list of Regions' },
});
