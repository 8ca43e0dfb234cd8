import { all, any, is, isPresent, not, NO, type Judgement } from '../../model/judgement.ts';
import { isTrue, oneOf, text } from '../../model/predicate.ts';
import { always } from '../../model/quantified.ts';
import type { Properties, Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { defineRule, OF_RESOURCES, type Report } from '../rule.ts';

/** The properties that decide whether a final snapshot is possible. */
type Read = 'DBClusterIdentifier' | 'SourceDBInstanceIdentifier' | 'Engine' | 'DeletionProtection';
type Database = Resource<'AWS::RDS::DBInstance', Read> | Resource<'AWS::RDS::DBCluster', 'DeletionProtection'>;

export default defineRule({
  id: 'rds-snapshot-on-delete',
  on: 'resource',
  reads: {
    'AWS::RDS::DBInstance': ['DBClusterIdentifier', 'SourceDBInstanceIdentifier', 'Engine', 'DeletionProtection'],
    'AWS::RDS::DBCluster': ['DeletionProtection'],
  },
  attribute: 'DeletionPolicy',
  formats: OF_RESOURCES,
  topic: 'resilience',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'RDS databases should create a final snapshot when deleted',
  keywords: ['DeletionPolicy', 'Retain', 'skip_final_snapshot', 'stack deletion', 'terraform destroy', 'data loss'],
  why: 'With the deletion policy Delete, removing the database from the template or deleting the stack also deletes its data and its automated backups. In Terraform, skip_final_snapshot has this effect.',
  remedy:
    'Set DeletionPolicy to Snapshot, or to Retain. In Terraform, set skip_final_snapshot to false and name the snapshot in final_snapshot_identifier.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html':
      'The default is Snapshot for DB clusters, and for DB instances outside a cluster; Delete deletes the resource with its content.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html':
      'A read replica or an RDS Custom instance can only be deleted without a final snapshot.',
    'AWS::RDS::DBInstance':
      'While deletion protection is on, the database cannot be deleted. When an instance is deleted, CloudFormation deletes all automated snapshots and keeps manual ones.',
    aws_db_instance:
      'skip_final_snapshot is false by default; final_snapshot_identifier is required with it, and a database without both cannot be destroyed.',
    'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle':
      'With prevent_destroy, Terraform rejects plans that destroy the resource.',
  },
  fix: 'suggestion',
  *check(database) {
    if (database.argument) {
      yield* skipped(database, database.argument.bind(database));
      return;
    }
    const policy = database.attribute('DeletionPolicy');
    const isProtected = is(database.get('DeletionProtection'), isTrue);
    const exempt = database.type === 'AWS::RDS::DBInstance' ? hasNoSnapshot(database) : NO;
    yield {
      violations: [{ wrong: all(is(policy, oneOf('Delete')), not(isProtected), not(exempt)), at: policy }],
      message: `${database.displayName} is deleted without a final snapshot. Set DeletionPolicy to Snapshot.`,
      fixes: () => [
        {
          title: 'Set DeletionPolicy to Snapshot (snapshots are charged)',
          safe: false,
          edits: [{ op: 'setAttribute', resource: database, name: 'DeletionPolicy', value: 'Snapshot' }],
        },
      ],
    };
  },
});

/**
 * A database whose Terraform resource skips the snapshot. Terraform shows what it destroys, so the finding is milder.
 */
function* skipped(database: Database, argument: (path: string) => Value): Iterable<Report> {
  // A literal in the configuration, which plans do not have.
  if (always(is(argument('lifecycle.prevent_destroy'), isTrue))) return;
  const skip = argument('skip_final_snapshot');
  const isProtected = is(database.get('DeletionProtection'), isTrue);
  const exempt = database.type === 'AWS::RDS::DBInstance' ? hasNoSnapshot(database) : NO;
  yield {
    severity: 'low',
    profile: 'strict',
    violations: [{ wrong: all(is(skip, isTrue), not(isProtected), not(exempt)), at: skip }],
    message: `${database.displayName} is deleted without a final snapshot. Set skip_final_snapshot to false, and final_snapshot_identifier.`,
  };
}

/**
 * The data of a cluster member belongs to the cluster, that of a replica to its source; RDS Custom takes no final
 * snapshot.
 */
function hasNoSnapshot(instance: Pick<Properties<Exclude<Read, 'DeletionProtection'>>, 'get'>): Judgement {
  return any(
    isPresent(instance.get('DBClusterIdentifier')),
    isPresent(instance.get('SourceDBInstanceIdentifier')),
    is(
      instance.get('Engine'),
      text((engine) => engine.startsWith('custom-')),
    ),
  );
}
