import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'redshift-publicly-accessible',
  topic: 'network-exposure',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Redshift clusters should not be publicly accessible',
  keywords: ['internet-facing', 'exposed data warehouse'],
  why: 'One open security group rule exposes a publicly accessible data warehouse to the internet, where attackers constantly try passwords and exploits.',
  remedy: 'Set PubliclyAccessible to false and connect from within the VPC, through a VPN, or with query editor v2.',
  sources: {
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html':
      'A cluster with true can be accessed from a public network. The default is false.',
    'config:redshift-cluster-public-access-check': 'A cluster with publiclyAccessible set to true is noncompliant.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_87', 'REDSHIFT_CLUSTER_PUBLIC_ACCESS_CHECK'],
  controls: { securityHub: ['Redshift.1'] },
  settings: { 'AWS::Redshift::Cluster': 'PubliclyAccessible' },
  required: false,
  absent: 'safe',
  consequence: 'One open security group rule exposes it to the internet.',
  fix: { cost: 'clients outside the VPC lose access' },
});
