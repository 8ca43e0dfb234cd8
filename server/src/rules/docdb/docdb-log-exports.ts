import { listRule } from '../forms/list-rule.ts';

export default listRule({
  id: 'docdb-log-exports',
  topic: 'logging',
  severity: 'medium',
  title: 'DocumentDB clusters should export audit logs to CloudWatch Logs',
  keywords: ['DocDB', 'MongoDB'],
  why: 'Without exported audit logs, you cannot tell who signed in to the database or changed it, or set alarms on it.',
  remedy: 'Add audit to EnableCloudwatchLogsExports, and set audit_logs in the cluster parameter group.',
  sources: {
    'https://docs.aws.amazon.com/documentdb/latest/developerguide/event-auditing.html':
      'Auditing is disabled by default. It needs the cluster parameter audit_logs and the export of audit logs to CloudWatch Logs, which is charged.',
    'https://docs.aws.amazon.com/documentdb/latest/developerguide/API_RestoreDBClusterFromSnapshot.html':
      'A cluster that is restored from a cluster snapshot has the configuration of the original cluster.',
  },
  accessed: '2026-11-30',
  aliases: ['CKV_AWS_85', 'AWS-0020'],
  controls: { securityHub: ['DocumentDB.4'] },
  lists: { 'AWS::DocDB::DBCluster': 'EnableCloudwatchLogsExports' },
  mustContain: ['audit'],
  // A restored cluster has the configuration of its source.
  absent: { undecidedIf: { SnapshotIdentifier: 'is set', SourceDBClusterIdentifier: 'is set' } },
  problem: 'does not export {missing} logs to CloudWatch Logs',
  fix: { cost: 'CloudWatch Logs is charged' },
});
