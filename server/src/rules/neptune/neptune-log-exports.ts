import { listRule } from '../forms/list-rule.ts';

export default listRule({
  id: 'neptune-log-exports',
  topic: 'logging',
  severity: 'medium',
  judged: '2026-11-30',
  title: 'Neptune clusters should export audit logs to CloudWatch Logs',
  keywords: ['neptune_enable_audit_log', 'graph database'],
  why: 'Without exported audit logs, you cannot tell who queried or changed the data, or set alarms on it.',
  remedy:
    'Add audit to EnableCloudwatchLogsExports, and set neptune_enable_audit_log to 1 in the cluster parameter group.',
  sources: {
    'https://docs.aws.amazon.com/neptune/latest/userguide/cloudwatch-logs.html':
      'A cluster can publish audit and slow-query logs to CloudWatch Logs, which is charged; audit logs also have to be enabled.',
    'config:neptune-cluster-cloudwatch-log-export-enabled':
      'A cluster that does not export audit logs is noncompliant.',
    'https://docs.aws.amazon.com/neptune/latest/apiref/API_RestoreDBClusterFromSnapshot.html':
      'A cluster that is restored from a cluster snapshot has the configuration of the original cluster.',
  },
  aliases: ['CKV_AWS_101', 'AWS-0075'],
  controls: { securityHub: ['Neptune.2'] },
  lists: { 'AWS::Neptune::DBCluster': 'EnableCloudwatchLogsExports' },
  mustContain: ['audit'],
  absent: { undecidedIf: { SnapshotIdentifier: 'is set', SourceDBClusterIdentifier: 'is set' } },
  problem: 'does not export {missing} logs to CloudWatch Logs',
  fix: { cost: 'CloudWatch Logs is charged' },
});
