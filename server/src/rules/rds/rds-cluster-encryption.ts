import { settingRule } from '../forms/setting-rule.ts';

/** A cluster from a source inherits its encryption, and serverless clusters are always encrypted. */
const DECIDED_ELSEWHERE = {
  SnapshotIdentifier: 'is set',
  SourceDBClusterIdentifier: 'is set',
  SourceDbClusterResourceId: 'is set',
  ReplicationSourceIdentifier: 'is set',
  EngineMode: { ignoringCase: ['serverless'] },
} as const;

export default settingRule({
  id: 'rds-cluster-encryption',
  topic: 'encryption-at-rest',
  severity: 'high',
  judged: '2026-11-24',
  title: 'RDS DB clusters should be encrypted at rest',
  keywords: ['Aurora', 'Multi-AZ', 'unencrypted database', 'KMS', 'CMK', 'AWS owned key'],
  why: 'Anyone who gets a copy of the storage, a backup, a snapshot or a replica of an unencrypted cluster can read it, and encryption cannot be turned on later. The AWS owned key that new Aurora clusters use by default cannot be controlled, audited or revoked.',
  remedy:
    'Set StorageEncrypted to true when you create the cluster. To encrypt an existing one, restore an encrypted cluster from a snapshot of it.',
  sources: {
    'https://aws.amazon.com/blogs/database/use-default-encryption-at-rest-for-new-amazon-aurora-clusters':
      'Clusters created without encryption used to be unencrypted; new Aurora clusters are always encrypted, by default with an AWS owned key.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html':
      'Aurora clusters created since February 18, 2026 are encrypted; an AWS owned key cannot be viewed or managed.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html':
      'StorageEncrypted applies to Aurora clusters and Multi-AZ DB clusters.',
    aws_rds_cluster:
      'storage_encrypted is false by default, and true where engine_mode is serverless; the engines mysql and postgres create Multi-AZ clusters.',
  },
  aliases: ['CKV_AWS_96', 'AWS-0079', 'F26', 'RDS_STORAGE_ENCRYPTED'],
  controls: { securityHub: ['RDS.27'] },
  settings: {
    'AWS::RDS::DBCluster': [
      // The engines of Multi-AZ DB clusters.
      {
        path: 'StorageEncrypted',
        onlyIf: { Engine: { ignoringCase: ['mysql', 'postgres'] } },
        unless: DECIDED_ELSEWHERE,
        // Members of a global cluster inherit its encryption, which is not read.
        inheritedFrom: ['GlobalClusterIdentifier'],
      },
      {
        path: 'StorageEncrypted',
        unless: DECIDED_ELSEWHERE,
        inheritedFrom: ['GlobalClusterIdentifier'],
        severity: 'medium',
        problem: 'turns off storage encryption',
        consequence: 'It is not encrypted, or only with an AWS owned key if created since February 2026.',
        absent: {
          onlyIf: { Engine: { matches: /^aurora/i } },
          severity: 'low',
          profile: 'strict',
          problem: 'does not set {setting}',
          consequence: 'Aurora clusters created before February 2026 are not encrypted by default.',
        },
      },
    ],
  },
  required: true,
  absent: 'unsafe',
  fix: { cost: 'replaces the cluster; restore its data from a snapshot', impact: 'replace' },
});
