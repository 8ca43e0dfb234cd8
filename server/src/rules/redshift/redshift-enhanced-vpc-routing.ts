import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'redshift-enhanced-vpc-routing',
  topic: 'network-exposure',
  severity: 'medium',
  judged: '2026-11-30',
  title: 'Redshift clusters should use enhanced VPC routing',
  keywords: ['COPY', 'UNLOAD', 'data exfiltration', 'VPC endpoints', 'flow logs'],
  why: 'Without enhanced VPC routing, COPY and UNLOAD traffic bypasses the VPC, so endpoint policies and flow logs do not apply to it.',
  remedy: 'Set EnhancedVpcRouting to true, and give the VPC a path to S3, such as a gateway endpoint.',
  sources: {
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html':
      'EnhancedVpcRouting is false by default.',
    'config:redshift-enhanced-vpc-routing-enabled': 'A cluster is noncompliant if enhancedVpcRouting is not enabled.',
    'https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/automation-awssupportremediator-enableredshiftclusterenhancedvpcrouting.html':
      'All COPY and UNLOAD traffic is then routed through the VPC, and fails without a path to S3 and the other services. It remediates Redshift.7.',
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_RestoreFromClusterSnapshot.html':
      'By default, a restored cluster has the configuration of the original cluster, except for its security and parameter groups.',
  },
  aliases: ['CKV_AWS_321'],
  controls: { securityHub: ['Redshift.7'] },
  settings: { 'AWS::Redshift::Cluster': 'EnhancedVpcRouting' },
  required: true,
  absent: { undecidedIf: { SnapshotIdentifier: 'is set' } },
  fix: { cost: 'COPY and UNLOAD need a path to S3 in the VPC' },
});
