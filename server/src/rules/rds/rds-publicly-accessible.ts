import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'rds-publicly-accessible',
  topic: 'network-exposure',
  severity: 'high',
  judged: '2026-11-24',
  title: 'RDS instances should not be publicly accessible',
  keywords: ['internet-facing', 'exposed database'],
  why: 'One open security group rule exposes a publicly accessible database to the internet, where attackers constantly try passwords and exploits.',
  remedy:
    'Set PubliclyAccessible to false and connect from within the VPC, through a VPN, or with Session Manager port forwarding.',
  sources: {
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html':
      'Outside of the VPC, the DNS name of a publicly accessible instance resolves to a public IP address; its security group controls access. Without the property, the subnet group and the internet gateway of the VPC decide.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html':
      'The property applies to Multi-AZ DB clusters; in an Aurora cluster, it applies to the instances.',
    'config:rds-instance-public-access-check': 'An instance with publiclyAccessible set to true is noncompliant.',
  },
  aliases: ['CKV_AWS_17', 'AWS-0180', 'F22', 'RDS_INSTANCE_PUBLIC_ACCESS_CHECK'],
  settings: {
    'AWS::RDS::DBInstance': {
      path: 'PubliclyAccessible',
      controls: { securityHub: ['RDS.2'], cis: ['v3.0.0 2.3.3'] },
      fixCost: 'clients outside the VPC lose access',
      absent: { decidedBy: 'the subnet group', profile: 'strict', severity: 'low' },
    },
    'AWS::RDS::DBCluster': { path: 'PubliclyAccessible', fixCost: 'replaces the cluster', fixImpact: 'replace' },
  },
  required: false,
  absent: 'safe',
  consequence: 'One open security group rule exposes it to the internet.',
});
