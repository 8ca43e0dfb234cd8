/** What a Lambda function needs of its role for what its configuration says, and nothing else can give it. */
import { table, type Table } from '../base/table.ts';
import { exists, judgement, YES, type Judgement } from '../model/judgement.ts';
import { itemsOfProperty } from '../model/navigate.ts';
import type { Edge, Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { actionIndex } from './action-index.ts';

/** One thing that a function needs some actions for. */
export interface Need {
  /** What needs them, as a part of a sentence: `to be in a VPC`. */
  readonly what: string;
  readonly actions: readonly string[];
  /** What it does beside that where nothing was made for it before. */
  readonly also?: readonly string[];
  /** Where it needs them. */
  readonly when: Judgement;
  /** What says so. */
  readonly at: Value;
  /** The resource that says it, where that is another one. */
  readonly by?: Resource;
}

/**
 * The actions that a function uses for each kind of event source that it reads, of those that AWS's own policies for such functions allow.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaSQSQueueExecutionRole.html
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaKinesisExecutionRole.html
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaDynamoDBExecutionRole.html
 */
const READS: Table<readonly string[]> = table({
  'AWS::SQS::Queue': ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  'AWS::Kinesis::Stream': ['kinesis:DescribeStream', 'kinesis:GetRecords', 'kinesis:GetShardIterator'],
  'AWS::DynamoDB::Table': [
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
  ],
  'AWS::DynamoDB::GlobalTable': [
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
  ],
});

/** The action by which a function sends something to each kind of resource. */
const SENDS: Table<string> = table({
  'AWS::SQS::Queue': 'sqs:SendMessage',
  'AWS::SNS::Topic': 'sns:Publish',
  'AWS::Lambda::Function': 'lambda:InvokeFunction',
  'AWS::Events::EventBus': 'events:PutEvents',
});

/** https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaVPCAccessExecutionRole.html */
const NETWORK = ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'];

/** https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html */
const LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/** All actions that are asked about. */
export const NEEDED = actionIndex([...NETWORK, ...LOGS, ...Object.values(READS).flat(), ...Object.values(SENDS)]);

/** What a function needs of its role. */
export function needsOf(lambda: Resource): readonly Need[] {
  const subnets = lambda.get('VpcConfig.SubnetIds');
  return [
    { what: 'to be in a VPC', actions: NETWORK, when: exists(itemsOfProperty(subnets), () => YES), at: subnets },
    ...lambda.related('function-event-sources').edges.flatMap((mapping) =>
      mapping.resource.related('event-source').edges.flatMap((source): readonly Need[] => {
        const actions = READS[source.resource.type];
        return actions
          ? [
              {
                what: `to read ${source.resource.displayName}`,
                actions,
                when: both(mapping, source),
                at: source.via,
                by: mapping.resource,
              },
            ]
          : [];
      }),
    ),
    ...lambda
      .related('dead-letter-target')
      .edges.flatMap((edge) => sending(edge, 'what it cannot handle', judgement(edge.when))),
    ...lambda
      .related('function-invoke-configs')
      .edges.flatMap((config) =>
        config.resource
          .related('outcome-destinations')
          .edges.flatMap((edge) =>
            sending(edge, 'the outcome of its calls', both(config, edge)).map((need) => ({
              ...need,
              by: config.resource,
            })),
          ),
      ),
    {
      what: 'to write its logs',
      actions: LOGS,
      also: ['logs:CreateLogGroup'],
      when: judgement(lambda.exists),
      at: lambda.get('Role'),
    },
  ];
}

function sending(edge: Edge, as: string, when: Judgement): readonly Need[] {
  const action = SENDS[edge.resource.type];
  return action === undefined
    ? []
    : [{ what: `to send ${as} to ${edge.resource.displayName}`, actions: [action], when, at: edge.via }];
}

function both(one: Edge, other: Edge): Judgement {
  return judgement({ yes: one.when.yes.and(other.when.yes), no: one.when.no.or(other.when.no) });
}
