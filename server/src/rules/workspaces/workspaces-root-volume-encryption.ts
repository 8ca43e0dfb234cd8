import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'workspaces-root-volume-encryption',
  topic: 'encryption-at-rest',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'WorkSpaces root volumes should be encrypted at rest',
  keywords: ['virtual desktop', 'RootVolumeEncryptionEnabled', 'unencrypted volume', 'KMS'],
  why: 'The root volume holds the operating system, installed programs and cached credentials. Encryption is an option when a WorkSpace is created.',
  remedy: 'Set RootVolumeEncryptionEnabled to true with a KMS key when you create the WorkSpace.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-workspaces-workspace.html':
      'RootVolumeEncryptionEnabled states whether the root volume is encrypted; VolumeEncryptionKey is the KMS key.',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/workspaces_workspace':
      'The property is optional; an example sets it with the key alias/aws/workspaces.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/workspaces-controls.html#workspaces-2':
      'WorkSpaces.2: the root volume should be encrypted at rest.',
  },
  accessed: '2026-11-28',
  aliases: { checkov: ['CKV_AWS_156'], trivy: ['AWS-0109'], guard: ['WORKSPACE_ENCRYPTION_ENABLED'] },
  controls: { securityHub: ['WorkSpaces.2'] },
  settings: { 'AWS::WorkSpaces::Workspace': 'RootVolumeEncryptionEnabled' },
  required: true,
  // AWS documents encryption as an option, and not the defaults of these properties.
  absent: { neverCertain: true, problem: 'does not set {setting}', consequence: 'The volume may not be encrypted.' },
  problem: 'has an unencrypted root volume',
  fix: { cost: 'requires a new WorkSpace', impact: 'replace' },
});
