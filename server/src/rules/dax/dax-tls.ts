import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'dax-tls',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'DAX clusters should use TLS',
  keywords: ['DynamoDB Accelerator', 'encryption in transit', 'SSL'],
  why: 'Without TLS, anyone on the network path between clients and the cluster can read and change DynamoDB data.',
  remedy: 'Set ClusterEndpointEncryptionType to TLS when you create the cluster, and use its daxs:// endpoint.',
  sources: {
    'AWS::DAX::Cluster':
      'The endpoint is unencrypted by default (NONE); with TLS it is encrypted and authenticated by a certificate; changing it replaces the cluster.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_239'],
  controls: { securityHub: ['DynamoDB.7'] },
  settings: { 'AWS::DAX::Cluster': 'ClusterEndpointEncryptionType' },
  required: 'TLS',
  absent: 'unsafe',
  problem: 'does not encrypt data in transit',
  fix: { cost: 'replaces the cluster; clients have to use TLS', impact: 'replace' },
});
