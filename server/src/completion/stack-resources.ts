/** Resources of the stack that a policy can name by ARN. */
import { flatMap } from '../base/flat-map.ts';
import { table, type Table } from '../base/table.ts';
import { generatesResources, isTerraform } from '../model/format.ts';
import type { Resource, Stack } from '../model/resource.ts';
import type { OfferPiece, ResourceArn } from './offer.ts';

/** The IAM view of a resource type. */
interface Known {
  /** The service prefix of its actions. */
  readonly service: string;
  /**
   * The attribute that returns its ARN; without it, `Ref` does.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
   */
  readonly attribute?: string;
  /** The IAM resource types of the resource and its subresources, with the suffix after its ARN. */
  readonly types: readonly (readonly [type: string, behind: string])[];
  /**
   * Whether the ARN that CloudFormation returns ends in `:*`.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
   */
  readonly endsInStar?: true;
}

const KNOWN: Table<Known | undefined> = table({
  'AWS::S3::Bucket': {
    service: 's3',
    attribute: 'Arn',
    types: [
      ['bucket', ''],
      ['object', '/*'],
    ],
  },
  'AWS::S3::AccessPoint': {
    service: 's3',
    attribute: 'Arn',
    types: [
      ['accesspoint', ''],
      ['accesspointobject', '/object/*'],
    ],
  },
  'AWS::DynamoDB::Table': {
    service: 'dynamodb',
    attribute: 'Arn',
    types: [
      ['table', ''],
      ['index', '/index/*'],
      ['stream', '/stream/*'],
    ],
  },
  'AWS::DynamoDB::GlobalTable': {
    service: 'dynamodb',
    attribute: 'Arn',
    types: [
      ['table', ''],
      ['index', '/index/*'],
      ['stream', '/stream/*'],
    ],
  },
  'AWS::SQS::Queue': { service: 'sqs', attribute: 'Arn', types: [['queue', '']] },
  'AWS::SNS::Topic': { service: 'sns', types: [['topic', '']] },
  'AWS::Lambda::Function': {
    service: 'lambda',
    attribute: 'Arn',
    types: [
      ['function', ''],
      ['function version', ':*'],
      ['function alias', ':*'],
    ],
  },
  'AWS::Lambda::LayerVersion': { service: 'lambda', types: [['layerVersion', '']] },
  'AWS::KMS::Key': { service: 'kms', attribute: 'Arn', types: [['key', '']] },
  'AWS::SecretsManager::Secret': { service: 'secretsmanager', types: [['Secret', '']] },
  'AWS::StepFunctions::StateMachine': { service: 'states', types: [['statemachine', '']] },
  'AWS::Logs::LogGroup': {
    service: 'logs',
    attribute: 'Arn',
    types: [
      ['log-group', ''],
      ['log-stream', ':*'],
    ],
    endsInStar: true,
  },
  'AWS::IAM::Role': { service: 'iam', attribute: 'Arn', types: [['role', '']] },
  'AWS::IAM::User': { service: 'iam', attribute: 'Arn', types: [['user', '']] },
  'AWS::IAM::Group': { service: 'iam', attribute: 'Arn', types: [['group', '']] },
  'AWS::IAM::ManagedPolicy': { service: 'iam', types: [['policy', '']] },
  'AWS::Kinesis::Stream': { service: 'kinesis', attribute: 'Arn', types: [['stream', '']] },
  'AWS::KinesisFirehose::DeliveryStream': { service: 'firehose', attribute: 'Arn', types: [['deliverystream', '']] },
  'AWS::Events::EventBus': { service: 'events', attribute: 'Arn', types: [['event-bus', '']] },
  'AWS::Events::Rule': { service: 'events', attribute: 'Arn', types: [['rule-on-default-event-bus', '']] },
  'AWS::ECR::Repository': { service: 'ecr', attribute: 'Arn', types: [['repository', '']] },
  'AWS::ECS::Cluster': { service: 'ecs', attribute: 'Arn', types: [['cluster', '']] },
  'AWS::ECS::TaskDefinition': { service: 'ecs', types: [['task-definition', '']] },
  'AWS::EFS::FileSystem': { service: 'elasticfilesystem', attribute: 'Arn', types: [['file-system', '']] },
  'AWS::EFS::AccessPoint': { service: 'elasticfilesystem', attribute: 'Arn', types: [['access-point', '']] },
  'AWS::CodeBuild::Project': { service: 'codebuild', attribute: 'Arn', types: [['project', '']] },
  'AWS::CloudTrail::Trail': { service: 'cloudtrail', attribute: 'Arn', types: [['trail', '']] },
  'AWS::Cognito::UserPool': { service: 'cognito-idp', attribute: 'Arn', types: [['userpool', '']] },
});

/** Terraform's types of these resources. */
export const NATIVE_TYPES: readonly string[] = [
  'aws_cloudtrail',
  'aws_cloudwatch_event_bus',
  'aws_cloudwatch_event_rule',
  'aws_cloudwatch_log_group',
  'aws_codebuild_project',
  'aws_cognito_user_pool',
  'aws_dynamodb_table',
  'aws_ecr_repository',
  'aws_ecs_cluster',
  'aws_ecs_task_definition',
  'aws_efs_access_point',
  'aws_efs_file_system',
  'aws_iam_group',
  'aws_iam_policy',
  'aws_iam_role',
  'aws_iam_user',
  'aws_kinesis_firehose_delivery_stream',
  'aws_kinesis_stream',
  'aws_kms_external_key',
  'aws_kms_key',
  'aws_lambda_function',
  'aws_lambda_layer_version',
  'aws_s3_access_point',
  'aws_s3_bucket',
  'aws_secretsmanager_secret',
  'aws_sfn_state_machine',
  'aws_sns_topic',
  'aws_sqs_queue',
];

/** A resource of the stack that a statement can name. */
export interface StackArn {
  readonly resource: Resource;
  readonly service: string;
  readonly type: string;
  readonly pieces: readonly OfferPiece[];
  /** The label in the completion list. */
  readonly label: string;
}

/**
 * The CloudFormation types of SAM types:
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-resources-and-properties.html
 */
const isMade = (resource: Resource): boolean =>
  generatesResources(resource.format) && resource.address !== resource.parts[0]?.address;

/** The ARNs of the resources of a stack, in the syntax of its format. */
export function stackArns(stack: Stack): readonly StackArn[] {
  const terraform = isTerraform(stack.format);
  return flatMap(stack.resources, (resource): readonly StackArn[] => {
    const known = KNOWN[resource.type];
    // A resource in a module, or generated from another one, cannot be named by this address.
    if (!known || resource.external || isMade(resource) || /\[|^module\./.test(resource.address)) return [];
    const arn: ResourceArn = { arnOf: resource.address, attribute: terraform ? 'arn' : known.attribute };
    return known.types.map(([type, written]) => {
      const behind = known.endsInStar && !terraform ? '' : written;
      return {
        resource,
        service: known.service,
        type,
        pieces: behind === '' ? [arn] : [arn, behind],
        label: `${resource.address}${arn.attribute === undefined ? '' : `.${arn.attribute}`}${behind}`,
      };
    });
  });
}
