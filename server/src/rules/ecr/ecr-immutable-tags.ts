import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'ecr-immutable-tags',
  topic: 'operations',
  severity: 'low',
  judged: '2026-11-29',
  title: 'ECR repositories should have immutable tags',
  keywords: ['tag immutability', 'latest', 'supply chain', 'containers'],
  why: 'With mutable tags, anyone who can push images can replace the image behind a tag that is already deployed.',
  sources: {
    'AWS::ECR::Repository':
      'Tags are mutable by default and can be overwritten; IMMUTABLE prevents that, and filters can exclude tags from it.',
    aws_ecr_repository: 'image_tag_mutability is MUTABLE by default.',
  },
  aliases: ['CKV_AWS_51', 'AWS-0031'],
  controls: { securityHub: ['ECR.2'] },
  settings: { 'AWS::ECR::Repository': 'ImageTagMutability' },
  allowed: ['IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION'],
  absent: 'unsafe',
  problem: 'allows image tags to be overwritten',
  fix: { cost: 'pushing an existing tag, such as latest, fails' },
});
