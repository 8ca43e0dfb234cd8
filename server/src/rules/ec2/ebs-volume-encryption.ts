import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'ebs-volume-encryption',
  topic: 'encryption-at-rest',
  severity: 'high',
  judged: '2026-11-24',
  title: 'EBS volumes should be encrypted at rest',
  keywords: ['unencrypted volume', 'EBS encryption by default', 'KMS', 'CMK', 'snapshots'],
  why: 'Anyone who gets a snapshot or a copy of an unencrypted volume can read its data. Encryption ties every copy to a KMS key that you control and audit.',
  remedy:
    'Set Encrypted to true when you create the volume. An existing volume cannot be encrypted in place: copy a snapshot of it with encryption and create a new volume from the copy.',
  sources: {
    'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html':
      'Existing unencrypted volumes and snapshots cannot be encrypted directly; a new encrypted volume is created from a snapshot.',
    'AWS::EC2::Volume':
      'The effect of Encrypted depends on the source of the volume and on encryption by default; a copy of a volume inherits its encryption; updates of Encrypted are not supported.',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableEbsEncryptionByDefault.html':
      'With encryption by default in the account and Region, new volumes are always encrypted.',
  },
  aliases: ['CKV_AWS_3', 'AWS-0026', 'F1', 'ENCRYPTED_VOLUMES'],
  controls: { securityHub: ['EC2.3'] },
  settings: {
    'AWS::EC2::Volume': {
      path: 'Encrypted',
      // A volume from a snapshot inherits the encryption of the snapshot.
      inheritedFrom: ['SnapshotId'],
      absent: {
        decidedBy: "the account's EBS encryption default",
        assume: 'ebs.defaultEncryption',
        unless: { SourceVolumeId: 'is present' },
      },
    },
  },
  required: true,
  absent: 'unsafe',
  overriddenBy: 'ebs.defaultEncryption',
  fix: {
    cost: 'affects new volumes only',
    terraform: { cost: 'replaces the volume; its data is lost', impact: 'replace' },
  },
});
