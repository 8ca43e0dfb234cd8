import { all, is, isPresent, not, NO } from '../../model/judgement.ts';
import { oneOf } from '../../model/predicate.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'rds-snapshot-on-delete',
  on: 'resource',
  reads: { 'AWS::RDS::DBInstance': ['DBClusterIdentifier'], 'AWS::RDS::DBCluster': [] },
  formats: ['cloudformation', 'sam'],
  topic: 'resilience',
  severity: 'medium',
  title: 'RDS databases should keep a snapshot when they are deleted',
  keywords: ['DeletionPolicy', 'Snapshot', 'Retain', 'final snapshot', 'stack deletion', 'data loss'],
  why: 'With the deletion policy Delete, removing the database from the template or deleting the stack also deletes its data and its automated backups.',
  remedy: 'Set DeletionPolicy to Snapshot, or to Retain.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html':
      'The default is Snapshot for DB clusters, and for DB instances outside of a cluster; Delete deletes the resource with its content.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html':
      'When an instance is deleted, CloudFormation deletes all automated snapshots and keeps manual ones.',
  },
  accessed: '2026-11-29',
  fix: 'none',
  *check(database) {
    const policy = database.attribute('DeletionPolicy');
    const member = database.type === 'AWS::RDS::DBInstance' ? isPresent(database.get('DBClusterIdentifier')) : NO;
    yield {
      // The data of a cluster member belongs to the cluster.
      violations: [{ wrong: all(is(policy, oneOf('Delete')), not(member)), at: policy }],
      message: `${database.displayName} is deleted without a snapshot. Set DeletionPolicy to Snapshot.`,
    };
  },
});
