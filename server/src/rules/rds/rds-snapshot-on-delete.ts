import { all, any, is, isPresent, not, NO, type Judgement } from '../../model/judgement.ts';
import { isTrue, oneOf, text } from '../../model/predicate.ts';
import type { Properties } from '../../model/resource.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'rds-snapshot-on-delete',
  on: 'resource',
  reads: {
    'AWS::RDS::DBInstance': ['DBClusterIdentifier', 'SourceDBInstanceIdentifier', 'Engine', 'DeletionProtection'],
    'AWS::RDS::DBCluster': ['DeletionProtection'],
  },
  attribute: 'DeletionPolicy',
  formats: ['cloudformation', 'sam'],
  topic: 'resilience',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'RDS databases should create a final snapshot when deleted',
  keywords: ['DeletionPolicy', 'Snapshot', 'Retain', 'final snapshot', 'stack deletion', 'data loss'],
  why: 'With the deletion policy Delete, removing the database from the template or deleting the stack also deletes its data and its automated backups.',
  remedy: 'Set DeletionPolicy to Snapshot, or to Retain.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html':
      'The default is Snapshot for DB clusters, and for DB instances outside a cluster; Delete deletes the resource with its content.',
    'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html':
      'A read replica or an RDS Custom instance can only be deleted without a final snapshot.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html':
      'While deletion protection is on, the database cannot be deleted. When an instance is deleted, CloudFormation deletes all automated snapshots and keeps manual ones.',
  },
  fix: 'suggestion',
  *check(database) {
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

/** The data of a cluster member belongs to the cluster, that of a replica to its source; RDS Custom takes no final snapshot. */
function hasNoSnapshot(
  instance: Pick<Properties<'DBClusterIdentifier' | 'SourceDBInstanceIdentifier' | 'Engine'>, 'get'>,
): Judgement {
  return any(
    isPresent(instance.get('DBClusterIdentifier')),
    isPresent(instance.get('SourceDBInstanceIdentifier')),
    is(
      instance.get('Engine'),
      text((engine) => engine.startsWith('custom-')),
    ),
  );
}
