import type { Fix } from '../../model/edit.ts';
import { all, any, is, isAbsent, isPresent, not, UNKNOWABLE } from '../../model/judgement.ts';
import { isFalse, oneOfIgnoringCase, text } from '../../model/predicate.ts';
import { NOT_SET } from '../../model/shown.ts';
import { defineRule } from '../rule.ts';
import { namesOrigin } from './origin.ts';

const PROPERTY = 'StorageEncrypted';

/** What a cluster is made from, whose encryption it takes over. */
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
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-24',
  title: 'RDS cluster is encrypted at rest',
  why: 'An unencrypted cluster leaves its storage, backups, snapshots and replicas readable to whoever gets a copy, and it cannot be encrypted later without moving the data. The encryption that Aurora adds by itself uses a key that you cannot control, audit or revoke.',
  remedy:
    'Set StorageEncrypted to true when the cluster is created. To encrypt an existing one, restore an encrypted cluster from a snapshot of it.',
  sources: [
    {
      url: 'https://aws.amazon.com/blogs/database/use-default-encryption-at-rest-for-new-amazon-aurora-clusters',
      claim:
        'A cluster made without encryption, or with it turned off, used to be unencrypted; new Aurora clusters are always encrypted, by default with a key that AWS owns.',
      seen: '2026-11-24',
    },
    {
      url: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html',
      claim:
        'Aurora clusters made since 18 February 2026 are encrypted; a key that AWS owns cannot be viewed or managed.',
      seen: '2026-11-24',
    },
    {
      url: 'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-cluster-request/storage-encrypted.html',
      claim: 'Whether a cluster is encrypted can be stated of Aurora clusters and of Multi-AZ DB clusters.',
      seen: '2026-11-24',
    },
    {
      url: 'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/rds_cluster',
      claim:
        'storage_encrypted is false by default, and true where engine_mode is serverless; the engines mysql and postgres make Multi-AZ clusters.',
      seen: '2026-11-24',
    },
    {
      url: 'https://hub.steampipe.io/mods/turbot/aws_compliance/controls/control.foundational_security_rds_27',
      claim: 'RDS.27: DB clusters should be encrypted at rest; it cannot be changed after a cluster is created.',
      seen: '2026-11-24',
    },
  ],
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
        // The members of a global cluster are encrypted as that is, which is not looked into.
        all(isPresent(cluster.get('GlobalClusterIdentifier')), UNKNOWABLE),
      ),
    );
    const off = all(is(value, isFalse), decided);
    const unstated = all(isAbsent(value), decided);
    const fixes = (): readonly Fix[] => [
      {
        title: `Set ${name} to true (replaces the cluster: restore it from an encrypted snapshot)`,
        safe: false,
        edits: [{ op: 'set', resource: cluster, path: PROPERTY, value: true }],
      },
    ];
    const multiAzMessage = (shown: string): string =>
      shown === NOT_SET
        ? `The cluster ${cluster.displayName} is not encrypted (${name} is not set). Set ${name} to true.`
        : `The cluster ${cluster.displayName} is not encrypted (${name} is ${shown}). Set ${name} to true.`;
    const auroraMessage = (shown: string): string =>
      shown === NOT_SET
        ? `The cluster ${cluster.displayName} does not set ${name}. Aurora clusters created before February 2026 are then not encrypted; set ${name} to true.`
        : `The cluster ${cluster.displayName} has ${name} set to ${shown}. It is not encrypted, or, if created since February 2026, with a key that AWS owns; set ${name} to true.`;
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
