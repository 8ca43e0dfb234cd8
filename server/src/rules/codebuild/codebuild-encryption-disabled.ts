import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'codebuild-encryption-disabled',
  topic: 'encryption-at-rest',
  severity: 'low',
  judged: '2026-11-29',
  title: 'CodeBuild artifacts should be encrypted',
  keywords: ['build output', 'S3', 'KMS', 'disabled encryption'],
  why: 'CodeBuild encrypts artifacts with a KMS key by default. Without it, only the encryption of the bucket protects them, and no key policy limits who can read them.',
  sources: {
    'AWS::CodeBuild::Project.Artifacts':
      'EncryptionDisabled turns off the encryption of output artifacts, and is valid only for the type S3.',
    'AWS::CodeBuild::Project': 'Without EncryptionKey, artifacts are encrypted with the managed key for S3.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_78', 'AWS-0018'],
  items: { 'AWS::CodeBuild::Project': ['Artifacts', 'SecondaryArtifacts[]'] },
  setting: 'EncryptionDisabled',
  // Only artifacts in S3 have the setting; those of a pipeline are encrypted by its own.
  unless: { Type: ['CODEPIPELINE', 'NO_ARTIFACTS'] },
  required: false,
  absent: 'safe',
  problem: 'turns off artifact encryption',
  advice: 'Remove {setting}, or set it to false.',
  fix: { title: 'Encrypt the artifacts', cost: 'readers need access to the key' },
});
