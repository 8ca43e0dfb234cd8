import { all, is, not, NO } from '../../model/judgement.ts';
import { isTrue, oneOf } from '../../model/predicate.ts';
import { defineRule, OF_TEMPLATES } from '../rule.ts';

export default defineRule({
  id: 'cfn-data-resource-deletion-policy',
  on: 'resource',
  reads: { 'AWS::DynamoDB::Table': ['DeletionProtectionEnabled'], 'AWS::EFS::FileSystem': [], 'AWS::KMS::Key': [] },
  attribute: 'DeletionPolicy',
  formats: OF_TEMPLATES,
  topic: 'resilience',
  severity: 'low',
  judged: '2026-11-29',
  title: 'Resources with data should have DeletionPolicy set to Retain',
  keywords: ['CloudFormation', 'cfn', 'stack deletion', 'data loss', 'DynamoDB', 'EFS', 'KMS'],
  why: 'Deleting the stack, or removing the resource from the template, deletes the table, file system or key and all data that it stores or protects.',
  remedy: 'Set DeletionPolicy to Retain, or protect a table with DeletionProtectionEnabled.',
  sources: {
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html':
      'Without a deletion policy, CloudFormation deletes these resources; Retain keeps the resource and its content.',
    'AWS::DynamoDB::Table': 'While deletion protection is enabled, no user or process can delete the table.',
  },
  fix: 'suggestion',
  *check(resource) {
    const policy = resource.attribute('DeletionPolicy');
    const isProtected =
      resource.type === 'AWS::DynamoDB::Table' ? is(resource.get('DeletionProtectionEnabled'), isTrue) : NO;
    yield {
      violations: [{ wrong: all(is(policy, oneOf('Delete')), not(isProtected)), at: policy }],
      message: `${resource.displayName} is deleted with the stack. Set DeletionPolicy to Retain.`,
      fixes: () => [
        {
          title: 'Set DeletionPolicy to Retain (it remains, and is charged, until you delete it)',
          safe: false,
          edits: [{ op: 'setAttribute', resource, name: 'DeletionPolicy', value: 'Retain' }],
        },
      ],
    };
  },
});
