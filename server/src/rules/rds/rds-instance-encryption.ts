import { any, is, isPresent, YES } from '../../model/judgement.ts';
import { isFalse, text } from '../../model/predicate.ts';
import { propertyRule } from '../property-rule.ts';

/** Members of an Aurora cluster and of its relatives take over the encryption of the cluster. */
const CLUSTERED = text((engine) => /^(aurora|neptune|docdb)/i.test(engine));

export default propertyRule({
  id: 'rds-instance-encryption',
  type: 'AWS::RDS::DBInstance',
  property: 'StorageEncrypted',
  alsoReads: ['Engine', 'DBClusterIdentifier', 'DBSnapshotIdentifier', 'SourceDBInstanceIdentifier', 'SourceDbiResourceId', 'SourceDBInstanceAutomatedBackupsArn', 'DBClusterSnapshotIdentifier'],
  topic: 'encryption-at-rest', severity: 'high', profile: 'recommended', since: '0.1', judged: '2026-11-24',
  title: 'RDS database is encrypted at rest',
  why: 'An unencrypted database leaves its storage, automated backups, snapshots and replicas readable to whoever gets a copy, and it cannot be encrypted later without moving the data.',
  remedy: 'Set StorageEncrypted to true when the database is created. To encrypt an existing one, copy a snapshot of it with encryption and restore from the copy.',
  sources: [
    { url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html', claim: 'An instance is not encrypted by default; with a source or snapshot the value is inherited; for Aurora the cluster manages encryption; changing it replaces the instance.', seen: '2026-11-24' },
    { url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html', claim: 'RDS.3: DB instances should have encryption at rest enabled; encryption is chosen when the instance is created, not after.', seen: '2026-11-24' },
    { url: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance', claim: 'storage_encrypted is false if it is not specified.', seen: '2026-11-24' },
  ],
  aliases: { checkov: ['CKV_AWS_16'], trivy: ['AWS-0080'], cfn_nag: ['F27'], guard: ['RDS_STORAGE_ENCRYPTED'] },
  controls: { securityHub: ['RDS.3'], cis: ['v3.0.0 2.3.1'] },
  fix: 'suggestion',
  bad: isFalse,
  absence: () => YES,
  exempt: (db) => any(
    is(db.get('Engine'), CLUSTERED),
    isPresent(db.get('DBClusterIdentifier')),
    isPresent(db.get('DBSnapshotIdentifier')),
    isPresent(db.get('DBClusterSnapshotIdentifier')),
    isPresent(db.get('SourceDBInstanceIdentifier')),
    isPresent(db.get('SourceDbiResourceId')),
    isPresent(db.get('SourceDBInstanceAutomatedBackupsArn')),
  ),
  write: { value: true, title: (property) => `Set ${property} to true (replaces the database: restore it from an encrypted snapshot copy)` },
  message: (db, property, shown) => shown === undefined
    ? `The database ${db.displayName} does not set ${property}, and without it RDS stores data, backups and snapshots unencrypted; set ${property} to true.`
    : `The database ${db.displayName} has ${property} set to ${shown}, so its data, backups and snapshots are stored unencrypted; set ${property} to true.`,
});
