import { settingRule } from '../forms/setting-rule.ts';

/** The limit in a list of places: containers in a bridge network need two hops, so only a higher limit is worse. */
function limitIn<P extends string>(options: P) {
  const limit = `${options}.HttpPutResponseHopLimit` as const;
  const disabled = { [`${options}.HttpEndpoint`]: { ignoringCase: ['disabled'] } };
  return [
    { path: limit, unless: { [limit]: { above: 2 }, ...disabled } },
    {
      path: limit,
      onlyIf: { [limit]: { above: 2 } },
      unless: disabled,
      severity: 'medium',
      profile: 'recommended',
      problem: 'allows IMDSv2 tokens to travel more than 2 hops',
    },
  ] as const;
}

export default settingRule({
  id: 'ec2-imds-hop-limit',
  topic: 'identity',
  severity: 'low',
  judged: '2026-11-29',
  title: 'EC2 instances should have a metadata hop limit of 1',
  keywords: ['IMDSv2', 'Instance Metadata Service', 'containers'],
  why: 'The limit is the number of network hops that the response with an IMDSv2 token can travel. If it is greater than 1, containers and proxies on the instance can get its role credentials.',
  remedy: 'Set HttpPutResponseHopLimit to 1, or to 2 if containers on the instance need its role.',
  sources: {
    'AWS::EC2::Instance.MetadataOptions':
      'HttpPutResponseHopLimit is the number of hops that the metadata token can travel, from 1 to 64.',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html':
      'An AMI with IMDSv2 support sets the limit to 2 by default, so an absent limit is not reported.',
    'config:autoscaling-launch-config-hop-limit':
      'A launch configuration is noncompliant if its metadata response hop limit is greater than 1.',
    'config:ec2-token-hop-limit-check':
      'An instance is noncompliant if its hop limit is above the intended limit, by default 1.',
  },
  options: {
    maximumHops: {
      type: 'number',
      minimum: 1,
      maximum: 64,
      example: 2,
      description: 'The maximum hop limit, in place of 1. Containers in a bridge network need 2.',
    },
  },
  aliases: ['CKV_AWS_341'],
  settings: {
    'AWS::EC2::Instance': limitIn('MetadataOptions'),
    'AWS::EC2::LaunchTemplate': limitIn('LaunchTemplateData.MetadataOptions'),
    'AWS::AutoScaling::LaunchConfiguration': limitIn('MetadataOptions'),
  },
  forbidden: { above: 1 },
  limit: 'maximumHops',
  write: 1,
  absent: 'safe',
  problem: 'allows containers to get its role credentials',
  advice: 'Set {setting} to {limit}, unless containers need its role.',
  fix: { cost: 'containers lose its role' },
});
