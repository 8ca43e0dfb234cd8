import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'ec2-image-block-public-access',
  topic: 'data-exposure',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'Block public access for AMIs should be enabled',
  keywords: ['EC2', 'machine image', 'block-new-sharing'],
  why: 'Anyone can launch a public AMI and read the data on its disks, such as code and credentials. The setting prevents accidental public sharing of AMIs in the Region.',
  remedy: 'Set state to block-new-sharing in each Region.',
  sources: {
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageBlockPublicAccess.html':
      'block-new-sharing blocks any attempt to publicly share AMIs in the Region; AMIs that are public already remain public.',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetImageBlockPublicAccessState.html':
      'With unblocked, AMIs in the Region can be publicly shared.',
  },
  accessed: '2026-11-28',
  settings: { aws_ec2_image_block_public_access: 'state' },
  forbidden: ['unblocked'],
  write: 'block-new-sharing',
  absent: 'safe',
  problem: 'allows public sharing of AMIs',
  consequence: 'A public AMI exposes the data on its disks.',
  fix: { cost: 'new AMIs cannot be made public' },
});
