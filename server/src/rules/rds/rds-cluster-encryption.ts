import type { Fix } from '../../model/edit.ts';
import { all, any, is, isAbsent, isPresent, not, UNKNOWABLE } from '../../model/judgement.ts';
import { isFalse, oneOfIgnoringCase, text } from '../../model/predicate.ts';
import { NOT_SET } from '../../model/shown.ts';
import { defineRule } from '../rule.ts';
import { namesOrigin } from './origin.ts';

const PROPERTY = 'StorageEncrypted';

/** The properties for the source of a cluster, whose encryption it inherits. */
const ORIGINS = [
  'SnapshotIdentifier',
  'SourceDBClusterIdentifier',
  'SourceDbClusterResourceId',
  'ReplicationSourceIdentifier',
] as const;

const AURORA = text((engine) => /^aurora/i.test(engine));

/** The engines of Multi-AZ DB clusters. */
const MULTI_AZ = oneOfIgnoringCase('mysql', 'postgres');

export default defineRule({
  id: 'rds-cluster-encryption',
  on: 'resource',
  reads: { 'AWS::RDS::DBCluster': [PROPERTY, 'Engine', 'EngineMode', 'GlobalClusterIdentifier', ...ORIGINS] },
  topic: 'encryption-at-rest',
  severity: 'high',
  judged: '2026-11-24',
  title: 'RDS DB clusters should be encrypted at rest',
  keywords: ['Aurora', 'Multi-AZ', 'StorageEncrypted', 'unencrypted database', 'KMS', 'CMK', 'AWS owned key'],
  why: 'Anyone who gets a copy of the storage, a backup, a snapshot or a replica of an unencrypted cluster can read it, and encryption cannot be turned on later. The AWS owned key that new Aurora clusters use by default cannot be controlled, audited or revoked.',
  remedy:
    'Set StorageEncrypted to true when you create the cluster. To encrypt an existing one, restore an encrypted cluster from a snapshot of it.',
  sources: {
    'https://aws.amazon.com/blogs/database/use-default-encryption-at-rest-for-new-amazon-aurora-clusters':
      'Clusters created without encryption used to be unencrypted; new Aurora clusters are always encrypted, by default with an AWS owned key.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html':
      'Aurora clusters created since February 18, 2026 are encrypted; an AWS owned key cannot be viewed or managed.',
    'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-cluster-request/storage-encrypted.html':
      'StorageEncrypted applies to Aurora clusters and Multi-AZ DB clusters.',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/rds_cluster':
      'storage_encrypted is false by default, and true where engine_mode is serverless; the engines mysql and postgres create Multi-AZ clusters.',
    'https://hub.steampipe.io/mods/turbot/aws_compliance/controls/control.foundational_security_rds_27':
      'RDS.27: DB clusters should be encrypted at rest; encryption cannot be changed after a cluster is created.',
  },
  aliases: { checkov: ['CKV_AWS_96'], trivy: ['AWS-0079'], cfn_nag: ['F26'], guard: ['RDS_STORAGE_ENCRYPTED'] },
  controls: { securityHub: ['RDS.27'] },
  fix: 'suggestion',
  *check(cluster) {
    const value = cluster.get(PROPERTY);
    const name = cluster.nativePath(PROPERTY);
    const aurora = is(cluster.get('Engine'), AURORA);
    const multiAz = is(cluster.get('Engine'), MULTI_AZ);
    const decided = not(
      any(
        ...ORIGINS.map((origin) => namesOrigin(cluster.get(origin))),
        is(cluster.get('EngineMode'), oneOfIgnoringCase('serverless')),
        // Members of a global cluster inherit its encryption, which is not read.
        all(isPresent(cluster.get('GlobalClusterIdentifier')), UNKNOWABLE),
      ),
    );
    const off = all(is(value, isFalse), decided);
    const unstated = all(isAbsent(value), decided);
    const fixes = (): readonly Fix[] => [
      {
        title: `Set ${name} to true (replaces the cluster; restore its data from a snapshot)`,
        safe: false,
        edits: [{ op: 'set', resource: cluster, path: PROPERTY, value: true }],
      },
    ];
    const multiAzMessage = `${cluster.displayName} is not encrypted at rest. Set ${name} to true.`;
    const auroraMessage = (shown: string): string =>
      shown === NOT_SET
        ? `${cluster.displayName} does not set ${name}. Aurora clusters created before February 2026 are not encrypted by default; set ${name} to true.`
        : `${cluster.displayName} turns off storage encryption. It is not encrypted, or only with an AWS owned key if created since February 2026; set ${name} to true.`;
    yield { violations: [{ wrong: all(off, multiAz), at: value }], message: multiAzMessage, fixes };
    yield { violations: [{ wrong: off, at: value }], severity: 'medium', message: auroraMessage, fixes };
    yield { violations: [{ wrong: all(unstated, multiAz), at: value }], message: multiAzMessage, fixes };
    yield {
      violations: [{ wrong: all(unstated, aurora), at: value }],
      severity: 'low',
      profile: 'strict',
      message: auroraMessage,
      fixes,
    };
  },
});
