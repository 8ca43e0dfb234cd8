/**
 * What happens to the data of a resource when Terraform destroys it: final snapshots, content, recovery.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 */
import { flatMap } from '../../base/flat-map.ts';
import { isUnset, leaves } from '../../model/navigate.ts';
import type { Resource } from '../../model/resource.ts';
import { shown } from '../../model/shown.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { byDefaultFirst, scenarioEnding, reached } from '../property-pieces.ts';
import { unknownBecause } from '../unknown-because.ts';

/** The argument with the name of the final snapshot, and the one that decides whether there is one. */
interface FinalSnapshot {
  readonly name: string;
  /** False by default: without a name, AWS then refuses the deletion. Without this argument, the name decides. */
  readonly skip?: string;
}

const WITH_SKIP: FinalSnapshot = { name: 'final_snapshot_identifier', skip: 'skip_final_snapshot' };

/** The final snapshots of types in Terraform. */
const FINAL_SNAPSHOTS: ReadonlyMap<string, FinalSnapshot> = new Map([
  ['aws_db_instance', WITH_SKIP],
  ['aws_docdb_cluster', WITH_SKIP],
  ['aws_elasticache_cluster', { name: 'final_snapshot_identifier' }],
  ['aws_elasticache_replication_group', { name: 'final_snapshot_identifier' }],
  ['aws_memorydb_cluster', { name: 'final_snapshot_name' }],
  ['aws_lightsail_database', { name: 'final_snapshot_name', skip: 'skip_final_snapshot' }],
  ['aws_neptune_cluster', WITH_SKIP],
  ['aws_rds_cluster', WITH_SKIP],
  ['aws_redshift_cluster', WITH_SKIP],
]);

/** The text for a known value of an argument, or for one that is not set. */
interface Effect {
  readonly argument: string;
  readonly is: string | null;
  readonly say: string;
}

const PREVENT: Effect = {
  argument: 'lifecycle.prevent_destroy',
  is: 'true',
  say: 'not destroyed by Terraform (prevent_destroy)',
};

const FORCED: Effect = { argument: 'force_destroy', is: 'true', say: 'deleted with its content (force_destroy)' };

/** The final backup of file systems, which an argument skips. Its default depends on the type. */
const FINAL_BACKUP: readonly Effect[] = [
  { argument: 'skip_final_backup', is: 'true', say: 'no final backup on deletion (skip_final_backup is true)' },
  { argument: 'skip_final_backup', is: 'false', say: 'final backup on deletion (skip_final_backup is false)' },
];
const FINAL_BACKUP_BY_DEFAULT: readonly Effect[] = [
  ...FINAL_BACKUP,
  { argument: 'skip_final_backup', is: null, say: 'final backup on deletion (skip_final_backup is not set)' },
];

const KEPT_BACKUPS: Effect = {
  argument: 'delete_automated_backups',
  is: 'false',
  say: 'automated backups kept after deletion (delete_automated_backups is false)',
};

const EFFECTS: ReadonlyMap<string, readonly Effect[]> = new Map([
  ['aws_backup_vault', [FORCED]],
  [
    'aws_cloudwatch_log_group',
    [{ argument: 'skip_destroy', is: 'true', say: 'kept when removed from the configuration (skip_destroy)' }],
  ],
  ['aws_db_instance', [KEPT_BACKUPS]],
  ['aws_ebs_volume', [{ argument: 'final_snapshot', is: 'true', say: 'final snapshot on deletion (final_snapshot)' }]],
  ['aws_ecr_repository', [{ argument: 'force_delete', is: 'true', say: 'deleted with its images (force_delete)' }]],
  ['aws_fsx_lustre_file_system', FINAL_BACKUP],
  ['aws_fsx_ontap_volume', FINAL_BACKUP_BY_DEFAULT],
  ['aws_fsx_openzfs_file_system', FINAL_BACKUP_BY_DEFAULT],
  ['aws_fsx_windows_file_system', FINAL_BACKUP_BY_DEFAULT],
  ['aws_rds_cluster', [KEPT_BACKUPS]],
  ['aws_s3_bucket', [FORCED]],
  ['aws_s3_directory_bucket', [FORCED]],
  ['aws_s3tables_table_bucket', [FORCED]],
  ['aws_s3vectors_vector_bucket', [FORCED]],
  [
    'aws_secretsmanager_secret',
    [{ argument: 'recovery_window_in_days', is: '0', say: 'deleted without recovery (recovery_window_in_days is 0)' }],
  ],
]);

/** How the arguments of a resource affect its deletion, in each scenario. */
export function destruction(resource: Resource): readonly string[] {
  if (!resource.argument) return [];
  const final = FINAL_SNAPSHOTS.get(resource.nativeType);
  return [
    ...(final ? finalSnapshot(resource, final) : []),
    ...flatMap([...(EFFECTS.get(resource.nativeType) ?? []), PREVENT], ({ argument, is, say }) =>
      outcomes(resource, resource.argument!(argument), (leaf) =>
        (is === null ? isUnset(leaf) : leaf.state === 'known' && leaf.raw === is) ? say : undefined,
      ),
    ),
  ];
}

function finalSnapshot(resource: Resource, { name, skip }: FinalSnapshot): readonly string[] {
  const named = resource.argument!(name);
  const taken = `final snapshot on deletion (${name})`;
  if (skip === undefined)
    return outcomes(resource, named, (leaf) =>
      isUnset(leaf) ? `no final snapshot on deletion (${name} is not set)` : taken,
    );
  const isNamed = !leaves(named).every(({ value }) => isUnset(value));
  return outcomes(resource, resource.argument!(skip), (leaf) => {
    if (isUnset(leaf) || (leaf.state === 'known' && leaf.raw === 'false'))
      return isNamed ? taken : `deletion fails (${name} is not set, and ${skip} is not true)`;
    if (leaf.state === 'known') return `no final snapshot on deletion (${skip} is ${shown(leaf)})`;
    return `${skip} ${unknownBecause(leaf)}`;
  });
}

/** The texts for a value, with their scenarios if there are several. */
function outcomes(resource: Resource, value: Value, say: (leaf: Leaf) => string | undefined): readonly string[] {
  const all = byDefaultFirst(reached(leaves(value), resource));
  return flatMap(all.slice(0, 2), ({ guard, value: leaf }) => {
    const text = say(leaf);
    return text === undefined ? [] : [`${text}${all.length > 1 ? scenarioEnding(guard) : ''}`];
  });
}
