/** Functions, and what workloads may do. */
import type { Block, Component } from '../component.ts';
import {
  ACCOUNT,
  arn,
  COMMENT,
  GetAtt,
  If,
  Join,
  NO_VALUE,
  policy,
  Ref,
  REGION,
  Sub,
  trust,
  type StatementParts,
} from '../template-value.ts';
import { keyOf } from './storage.ts';

const READS = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DescribeTable',
];
const WRITES = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'];
const QUEUES = [
  'sqs:SendMessage',
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ChangeMessageVisibility',
];
const OBJECTS = [
  's3:GetObject',
  's3:PutObject',
  's3:DeleteObject',
  's3:GetObjectTagging',
  's3:PutObjectTagging',
  's3:AbortMultipartUpload',
];

/** What a workload may do, in some statements; now and then one is too wide, as in real templates. */
export function permissions(c: Component): readonly StatementParts[] {
  const { random } = c;
  const tableName = `${c.kebab}-${random.pick(['customer', 'order', 'item', 'session'])}`;
  const all: readonly StatementParts[] = [
    {
      Sid: 'Tables',
      Action: [...random.some(READS, 3), ...random.some(WRITES, random.int(1, 3))],
      Resource: [arn('dynamodb', `table/${tableName}`), arn('dynamodb', `table/${tableName}/index/*`)],
    },
    { Sid: 'Queues', Action: random.some(QUEUES, 3), Resource: arn('sqs', `${c.kebab}-*`) },
    {
      Sid: 'Objects',
      Action: random.some(OBJECTS, 3),
      Resource: [
        Sub('arn:${AWS::Partition}:s3:::${Bucket}/*', { Bucket: c.perRegion('Bucket') }),
        Sub(`arn:\${AWS::Partition}:s3:::${c.kebab}-uploads-\${AWS::AccountId}-\${AWS::Region}/incoming/*`),
      ],
    },
    {
      Sid: 'Topics',
      Action: 'sns:Publish',
      Resource: Join(':', ['arn', Ref('AWS::Partition'), 'sns', REGION, ACCOUNT, `${c.kebab}-events`]),
    },
    {
      Sid: 'Parameters',
      Action: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
      Resource: Sub(
        `arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/${c.kebab}/\${${c.param('Stage')}}/*`,
      ),
    },
    { Sid: 'Decrypt', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: GetAtt(keyOf(c), 'Arn') },
    {
      Sid: 'Metrics',
      Action: 'cloudwatch:PutMetricData',
      Resource: '*',
      Condition: { StringEquals: { 'cloudwatch:namespace': `shop/${c.kebab}` } },
    },
    { Sid: 'Network', Action: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'], Resource: '*' },
    {
      Sid: 'Secrets',
      Action: 'secretsmanager:GetSecretValue',
      Resource: arn('secretsmanager', `secret:${c.kebab}/${random.pick(['database', 'api', 'partner'])}-??????`),
    },
    {
      Sid: 'Replica',
      Action: ['s3:ReplicateObject', 's3:ReplicateDelete'],
      Resource: Sub('arn:${AWS::Partition}:s3:::' + c.kebab + '-replica-${Region}/*', {
        Region: c.perRegion('Backup'),
      }),
    },
  ];
  const chosen = random.some(all, random.int(3, 5) + 2 * (c.detail - 1));
  if (!random.chance(0.3)) return chosen;
  const wide: readonly StatementParts[] = [
    { Sid: 'Support', Action: [random.pick(['s3:*', 'dynamodb:*', 'sqs:*', 'logs:*'])], Resource: '*' },
    { Sid: 'Launch', Action: ['iam:PassRole', 'ec2:RunInstances'], Resource: '*' },
    { Sid: 'Invoke', Action: ['lambda:InvokeFunction', 'states:StartExecution'], Resource: '*' },
  ];
  return [...chosen, random.pick(wide)];
}

const STEPS = [
  'check_customer',
  'round_prices',
  'merge_addresses',
  'choose_warehouse',
  'apply_discounts',
  'find_duplicates',
  'mask_numbers',
  'count_items',
  'sign_documents',
  'translate_titles',
  'update_stock',
  'write_history',
];

const CODE = (c: Component): string => `import json
import logging
import os

import boto3

log = logging.getLogger()
log.setLevel(os.environ.get("LOG_LEVEL", "INFO"))
table = boto3.resource("dynamodb").Table(os.environ["TABLE"])


${STEPS.slice(0, 4 * (c.detail - 1))
  .map(
    (step) => `def ${step}(record, settings):
    """Part of what is done with each record of ${c.kebab}: ${step.replaceAll('_', ' ')}."""
    value = record.get("${step}")
    if value is None:
        raise ValueError(f"${step} is missing in {record['id']}")
    if isinstance(value, list):
        return [dict(record, ${step}=one) for one in value if one in settings]
    log.debug("%s of %s: %s", "${step}", record["id"], value)
    return dict(record, ${step}=settings.get(value, value))


`,
  )
  .join('')}def handler(event, context):
    """Keeps the records of ${c.kebab} that an event has."""
    kept = 0
    for record in event.get("Records", []):
        body = json.loads(record["body"])
        if body.get("kind") != "${c.random.pick(['created', 'changed', 'removed'])}":
            log.info("ignored %s", body.get("kind"))
            continue
        table.put_item(Item={"pk": body["id"], "sk": body["at"], "source": "${c.kebab}"})
        kept += 1
    return {"kept": kept, "stage": os.environ["STAGE"]}
`;

export const func: Block = (c) => {
  const verb = c.verb();
  const [name, role, logs, queue] = [
    c.id(`${verb}Function`),
    c.id(`${verb}Role`),
    c.id(`${verb}Logs`),
    c.id(`${verb}Queue`),
  ];
  return {
    [logs]: {
      Type: 'AWS::Logs::LogGroup',
      Properties: {
        LogGroupName: Sub(`/aws/lambda/\${${name}}`),
        ...(c.random.chance(0.8) ? { RetentionInDays: c.ref('Retention') } : {}),
        ...(c.random.chance(0.4) ? { KmsKeyId: GetAtt(keyOf(c), 'Arn') } : {}),
      },
    },
    [role]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Description: `What ${verb.toLowerCase()} of ${c.kebab} may do.`,
        AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
        ManagedPolicyArns: [
          Sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'),
          If(c.isProd, Sub('arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess'), NO_VALUE),
        ],
        Policies: [
          { PolicyName: `${c.kebab}-${verb.toLowerCase()}`, PolicyDocument: policy(...permissions(c)) },
          {
            PolicyName: 'logs',
            PolicyDocument: policy({
              Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              Resource: Sub(
                `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/${c.kebab}-*:*`,
              ),
            }),
          },
        ],
        Tags: c.tags(verb.toLowerCase()),
      },
    },
    [name]: {
      [COMMENT]: `Keeps what the queue of ${c.kebab} has. The code is short enough to stand here.`,
      Type: 'AWS::Lambda::Function',
      Properties: {
        Description: `${verb} records of ${c.kebab}`,
        Handler: 'index.handler',
        Runtime: c.random.pick(['python3.12', 'python3.13', 'python3.9']),
        Architectures: ['arm64'],
        MemorySize: c.prod(c.random.pick([512, 1024]), 256),
        Timeout: c.random.pick([10, 30, 60]),
        Role: GetAtt(role, 'Arn'),
        TracingConfig: { Mode: 'Active' },
        DeadLetterConfig: { TargetArn: GetAtt(queue, 'Arn') },
        Environment: {
          Variables: {
            STAGE: c.ref('Stage'),
            TABLE: c.physical('order'),
            BUCKET: c.perRegion('Bucket'),
            LOG_LEVEL: c.prod('WARNING', 'DEBUG'),
            ENDPOINT: Join('', ['https://', c.kebab, '.', REGION, '.', Ref('AWS::URLSuffix')]),
            ...Object.fromEntries(c.settings()),
          },
        },
        VpcConfig: If(
          c.isProd,
          { SubnetIds: c.ref('SubnetIds'), SecurityGroupIds: [GetAtt(`${c.name}AppGroup`, 'GroupId')] },
          NO_VALUE,
        ),
        Code: { ZipFile: CODE(c) },
        Tags: c.tags(verb.toLowerCase()),
      },
    },
    [queue]: {
      Type: 'AWS::SQS::Queue',
      Properties: { MessageRetentionPeriod: 1209600, SqsManagedSseEnabled: true, Tags: c.tags('failed') },
    },
    [c.id(`${verb}Permission`)]: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: Ref(name),
        Principal: c.random.pick(['events.amazonaws.com', 's3.amazonaws.com']),
        ...(c.random.chance(0.6) ? { SourceAccount: ACCOUNT } : {}),
      },
    },
  };
};
