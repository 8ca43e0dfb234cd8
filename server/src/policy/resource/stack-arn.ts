/** The ARNs of resources of the stack in policies. */
import { flatMap } from '../../base/flat-map.ts';
import { table, type Table } from '../../base/table.ts';
import { NewReference, NewText, type NewValue } from '../../model/edit.ts';
import { isTemplate } from '../../model/format.ts';
import type { Resource } from '../../model/resource.ts';

/** How the ARN of an IAM resource type is built from a resource of a stack. */
interface StackArn {
  /** The canonical type. */
  readonly type: string;
  /** The attribute with the ARN; undefined if the resource itself (`Ref`) returns it. */
  readonly attribute?: string;
  /** The suffix. */
  readonly suffix?: string;
  /** The CloudFormation attribute already contains the suffix. */
  readonly suffixed?: true;
}

const BUCKET = 'AWS::S3::Bucket';
const TABLES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'] as const;
// The ARN attribute of a log group in CloudFormation ends with `:*`, which also matches its log streams. In Terraform
// it does not.
const LOGS: StackArn = { type: 'AWS::Logs::LogGroup', attribute: 'Arn', suffix: ':*', suffixed: true };

/**
 * IAM resource types, by service and name, with the matching resources of a stack.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export const STACK_RESOURCES: Table<readonly StackArn[]> = table({
  'backup:backupVault': [{ type: 'AWS::Backup::BackupVault', attribute: 'BackupVaultArn' }],
  'codebuild:project': [{ type: 'AWS::CodeBuild::Project', attribute: 'Arn' }],
  'cognito-idp:userpool': [{ type: 'AWS::Cognito::UserPool', attribute: 'Arn' }],
  'dynamodb:table': TABLES.map((type) => ({ type, attribute: 'Arn' })),
  'dynamodb:index': TABLES.map((type) => ({ type, attribute: 'Arn', suffix: '/index/*' })),
  'dynamodb:stream': TABLES.map((type) => ({ type, attribute: 'Arn', suffix: '/stream/*' })),
  'ecr:repository': [{ type: 'AWS::ECR::Repository', attribute: 'Arn' }],
  'ecs:cluster': [{ type: 'AWS::ECS::Cluster', attribute: 'Arn' }],
  'elasticfilesystem:file-system': [{ type: 'AWS::EFS::FileSystem', attribute: 'Arn' }],
  'events:event-bus': [{ type: 'AWS::Events::EventBus', attribute: 'Arn' }],
  'firehose:deliverystream': [{ type: 'AWS::KinesisFirehose::DeliveryStream', attribute: 'Arn' }],
  'iam:role': [{ type: 'AWS::IAM::Role', attribute: 'Arn' }],
  'iam:user': [{ type: 'AWS::IAM::User', attribute: 'Arn' }],
  'kinesis:stream': [{ type: 'AWS::Kinesis::Stream', attribute: 'Arn' }],
  'kms:key': [{ type: 'AWS::KMS::Key', attribute: 'Arn' }],
  'lambda:function': [{ type: 'AWS::Lambda::Function', attribute: 'Arn' }],
  'logs:log-group': [LOGS],
  'logs:log-stream': [LOGS],
  'rds:cluster': [{ type: 'AWS::RDS::DBCluster', attribute: 'DBClusterArn' }],
  'rds:db': [{ type: 'AWS::RDS::DBInstance', attribute: 'DBInstanceArn' }],
  's3:bucket': [{ type: BUCKET, attribute: 'Arn' }],
  's3:object': [{ type: BUCKET, attribute: 'Arn', suffix: '/*' }],
  'secretsmanager:Secret': [{ type: 'AWS::SecretsManager::Secret' }],
  'sns:topic': [{ type: 'AWS::SNS::Topic' }],
  'sqs:queue': [{ type: 'AWS::SQS::Queue', attribute: 'Arn' }],
  'states:statemachine': [{ type: 'AWS::StepFunctions::StateMachine' }],
});

/** The canonical types of the resources of a service. */
export function typesIn(service: string): ReadonlySet<string> {
  return new Set(
    flatMap(
      Object.entries(STACK_RESOURCES).filter(([name]) => name.startsWith(`${service}:`)),
      ([, arns]) => arns.map(({ type }) => type),
    ),
  );
}

/**
 * The ARN of a resource of the stack for an IAM resource type, if the resource is of that type or contains it;
 * otherwise undefined.
 */
export function arnFor(service: string, type: string, resource: Resource): NewValue | undefined {
  const named = STACK_RESOURCES[`${service}:${type}`]?.find((one) => one.type === resource.type);
  if (!named) return undefined;
  const arn = new NewReference(resource, named.attribute);
  return named.suffix === undefined || (named.suffixed && isTemplate(resource.format))
    ? arn
    : new NewText(arn, named.suffix);
}

/**
 * The IAM resource types, with their services, that a reference to a resource matches, given its attribute and the
 * suffix behind it; none if unknown.
 */
export function typesNamed(type: string, attribute: string | undefined, behind = ''): readonly string[] {
  const names = ({ type: own, attribute: read, suffix = '', suffixed }: StackArn): boolean =>
    own === type &&
    (attribute === read || attribute === 'arn') &&
    (behind === '' ? suffix === '' || suffixed === true : suffix !== '' && behind.startsWith(suffix.replace('*', '')));
  return flatMap(Object.entries(STACK_RESOURCES), ([name, arns]) => (arns.some(names) ? [name] : []));
}
