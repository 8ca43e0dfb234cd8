import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'ec2-instance-volume-encryption',
  topic: 'encryption-at-rest',
  severity: 'high',
  judged: '2026-11-29',
  title: 'EBS volumes of instances should be encrypted at rest',
  keywords: [
    'EC2',
    'BlockDeviceMappings',
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
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-instance-ebs.html':
      'The effect of Encrypted depends on the origin of the volume and on encryption by default; changing it replaces the instance.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-launchtemplate-ebs.html':
      'Encrypted states whether the volume is encrypted; with a snapshot, the snapshot decides.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-autoscaling-launchconfiguration-blockdevice.html':
      'With encryption by default, volumes are always encrypted; a volume from an encrypted snapshot cannot be unencrypted.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-spotfleet-ebsblockdevice.html':
      'Encryption cannot be removed from an encrypted volume.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-imagebuilder-imagerecipe-ebsinstanceblockdevicespecification.html':
      'In the recipe of an image, Encrypted configures the encryption of the volume from which the image is made; changing it replaces the recipe.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-181':
      'EC2.181: a launch template should enable encryption for all EBS volumes; it fails if Encrypted is false.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-173':
      'EC2.173: a Spot Fleet request with launch parameters should enable encryption for EBS volumes.',
  },
  accessed: '2026-11-28',
  items: {
    'AWS::EC2::Instance': {
      path: 'BlockDeviceMappings[]',
      aliases: { checkov: ['CKV_AWS_8'], trivy: ['AWS-0131'] },
      controls: { securityHub: ['EC2.3'] },
    },
    'AWS::EC2::LaunchTemplate': {
      path: 'LaunchTemplateData.BlockDeviceMappings[]',
      controls: { securityHub: ['EC2.181'] },
    },
    'AWS::AutoScaling::LaunchConfiguration': {
      path: 'BlockDeviceMappings[]',
      aliases: { checkov: ['CKV_AWS_8'], trivy: ['AWS-0008'] },
    },
    'AWS::EC2::SpotFleet': {
      path: 'SpotFleetRequestConfigData.LaunchSpecifications[].BlockDeviceMappings[]',
      controls: { securityHub: ['EC2.173'] },
    },
    'AWS::ImageBuilder::ImageRecipe': 'BlockDeviceMappings[]',
  },
  setting: 'Ebs.Encrypted',
  onlyIf: { Ebs: 'is present' },
  // A volume from a snapshot inherits its encryption.
  inheritedFrom: ['Ebs.SnapshotId'],
  required: true,
  // A volume of the image inherits the encryption of its snapshot, which is not read.
  absent: { decidedBy: "the account's EBS default or the AMI", assume: 'ebs.defaultEncryption', neverCertain: true },
  overriddenBy: 'ebs.defaultEncryption',
  problem: 'has a volume that is not encrypted at rest',
  fix: { cost: 'replaces an instance; affects new volumes only', impact: 'replace' },
});
