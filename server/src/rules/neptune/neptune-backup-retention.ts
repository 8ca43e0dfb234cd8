import { settingRule } from '../forms/setting-rule.ts';

/** A restored cluster has the configuration of its source, which is not known. */
const RESTORED = { SnapshotIdentifier: 'is set', SourceDBClusterIdentifier: 'is set' } as const;

export default settingRule({
  id: 'neptune-backup-retention',
  topic: 'resilience',
  severity: 'low',
  title: 'Neptune clusters should keep automated backups for at least 7 days',
  keywords: ['graph database', 'retention period', 'point-in-time restore', 'data loss', 'ransomware'],
  why: 'Data that is deleted or changed by mistake or by an attacker can be restored only from the days that backups are kept for. Damage is often noticed only after several days.',
  sources: {
    'https://docs.aws.amazon.com/neptune/latest/apiref/API_CreateDBCluster.html':
      'Automated backups are kept for 1 to 35 days, by default for one day.',
    'https://docs.aws.amazon.com/neptune/latest/apiref/API_RestoreDBClusterFromSnapshot.html':
      'A cluster that is restored from a cluster snapshot has the configuration of the original cluster.',
    aws_neptune_cluster: 'backup_retention_period is 1 by default.',
  },
  accessed: '2026-12-02',
  aliases: ['CKV_AWS_361'],
  controls: { securityHub: ['Neptune.5'] },
  settings: {
    'AWS::Neptune::DBCluster': [
      {
        path: 'BackupRetentionPeriod',
        onlyIf: { BackupRetentionPeriod: 'is absent' },
        unless: RESTORED,
        problem: 'keeps automated backups for one day only',
      },
      { path: 'BackupRetentionPeriod', undecidedIf: RESTORED, absent: 'safe' },
    ],
  },
  forbidden: { below: 7 },
  write: 7,
  absent: 'unsafe',
  problem: 'keeps automated backups for fewer than 7 days',
  fix: { cost: 'more backup storage may be charged' },
});
