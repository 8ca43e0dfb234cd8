import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'workspaces-user-volume-encryption',
  topic: 'encryption-at-rest',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'WorkSpaces user volumes should be encrypted at rest',
  keywords: ['virtual desktop', 'UserVolumeEncryptionEnabled', 'unencrypted volume', 'KMS'],
  why: 'The user volume holds the files of a user. Encryption is an option when a WorkSpace is created.',
  remedy: 'Set UserVolumeEncryptionEnabled to true with a KMS key when you create the WorkSpace.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-workspaces-workspace.html':
      'UserVolumeEncryptionEnabled states whether the user volume is encrypted; VolumeEncryptionKey is the KMS key.',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/workspaces_workspace':
      'The property is optional; an example sets it with the key alias/aws/workspaces.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/workspaces-controls.html#workspaces-1':
      'WorkSpaces.1: the user volume should be encrypted at rest.',
  },
  accessed: '2026-11-28',
  aliases: { checkov: ['CKV_AWS_155'], trivy: ['AWS-0109'], cfn_nag: ['F29'], guard: ['WORKSPACE_ENCRYPTION_ENABLED'] },
  controls: { securityHub: ['WorkSpaces.1'] },
  settings: { 'AWS::WorkSpaces::Workspace': 'UserVolumeEncryptionEnabled' },
  required: true,
  // AWS documents encryption as an option, and not the defaults of these properties.
  absent: { neverCertain: true, problem: 'does not set {setting}', consequence: 'The volume may not be encrypted.' },
  problem: 'has an unencrypted user volume',
  fix: { cost: 'requires a new WorkSpace', impact: 'replace' },
});
