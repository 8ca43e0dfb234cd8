import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'rds-publicly-accessible',
  topic: 'network-exposure',
  severity: 'high',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-24',
  title: 'RDS instances should not be publicly accessible',
  why: 'One open security group rule exposes a publicly accessible database to the internet, where passwords and vulnerabilities of the engine are tried all the time.',
  remedy:
    'Set PubliclyAccessible to false and connect from within the VPC, through a VPN, or with port forwarding of Session Manager.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-instance-request/publicly-accessible.html',
      claim:
        'From outside of the VPC the name of a publicly accessible instance leads to a public address; its security group decides who gets in. Without the property it depends on the subnet group and on whether the VPC has an internet gateway.',
      seen: '2026-11-24',
    },
    {
      url: 'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-cluster-request/publicly-accessible.html',
      claim:
        'A cluster has the property where it is a Multi-AZ DB cluster; in an Aurora cluster its instances have it.',
      seen: '2026-11-24',
    },
    {
      url: 'https://docs.aws.amazon.com/en_us/config/latest/developerguide/rds-instance-public-access-check.html',
      claim: 'rds-instance-public-access-check: an instance whose publiclyAccessible is true does not comply.',
      seen: '2026-11-24',
    },
  ],
  aliases: {
    checkov: ['CKV_AWS_17'],
    trivy: ['AWS-0180'],
    cfn_nag: ['F22'],
    guard: ['RDS_INSTANCE_PUBLIC_ACCESS_CHECK'],
  },
  controls: {},
  settings: {
    'AWS::RDS::DBInstance': {
      path: 'PubliclyAccessible',
      fixCost: 'clients outside of the VPC lose access',
      absent: { decidedBy: 'the subnet group', profile: 'strict', severity: 'low' },
    },
    // Only a Multi-AZ DB cluster has the property.
    'AWS::RDS::DBCluster': { path: 'PubliclyAccessible', fixCost: 'replaces the cluster' },
  },
  required: false,
  absent: 'safe',
  problem: 'is publicly accessible',
  consequence: 'One open security group rule exposes it to the internet.',
  fix: 'suggestion',
});
