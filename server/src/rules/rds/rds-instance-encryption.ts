import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'rds-instance-encryption',
  topic: 'encryption-at-rest',
  severity: 'high',
  judged: '2026-11-24',
  title: 'RDS instances should be encrypted at rest',
  keywords: ['unencrypted database', 'KMS', 'CMK', 'snapshots'],
  why: 'Anyone who gets a copy of the storage, a backup, a snapshot or a replica of an unencrypted database can read it, and encryption cannot be turned on later.',
  remedy:
    'Set StorageEncrypted to true when you create the database. To encrypt an existing one, copy a snapshot of it with encryption and restore from the copy.',
  sources: {
    'AWS::RDS::DBInstance':
      'An instance is not encrypted by default; with a source or snapshot, the value is inherited; for Aurora, the cluster manages encryption; changing it replaces the instance. An empty DBSnapshotIdentifier creates a new database.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html': {
      claim: 'For RDS Custom, StorageEncrypted is enabled or left unset; otherwise RDS reports an error.',
      seen: '2026-11-28',
    },
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html': {
      claim:
        'Encryption is available for all engines except SQL Server Express Edition; a read replica of an encrypted source is encrypted.',
      seen: '2026-11-28',
    },
    aws_db_instance: 'storage_encrypted is false if it is not specified.',
  },
  aliases: ['CKV_AWS_16', 'AWS-0080', 'F27', 'RDS_STORAGE_ENCRYPTED'],
  controls: { securityHub: ['RDS.3'], cis: ['v3.0.0 2.3.1'] },
  settings: {
    'AWS::RDS::DBInstance': {
      path: 'StorageEncrypted',
      unless: {
        Engine: { matches: /^(aurora|neptune|docdb)/i },
        DBClusterIdentifier: 'is set',
        DBSnapshotIdentifier: 'is set',
        DBClusterSnapshotIdentifier: 'is set',
        SourceDBInstanceIdentifier: 'is set',
        SourceDBClusterIdentifier: 'is set',
        SourceDbiResourceId: 'is set',
        SourceDBInstanceAutomatedBackupsArn: 'is set',
      },
      // It is not certain whether this edition supports encryption.
      undecidedIf: { Engine: { ignoringCase: ['sqlserver-ex'] } },
      absent: { unless: { Engine: { matches: /^custom-/i } } },
    },
  },
  required: true,
  absent: 'unsafe',
  fix: { cost: 'replaces the database', impact: 'replace' },
});
