import { all, among, any, is, judgement, not, NO, type Judgement } from '../../model/judgement.ts';
import { isTrue, oneOf } from '../../model/predicate.ts';
import { defineRule, OF_TEMPLATES, type ResourceOf } from '../rule.ts';

export default defineRule({
  id: 'cfn-data-resource-deletion-policy',
  on: 'resource',
  reads: {
    'AWS::DynamoDB::Table': ['DeletionProtectionEnabled'],
    'AWS::DynamoDB::GlobalTable': ['Replicas', 'Replicas[].DeletionProtectionEnabled'],
    'AWS::EFS::FileSystem': [],
    'AWS::KMS::Key': [],
  },
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
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-bestpractices.html': {
      claim: 'Deletion protection has to be enabled on each replica of a global table.',
      seen: '2026-12-02',
    },
  },
  fix: 'suggestion',
  *check(resource) {
    const policy = resource.attribute('DeletionPolicy');
    yield {
      violations: [{ wrong: all(is(policy, oneOf('Delete')), not(isProtected(resource))), at: policy }],
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

type Checked = 'AWS::DynamoDB::Table' | 'AWS::DynamoDB::GlobalTable' | 'AWS::EFS::FileSystem' | 'AWS::KMS::Key';

/** Whether deletion protection keeps the data: that of a global table has to be on in each Region. */
function isProtected(resource: ResourceOf<Checked>): Judgement {
  if (resource.type === 'AWS::DynamoDB::Table') return is(resource.get('DeletionProtectionEnabled'), isTrue);
  if (resource.type !== 'AWS::DynamoDB::GlobalTable') return NO;
  const { items, complete } = resource.each('Replicas');
  const open = items.map((replica) =>
    all(judgement(replica.when), not(is(replica.get('DeletionProtectionEnabled'), isTrue))),
  );
  return not(among(any(...open), complete));
}
