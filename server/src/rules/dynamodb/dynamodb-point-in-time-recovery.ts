import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'dynamodb-point-in-time-recovery',
  topic: 'resilience',
  severity: 'medium',
  judged: '2026-11-29',
  accessed: '2026-12-02',
  title: 'DynamoDB tables should have point-in-time recovery enabled',
  keywords: ['PITR', 'continuous backups', 'data loss', 'ransomware'],
  why: 'Without backups, items that are deleted or overwritten by mistake or by an attacker cannot be restored.',
  sources: {
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html':
      'Point-in-time recovery is a continuous backup that has to be enabled for each table and is charged while it is on.',
    'AWS::DynamoDB::Table.PointInTimeRecoverySpecification':
      'PointInTimeRecoveryEnabled turns recovery on; the recovery period is 35 days by default.',
    'AWS::DynamoDB::GlobalTable.ReplicaSpecification':
      'Point-in-time recovery is disabled for a replica that does not specify it.',
    aws_dynamodb_table: 'point_in_time_recovery of a replica is false by default.',
    aws_dynamodb_table_replica: 'The same, where a replica is a resource of its own.',
  },
  aliases: ['CKV_AWS_28', 'AWS-0024', 'W78', 'DYNAMODB_PITR_ENABLED'],
  controls: { securityHub: ['DynamoDB.2'] },
  settings: {
    'AWS::DynamoDB::Table': 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
    'AWS::DynamoDB::GlobalTable': {
      path: 'Replicas[].PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
      itemIn: 'Region',
      aliases: ['CKV_AWS_165'],
    },
    aws_dynamodb_table: { path: 'replica[].point_in_time_recovery', itemIn: 'region_name', aliases: {} },
    aws_dynamodb_table_replica: { path: 'point_in_time_recovery', aliases: {} },
  },
  required: true,
  absent: 'unsafe',
  advice: 'Enable it, so that lost data can be restored.',
  fix: { title: 'Enable point-in-time recovery', cost: 'continuous backups are charged' },
});
