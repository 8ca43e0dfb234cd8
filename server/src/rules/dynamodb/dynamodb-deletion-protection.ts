import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'dynamodb-deletion-protection',
  topic: 'resilience',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'DynamoDB tables should have deletion protection enabled',
  keywords: ['accidental deletion', 'data loss'],
  why: 'A single API call deletes a table and all of its items, by mistake or by an attacker.',
  sources: {
    'AWS::DynamoDB::Table':
      'Deletion protection is disabled by default; while it is enabled, no user or process can delete the table.',
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-bestpractices.html':
      'Deletion protection has to be enabled on each replica of a global table.',
    aws_dynamodb_table: 'deletion_protection_enabled of a replica is false by default.',
    aws_dynamodb_table_replica:
      'deletion_protection_enabled of a replica is set in a replica block of its table or in a resource of its own.',
    'AWS::Serverless::SimpleTable': 'A simple table has no property for deletion protection.',
  },
  accessed: '2026-12-02',
  controls: { securityHub: ['DynamoDB.6'] },
  settings: {
    'AWS::DynamoDB::Table': { path: 'DeletionProtectionEnabled', exceptFor: ['AWS::Serverless::SimpleTable'] },
    'AWS::DynamoDB::GlobalTable': { path: 'Replicas[].DeletionProtectionEnabled', itemIn: 'Region' },
    aws_dynamodb_table: { path: 'replica[].deletion_protection_enabled', itemIn: 'region_name' },
    aws_dynamodb_table_replica: { path: 'deletion_protection_enabled' },
  },
  required: true,
  absent: 'unsafe',
});
