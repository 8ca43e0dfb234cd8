import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'redshift-serverless-publicly-accessible',
  topic: 'network-exposure',
  severity: 'high',
  judged: '2026-11-29',
  title: 'Redshift Serverless workgroups should not be publicly accessible',
  keywords: ['internet-facing', 'exposed data warehouse'],
  why: 'One open security group rule exposes a publicly accessible data warehouse to the internet, where attackers constantly try passwords and exploits.',
  remedy: 'Set PubliclyAccessible to false and connect from within the VPC, through a VPN, or with query editor v2.',
  sources: {
    'config:redshift-serverless-workgroup-no-public-access': 'A workgroup that is publicly accessible is noncompliant.',
  },
  accessed: '2026-11-28',
  controls: { securityHub: ['RedshiftServerless.3'] },
  settings: { 'AWS::RedshiftServerless::Workgroup': 'PubliclyAccessible' },
  required: false,
  absent: 'safe',
  consequence: 'One open security group rule exposes it to the internet.',
  fix: { cost: 'clients outside the VPC lose access' },
});
