import { all, any, isAbsent, isPresent, not, UNKNOWABLE } from '../../model/judgement.ts';
import { isFalse } from '../../model/predicate.ts';
import { propertyRule } from '../property-rule.ts';

export default propertyRule({
  id: 'ebs-volume-encryption',
  type: 'AWS::EC2::Volume',
  property: 'Encrypted',
  alsoReads: ['SnapshotId', 'SourceVolumeId'],
  topic: 'encryption-at-rest', severity: 'high', profile: 'recommended', since: '0.1', judged: '2026-11-24',
  title: 'EBS volume is encrypted',
  why: 'Whoever gets hold of a snapshot or copy of an unencrypted volume reads its data; encryption ties every copy to a KMS key whose use you control and can log.',
  remedy: 'Set Encrypted to true when the volume is created. An existing volume cannot be encrypted in place: copy a snapshot of it with encryption and create a new volume from the copy.',
  sources: [
    { url: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html', claim: 'Existing unencrypted volumes and snapshots cannot be encrypted directly; a snapshot is made and a new encrypted volume created from it.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-volume.html', claim: 'What Encrypted does depends on the origin of the volume and on encryption by default; a copy of a volume takes over its encryption; updates of Encrypted are not supported.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableEbsEncryptionByDefault.html', claim: 'With encryption by default in the account and Region, new volumes are always encrypted.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html', claim: 'EC2.3: attached EBS volumes should be encrypted at rest.', seen: '2026-11-24' },
  ],
  aliases: { checkov: ['CKV_AWS_3'], trivy: ['AWS-0026'], cfn_nag: ['F1'], guard: ['ENCRYPTED_VOLUMES'] },
  controls: { securityHub: ['EC2.3'] },
  fix: 'suggestion',
  bad: isFalse,
  // Without the property the account and Region decide, so it is only known to be wrong when the configuration says so.
  absence: (volume, context) => all(not(context.assume('ebs.defaultEncryption')), isAbsent(volume.get('SourceVolumeId'))),
  // A volume from a snapshot takes over the snapshot's encryption, which is not seen here.
  exempt: (volume, context) => any(context.assume('ebs.defaultEncryption', false), all(isPresent(volume.get('SnapshotId')), UNKNOWABLE)),
  write: { value: true, title: (property) => `Set ${property} to true (takes effect on new volumes only)` },
  message: (volume, property, shown) => shown === undefined
    ? `The volume ${volume.displayName} does not set ${property}, so it is encrypted only where the account's default for new volumes says so; set ${property} to true.`
    : `The volume ${volume.displayName} has ${property} set to ${shown}, so its data and snapshots can be read without a key; set ${property} to true.`,
});
