/**
 * The permissions that the configuration of a Lambda function requires in its execution role, and that no other policy
 * can provide.
 */
import { flatMap } from '../../base/flat-map.ts';
import { table, type Table } from '../../base/table.ts';
import { exists, judgement, YES, type Judgement } from '../../model/judgement.ts';
import { itemsOfProperty } from '../../model/navigate.ts';
import type { Edge, Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { actionIndex } from '../data/action-index.ts';

/** A purpose for which a function needs actions. */
export interface Need {
  /** The purpose, as a part of a sentence: `to connect to a VPC`. */
  readonly what: string;
  readonly actions: readonly string[];
  /** Additional actions that it uses if nothing was created for it before. */
  readonly also?: readonly string[];
  /** Where it needs them. */
  readonly when: Judgement;
  /** The value that requires them. */
  readonly at: Value;
  /** The resource that requires them, if it is another one. */
  readonly by?: Resource;
}

/**
 * The actions that a function uses for each type of event source. AWS managed policies for such functions allow them.
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

/** The action with which a function sends to each kind of resource. */
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

/** All actions that functions can need. */
export const NEEDED = actionIndex([...NETWORK, ...LOGS, ...Object.values(READS).flat(), ...Object.values(SENDS)]);

/** The actions that a Lambda function needs for its VPC, its event sources, its destinations and its logs. */
export function needsOf(lambda: Resource): readonly Need[] {
  const subnets = lambda.get('VpcConfig.SubnetIds');
  return [
    { what: 'to connect to a VPC', actions: NETWORK, when: exists(itemsOfProperty(subnets), () => YES), at: subnets },
    ...flatMap(lambda.related('function-event-sources').edges, (mapping) =>
      flatMap(mapping.resource.related('event-source').edges, (source): readonly Need[] => {
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
    ...flatMap(lambda.related('dead-letter-target').edges, (edge) =>
      sending(edge, 'failed events', judgement(edge.when)),
    ),
    ...flatMap(lambda.related('function-invoke-configs').edges, (config) =>
      flatMap(config.resource.related('outcome-destinations').edges, (edge) =>
        sending(edge, 'invocation results', both(config, edge)).map((need) => ({ ...need, by: config.resource })),
      ),
    ),
    {
      what: 'to write its logs',
      actions: LOGS,
      also: ['logs:CreateLogGroup'],
      when: judgement(lambda.when),
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
