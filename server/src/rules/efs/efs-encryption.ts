import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'efs-encryption',
  topic: 'encryption-at-rest',
  severity: 'high',
  judged: '2026-11-24',
  title: 'EFS file systems should be encrypted at rest',
  keywords: ['Elastic File System', 'NFS', 'unencrypted file system', 'KMS', 'CMK'],
  why: 'An unencrypted file system stores its files in plaintext, and encryption cannot be turned on later.',
  remedy:
    'Set Encrypted to true when you create the file system. To encrypt an existing one, replicate it to a new encrypted file system.',
  sources: {
    'https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html':
      'The console encrypts by default, the API does not: encryption has to be asked for. It cannot be changed later; an unencrypted file system is replicated to a new encrypted one.',
    'https://docs.aws.amazon.com/controltower/latest/controlreference/efs-rules.html':
      'CT.ELASTICFILESYSTEM.PR.1: set Encrypted to true; without KmsKeyId the key aws/elasticfilesystem is used.',
  },
  aliases: ['CKV_AWS_42', 'AWS-0037', 'F32', 'EFS_ENCRYPTED_CHECK'],
  controls: { securityHub: ['EFS.1'], cis: ['v3.0.0 2.4.1'] },
  settings: { 'AWS::EFS::FileSystem': 'Encrypted' },
  required: true,
  absent: 'unsafe',
  fix: { cost: 'replaces the file system', impact: 'replace' },
});
