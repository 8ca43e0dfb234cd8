import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'dax-encryption',
  topic: 'encryption-at-rest',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'DAX clusters should be encrypted at rest',
  keywords: ['DynamoDB Accelerator', 'SSESpecification', 'server-side encryption', 'KMS'],
  why: 'The disk of a DAX cluster holds copies of DynamoDB data. It is not encrypted by default, and encryption cannot be turned on later.',
  remedy: 'Set SSESpecification.SSEEnabled to true when you create the cluster.',
  sources: {
    'AWS::DAX::Cluster.SSESpecification':
      'SSEEnabled states whether server-side encryption is enabled; changing it replaces the cluster.',
    aws_dax_cluster: 'server_side_encryption.enabled is false by default.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_47', 'AWS-0023', 'W83', 'DAX_ENCRYPTION_ENABLED'],
  controls: { securityHub: ['DynamoDB.3'] },
  settings: { 'AWS::DAX::Cluster': 'SSESpecification.SSEEnabled' },
  required: true,
  absent: 'unsafe',
  advice: 'Enable server-side encryption.',
  fix: { title: 'Encrypt at rest', cost: 'replaces the cluster', impact: 'replace' },
});
