import { NO, YES } from '../../model/judgement.ts';
import { isFalse } from '../../model/predicate.ts';
import { propertyRule } from '../property-rule.ts';

export default propertyRule({
  id: 'efs-encryption',
  type: 'AWS::EFS::FileSystem',
  property: 'Encrypted',
  alsoReads: [],
  topic: 'encryption-at-rest', severity: 'high', profile: 'recommended', since: '0.1', judged: '2026-11-24',
  title: 'EFS file system is encrypted at rest',
  why: 'Files of an unencrypted file system are stored unencrypted, and the file system cannot be encrypted later without moving them.',
  remedy: 'Set Encrypted to true when the file system is created. To encrypt an existing one, replicate it to a new encrypted file system.',
  sources: [
    { url: 'https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html', claim: 'The console encrypts by default, the API does not: encryption has to be asked for. It cannot be changed later; an unencrypted file system is replicated to a new encrypted one.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/controltower/latest/controlreference/efs-rules.html', claim: 'CT.ELASTICFILESYSTEM.PR.1: set Encrypted to true; without KmsKeyId the key aws/elasticfilesystem is used.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/efs-controls.html', claim: 'EFS.1: a file system should be configured to encrypt file data at rest; it fails when Encrypted is false. CIS AWS Foundations Benchmark v3.0.0 has it as 2.4.1.', seen: '2026-11-24' },
  ],
  aliases: { checkov: ['CKV_AWS_42'], trivy: ['AWS-0037'], cfn_nag: ['F32'], guard: ['EFS_ENCRYPTED_CHECK'] },
  controls: { securityHub: ['EFS.1'], cis: ['v3.0.0 2.4.1'] },
  fix: 'suggestion',
  bad: isFalse,
  absence: () => YES,
  exempt: () => NO,
  write: { value: true, title: (property) => `Set ${property} to true (replaces the file system: move its files first)` },
  message: (fs, property, shown) => shown === undefined
    ? `The file system ${fs.displayName} does not set ${property}, so EFS stores its files unencrypted. Set ${property} to true.`
    : `The file system ${fs.displayName} has ${property} set to ${shown}, so its files are stored unencrypted. Set ${property} to true.`,
});
