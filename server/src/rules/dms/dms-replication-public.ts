import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'dms-replication-public',
  topic: 'network-exposure',
  severity: 'high',
  judged: '2026-11-29',
  title: 'DMS replication instances should not be publicly accessible',
  keywords: ['Database Migration Service', 'public IP address'],
  why: 'A replication instance has access to the source and target databases. With a public IP address, one open security group rule exposes it to the internet.',
  remedy:
    'Set PubliclyAccessible to false and reach databases outside the VPC through a VPN, peering or Direct Connect.',
  sources: {
    'https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateReplicationInstance.html':
      'An instance with true has a public IP address, one with false a private one. The default is true.',
    'config:dms-replication-not-public': 'An instance with PubliclyAccessible set to true is noncompliant.',
    aws_dms_replication_instance: "Terraform's default is false.",
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_89', 'W91', 'DMS_REPLICATION_NOT_PUBLIC'],
  controls: { securityHub: ['DMS.1'] },
  settings: { 'AWS::DMS::ReplicationInstance': 'PubliclyAccessible' },
  required: false,
  absent: 'unsafe',
  consequence: 'One open security group rule exposes it to the internet.',
  fix: { cost: 'replaces the instance', impact: 'replace' },
});
