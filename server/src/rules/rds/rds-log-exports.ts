import { settingRule } from '../forms/setting-rule.ts';

/**
 * The logs that engines write without another parameter or option.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.MySQL.LogFileSize.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Concepts.PostgreSQL.overview.html
 */
const LOGS = {
  postgres: ['postgresql'],
  'aurora-postgresql': ['postgresql'],
  mysql: ['error'],
  mariadb: ['error'],
  'aurora-mysql': ['error'],
} as const;

export default settingRule({
  id: 'rds-log-exports',
  topic: 'logging',
  severity: 'low',
  judged: '2026-11-29',
  title: 'RDS databases should export logs to CloudWatch Logs',
  keywords: ['audit logs', 'postgresql', 'Aurora'],
  why: 'Logs on the database are deleted after a few days, or with the database. You then cannot investigate sign-ins and queries, or set alarms on them.',
  remedy:
    'Add the log types of the engine to EnableCloudwatchLogsExports, such as postgresql, or error and audit. Some also have to be turned on in the parameter group.',
  sources: {
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html':
      'The log types of each engine; the property does not apply to Aurora, whose cluster manages exports, nor to RDS Custom.',
    'AWS::RDS::DBCluster': 'Aurora and Multi-AZ DB clusters export the log types in the list.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html':
      'Logs that are exported to CloudWatch Logs are in durable storage, and can be searched and analyzed in real time.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html': {
      claim: 'A restored instance has most of the configuration of its source.',
      seen: '2026-11-30',
    },
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html': {
      claim: 'A read replica has backups disabled, and inherits its other attributes from its source.',
      seen: '2026-11-30',
    },
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterToPointInTime.html': {
      claim: 'A cluster that is restored to a point in time has the configuration of its source.',
      seen: '2026-11-30',
    },
    aws_db_instance: 'No logs are exported without enabled_cloudwatch_logs_exports.',
  },
  settings: {
    'AWS::RDS::DBInstance': {
      path: 'EnableCloudwatchLogsExports',
      write: { by: 'Engine', values: LOGS },
      unless: { Engine: { matches: /^(aurora|neptune|docdb|custom-)/i }, DBClusterIdentifier: 'is set' },
      absent: {
        undecidedIf: {
          DBSnapshotIdentifier: 'is set',
          DBClusterSnapshotIdentifier: 'is set',
          SourceDBInstanceIdentifier: 'is set',
          SourceDBClusterIdentifier: 'is set',
          SourceDBInstanceAutomatedBackupsArn: 'is set',
          SourceDbiResourceId: 'is set',
        },
      },
      aliases: ['CKV_AWS_129', 'RDS_INSTANCE_LOGGING_ENABLED'],
      controls: { securityHub: ['RDS.9'] },
    },
    'AWS::RDS::DBCluster': {
      path: 'EnableCloudwatchLogsExports',
      write: { by: 'Engine', values: LOGS },
      // A cluster that is restored to a point in time has the configuration of its source; one from a snapshot has the
      // defaults.
      absent: { undecidedIf: { SourceDBClusterIdentifier: 'is set' } },
      aliases: ['CKV_AWS_324'],
    },
  },
  forbidden: 'is empty',
  fix: { cost: 'CloudWatch Logs is charged' },
  absent: 'unsafe',
  advice: 'Add the log types of its engine to {setting}.',
});
