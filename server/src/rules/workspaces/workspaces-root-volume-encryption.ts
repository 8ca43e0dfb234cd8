import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'workspaces-root-volume-encryption',
  topic: 'encryption-at-rest',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'WorkSpaces root volumes should be encrypted at rest',
  keywords: ['virtual desktop', 'unencrypted volume', 'KMS'],
  why: 'The root volume holds the operating system, installed programs and cached credentials. Encryption is an option when a WorkSpace is created.',
  remedy: 'Set RootVolumeEncryptionEnabled to true with a KMS key when you create the WorkSpace.',
  sources: {
    'AWS::WorkSpaces::Workspace':
      'RootVolumeEncryptionEnabled states whether the root volume is encrypted; VolumeEncryptionKey is the KMS key.',
    aws_workspaces_workspace: 'The property is optional; an example sets it with the key alias/aws/workspaces.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_156', 'AWS-0109', 'WORKSPACE_ENCRYPTION_ENABLED'],
  controls: { securityHub: ['WorkSpaces.2'] },
  settings: { 'AWS::WorkSpaces::Workspace': 'RootVolumeEncryptionEnabled' },
  required: true,
  // AWS documents encryption as an option, and not the defaults of these properties.
  absent: { neverCertain: true, problem: 'does not set {setting}', consequence: 'The volume may not be encrypted.' },
  problem: 'has an unencrypted root volume',
  fix: { cost: 'requires a new WorkSpace', impact: 'replace' },
});
