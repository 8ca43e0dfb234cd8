import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'msk-public-access',
  topic: 'network-exposure',
  severity: 'high',
  judged: '2026-11-29',
  title: 'MSK clusters should not have public access enabled',
  keywords: ['SERVICE_PROVIDED_EIPS', 'Kafka', 'internet-facing', 'publicly accessible'],
  why: 'The brokers of a public cluster have public IP addresses, so anyone on the internet can try to connect to them.',
  remedy:
    'Set the type of public access to DISABLED and connect from within the VPC, through a VPN, or with multi-VPC private connectivity.',
  sources: {
    'AWS::MSK::Cluster.PublicAccess': 'SERVICE_PROVIDED_EIPS turns public access on, DISABLED turns it off.',
    'config:msk-cluster-public-access-disabled': 'A cluster whose public access is not disabled is noncompliant.',
  },
  accessed: '2026-11-28',
  aliases: ['CKV_AWS_291'],
  controls: { securityHub: ['MSK.4'] },
  settings: { 'AWS::MSK::Cluster': 'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type' },
  forbidden: ['SERVICE_PROVIDED_EIPS'],
  write: 'DISABLED',
  absent: 'safe',
  consequence: 'Anyone on the internet can try to connect to its brokers.',
  advice: 'Disable public access.',
  fix: { title: 'Disable public access', cost: 'clients outside the VPC lose access' },
});
