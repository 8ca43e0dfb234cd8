import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'dax-tls',
  topic: 'encryption-in-transit',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'DAX clusters should use TLS',
  keywords: ['DynamoDB Accelerator', 'ClusterEndpointEncryptionType', 'encryption in transit', 'SSL'],
  why: 'Without TLS, anyone on the network path between clients and the cluster can read and change DynamoDB data.',
  remedy: 'Set ClusterEndpointEncryptionType to TLS when you create the cluster, and use its daxs:// endpoint.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dax-cluster.html':
      'The endpoint is unencrypted by default (NONE); with TLS it is encrypted and authenticated by a certificate; changing it replaces the cluster.',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-7':
      'DynamoDB.7: a DAX cluster should be encrypted in transit, with the endpoint encryption type TLS.',
  },
  accessed: '2026-11-28',
  aliases: { checkov: ['CKV_AWS_239'] },
  controls: { securityHub: ['DynamoDB.7'] },
  settings: { 'AWS::DAX::Cluster': 'ClusterEndpointEncryptionType' },
  required: 'TLS',
  absent: 'unsafe',
  problem: 'does not encrypt data in transit',
  fix: { cost: 'replaces the cluster; clients have to use TLS', impact: 'replace' },
});
