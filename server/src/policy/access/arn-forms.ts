/**
 * The resource types whose access is evaluated: their service, their ARN, and the actions that have levels of their
 * own.
 */
import { ownEntry, table, type Table } from '../../base/table.ts';

/** How policies name a resource of a canonical type. */
export interface ArnForm {
  /** The prefix of its actions. */
  readonly service: string;
  /** The part of its ARN after the fifth colon, with `{}` for the name. */
  readonly rest: string;
  /** The canonical property with the name; undefined if AWS always assigns it. */
  readonly name?: string;
  /** The IAM resource types that it has, with what follows its own ARN: `/` for the objects of a bucket. */
  readonly types: Readonly<Record<string, readonly string[]>>;
  /** Whether `Ref`, and `id` in Terraform, return the ARN and not the name. */
  readonly refIsArn?: true;
  /** What the attribute with the ARN has behind it in a template. */
  readonly behind?: string;
  /** Further attributes with an ARN below its own, in lower case, and what is between the two. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Whether the names that CloudFormation generates are in lower case. */
  readonly lowerCase?: true;
  /** Whether AWS appends six random characters to the name. */
  readonly hasSuffix?: true;
}

const ITSELF: readonly string[] = [''];

const DYNAMODB: ArnForm = {
  service: 'dynamodb',
  rest: 'table/{}',
  name: 'TableName',
  types: { table: ITSELF, index: ['/index/'], stream: ['/stream/'] },
  attributes: { streamarn: '/stream/', stream_arn: '/stream/' },
};

/**
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
const FORMS: Table<ArnForm> = table({
  'AWS::Backup::BackupVault': {
    service: 'backup',
    rest: 'backup-vault:{}',
    name: 'BackupVaultName',
    types: { backupVault: ITSELF },
    attributes: { backupvaultarn: '' },
  },
  'AWS::CodeBuild::Project': { service: 'codebuild', rest: 'project/{}', name: 'Name', types: { project: ITSELF } },
  'AWS::Cognito::UserPool': { service: 'cognito-idp', rest: 'userpool/{}', types: { userpool: ITSELF } },
  'AWS::DynamoDB::GlobalTable': DYNAMODB,
  'AWS::DynamoDB::Table': DYNAMODB,
  'AWS::ECR::Repository': {
    service: 'ecr',
    rest: 'repository/{}',
    name: 'RepositoryName',
    types: { repository: ITSELF },
  },
  'AWS::ECS::Cluster': { service: 'ecs', rest: 'cluster/{}', name: 'ClusterName', types: { cluster: ITSELF } },
  'AWS::EFS::FileSystem': { service: 'elasticfilesystem', rest: 'file-system/{}', types: { 'file-system': ITSELF } },
  'AWS::Events::EventBus': { service: 'events', rest: 'event-bus/{}', name: 'Name', types: { 'event-bus': ITSELF } },
  'AWS::IAM::Role': { service: 'iam', rest: 'role{}', name: 'RoleName', types: { role: ITSELF } },
  'AWS::IAM::User': { service: 'iam', rest: 'user{}', name: 'UserName', types: { user: ITSELF } },
  'AWS::KMS::Key': { service: 'kms', rest: 'key/{}', types: { key: ITSELF } },
  'AWS::KMS::ReplicaKey': { service: 'kms', rest: 'key/{}', types: { key: ITSELF } },
  'AWS::Kinesis::Stream': { service: 'kinesis', rest: 'stream/{}', name: 'Name', types: { stream: ITSELF } },
  'AWS::KinesisFirehose::DeliveryStream': {
    service: 'firehose',
    rest: 'deliverystream/{}',
    name: 'DeliveryStreamName',
    types: { deliverystream: ITSELF },
  },
  'AWS::Lambda::Function': {
    service: 'lambda',
    rest: 'function:{}',
    name: 'FunctionName',
    // Actions on a function support its aliases and versions too.
    types: { function: ['', ':'], 'function alias': [':'], 'function version': [':'] },
  },
  'AWS::Logs::LogGroup': {
    service: 'logs',
    rest: 'log-group:{}',
    name: 'LogGroupName',
    // Policies name a log group with and without the wildcard for its streams.
    types: { 'log-group': ['', ':'], 'log-stream': [':log-stream:'] },
    behind: ':*',
  },
  'AWS::RDS::DBCluster': {
    service: 'rds',
    rest: 'cluster:{}',
    name: 'DBClusterIdentifier',
    types: { cluster: ITSELF },
    attributes: { dbclusterarn: '' },
    lowerCase: true,
  },
  'AWS::RDS::DBInstance': {
    service: 'rds',
    rest: 'db:{}',
    name: 'DBInstanceIdentifier',
    types: { db: ITSELF },
    attributes: { dbinstancearn: '' },
    lowerCase: true,
  },
  'AWS::S3::Bucket': {
    service: 's3',
    rest: '{}',
    name: 'BucketName',
    types: { bucket: ITSELF, object: ['/'] },
    lowerCase: true,
  },
  'AWS::SNS::Topic': { service: 'sns', rest: '{}', name: 'TopicName', types: { topic: ITSELF }, refIsArn: true },
  'AWS::SQS::Queue': { service: 'sqs', rest: '{}', name: 'QueueName', types: { queue: ITSELF } },
  'AWS::SSM::Parameter': { service: 'ssm', rest: 'parameter{}', name: 'Name', types: { parameter: ITSELF } },
  'AWS::SecretsManager::Secret': {
    service: 'secretsmanager',
    rest: 'secret:{}',
    name: 'Name',
    types: { Secret: ITSELF },
    refIsArn: true,
    hasSuffix: true,
  },
  'AWS::StepFunctions::StateMachine': {
    service: 'states',
    rest: 'stateMachine:{}',
    name: 'StateMachineName',
    types: { statemachine: ITSELF },
    refIsArn: true,
  },
});

/** How policies name resources of a canonical type; undefined for a type whose access is not evaluated. */
export function arnFormOf(type: string): ArnForm | undefined {
  return ownEntry(FORMS, type);
}

/** The canonical types whose access is evaluated. */
export const EVALUATED_TYPES: readonly string[] = Object.keys(FORMS).sort();
