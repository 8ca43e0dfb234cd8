import { settingRule } from '../forms/setting-rule.ts';

/** Members of a cluster have the backups of the cluster, and a replica has those of its source. */
const BACKED_UP_ELSEWHERE = {
  Engine: { matches: /^(aurora|neptune|docdb)/i },
  DBClusterIdentifier: 'is set',
  SourceDBInstanceIdentifier: 'is set',
  SourceDBClusterIdentifier: 'is set',
} as const;

/** A restored database inherits the retention period of its snapshot or source, which is not known. */
const RESTORED_INSTANCE = {
  DBSnapshotIdentifier: 'is set',
  DBClusterSnapshotIdentifier: 'is set',
  SourceDBInstanceAutomatedBackupsArn: 'is set',
  SourceDbiResourceId: 'is set',
} as const;
const RESTORED_CLUSTER = { SnapshotIdentifier: 'is set', SourceDBClusterIdentifier: 'is set' } as const;

/** The checks of other tools accept any number of days that is set, or two days. */
const NOT_SET = ['CKV_AWS_133', 'AWS-0077', 'W75', 'DB_INSTANCE_BACKUP_ENABLED'];

/** The control requires 7 days by default, of instances. */
const OF_INSTANCES = { securityHub: ['RDS.11'] };

/** What longer retention costs. Only instances can have no automated backups, so that the change causes an outage. */
const COST = 'more backup storage may be charged';

const ONE_DAY = 'keeps automated backups for one day only';

export default settingRule({
  id: 'rds-backup-retention',
  topic: 'resilience',
  severity: 'low',
  profile: 'recommended',
  judged: '2026-11-29',
  title: 'RDS databases should keep automated backups for at least 7 days',
  keywords: ['retention period', 'point-in-time restore', 'data loss', 'ransomware', 'Aurora'],
  why: 'Without automated backups, data that is deleted or changed by mistake or by an attacker cannot be restored. Damage is often noticed only after several days.',
  sources: {
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html':
      'A value of 0 turns automated backups off; the default is one day, the maximum 35 days; for Aurora, the cluster manages backups.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html':
      'Clusters keep automated backups for 1 to 35 days, by default for one day.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html':
      'Automated backups of Aurora cannot be disabled.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html':
      'A change between 0 and another value causes an outage. A restored database inherits the retention period of its snapshot or source.',
    aws_db_instance: 'backup_retention_period is 0 by default.',
  },
  options: {
    minimumDays: {
      type: 'number',
      minimum: 2,
      maximum: 35,
      example: 14,
      description: 'The minimum number of days that automated backups are kept, in place of 7.',
    },
  },
  settings: {
    'AWS::RDS::DBInstance': [
      {
        path: 'BackupRetentionPeriod',
        onlyIf: { BackupRetentionPeriod: { below: 1 } },
        unless: BACKED_UP_ELSEWHERE,
        severity: 'medium',
        problem: 'has no automated backups',
        undecidedIf: RESTORED_INSTANCE,
        absent: 'unsafe',
        fixCost: 'causes an outage',
        fixImpact: 'interrupt',
        aliases: NOT_SET,
        controls: OF_INSTANCES,
      },
      {
        path: 'BackupRetentionPeriod',
        onlyIf: { BackupRetentionPeriod: 'is absent' },
        unless: { ...BACKED_UP_ELSEWHERE, ...RESTORED_INSTANCE },
        profile: 'strict',
        problem: ONE_DAY,
        aliases: NOT_SET,
        controls: OF_INSTANCES,
      },
      {
        path: 'BackupRetentionPeriod',
        unless: BACKED_UP_ELSEWHERE,
        undecidedIf: RESTORED_INSTANCE,
        profile: 'strict',
        absent: 'safe',
        // An unknown number of days can be 0.
        fixCost: `${COST}; causes an outage if backups were off`,
        fixImpact: 'interrupt',
        aliases: {},
        controls: OF_INSTANCES,
      },
    ],
    'AWS::RDS::DBCluster': [
      {
        path: 'BackupRetentionPeriod',
        onlyIf: { BackupRetentionPeriod: 'is absent' },
        unless: RESTORED_CLUSTER,
        profile: 'strict',
        problem: ONE_DAY,
        aliases: NOT_SET,
      },
      { path: 'BackupRetentionPeriod', undecidedIf: RESTORED_CLUSTER, profile: 'strict', absent: 'safe', aliases: {} },
    ],
  },
  forbidden: { below: 7 },
  write: 7,
  absent: 'unsafe',
  limit: 'minimumDays',
  problem: 'keeps automated backups for fewer than {limit} days',
  fix: { cost: COST },
});
