import { listRule } from '../forms/list-rule.ts';

export default listRule({
  id: 'imagebuilder-public-ami',
  topic: 'data-exposure',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Image Builder should not distribute public AMIs',
  keywords: ['imagebuilder', 'machine image'],
  why: 'Anyone can launch a public AMI and read the data on its disks, such as code and credentials.',
  remedy: 'Share the AMI with the accounts, organizational units or organizations that need it.',
  sources: {
    'AWS::ImageBuilder::DistributionConfiguration.LaunchPermissionConfiguration':
      'The launch permissions of distributed AMIs. The user group all makes an AMI public.',
  },
  accessed: '2026-11-28',
  lists: {
    'AWS::ImageBuilder::DistributionConfiguration':
      'Distributions[].AmiDistributionConfiguration.LaunchPermissionConfiguration.UserGroups',
  },
  mustNotContain: ['all'],
  problem: 'makes its AMIs public',
  advice: 'Share them with the accounts or organizations that need them.',
  fix: { title: 'Remove all from the user groups', cost: 'other accounts lose new AMIs' },
});
