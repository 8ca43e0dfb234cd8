import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'ec2-instance-volume-encryption',
  topic: 'encryption-at-rest',
  severity: 'high',
  judged: '2026-11-29',
  title: 'EBS volumes of instances should be encrypted at rest',
  keywords: [
    'EC2',
    'launch template',
    'launch configuration',
    'Auto Scaling',
    'Image Builder',
    'root volume',
    'unencrypted volume',
    'EBS encryption by default',
    'KMS',
  ],
  why: 'Anyone who gets a snapshot or a copy of an unencrypted volume can read its data.',
  remedy: 'Set Ebs.Encrypted to true in the block device mapping, or turn on encryption by default in the account.',
  sources: {
    'AWS::EC2::Instance.Ebs':
      'The effect of Encrypted depends on the origin of the volume and on encryption by default; changing it replaces the instance.',
    'AWS::EC2::LaunchTemplate.Ebs':
      'Encrypted states whether the volume is encrypted; with a snapshot, the snapshot decides.',
    'AWS::AutoScaling::LaunchConfiguration.BlockDevice':
      'With encryption by default, volumes are always encrypted; a volume from an encrypted snapshot cannot be unencrypted.',
    'AWS::EC2::SpotFleet.EbsBlockDevice': 'Encryption cannot be removed from an encrypted volume.',
    'AWS::ImageBuilder::ImageRecipe.EbsInstanceBlockDeviceSpecification':
      'In the recipe of an image, Encrypted configures the encryption of the volume from which the image is made; changing it replaces the recipe.',
  },
  accessed: '2026-11-28',
  items: {
    'AWS::EC2::Instance': {
      path: 'BlockDeviceMappings[]',
      aliases: ['CKV_AWS_8', 'AWS-0131'],
      controls: { securityHub: ['EC2.3'] },
    },
    'AWS::EC2::LaunchTemplate': {
      path: 'LaunchTemplateData.BlockDeviceMappings[]',
      controls: { securityHub: ['EC2.181'] },
    },
    'AWS::AutoScaling::LaunchConfiguration': { path: 'BlockDeviceMappings[]', aliases: ['CKV_AWS_8', 'AWS-0008'] },
    'AWS::EC2::SpotFleet': {
      path: 'SpotFleetRequestConfigData.LaunchSpecifications[].BlockDeviceMappings[]',
      controls: { securityHub: ['EC2.173'] },
    },
    'AWS::ImageBuilder::ImageRecipe': 'BlockDeviceMappings[]',
  },
  setting: 'Ebs.Encrypted',
  onlyIf: { Ebs: 'is present' },
  inheritedFrom: ['Ebs.SnapshotId'],
  required: true,
  // A volume of the image inherits the encryption of its snapshot, which is not read.
  absent: { decidedBy: "the account's EBS default or the AMI", assume: 'ebs.defaultEncryption', neverCertain: true },
  overriddenBy: 'ebs.defaultEncryption',
  problem: 'has a volume that is not encrypted at rest',
  fix: { cost: 'replaces an instance; affects new volumes only', impact: 'replace' },
});
