/** Queues, topics, streams, workflows, rules, and alarms. */
import type { Block } from '../component.ts';
import {
  ACCOUNT,
  arn,
  GetAtt,
  If,
  Join,
  NO_VALUE,
  policy,
  Ref,
  REGION,
  Sub,
  trust,
  type Value,
} from '../template-value.ts';
import { permissions } from './compute.ts';
import { keyOf } from './storage.ts';

export const queue: Block = (c) => {
  const [name, failed, access] = [c.id('Queue'), c.id('FailedQueue'), c.id('QueuePolicy')];
  const encryption: Value = c.random.chance(0.6)
    ? { KmsMasterKeyId: Ref(keyOf(c)), KmsDataKeyReusePeriodSeconds: 300 }
    : {};
  return {
    [failed]: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: c.physical('failed'),
        MessageRetentionPeriod: 1209600,
        ...encryption,
        Tags: c.tags('failed'),
      },
    },
    [name]: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: c.physical('work'),
        VisibilityTimeout: c.random.pick([60, 120, 300]),
        ReceiveMessageWaitTimeSeconds: 20,
        RedrivePolicy: { deadLetterTargetArn: GetAtt(failed, 'Arn'), maxReceiveCount: c.prod(5, 2) },
        ...encryption,
        Tags: c.tags('work'),
      },
    },
    [access]: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [Ref(name)],
        PolicyDocument: policy(
          {
            Sid: 'Topic',
            Principal: { Service: 'sns.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: GetAtt(name, 'Arn'),
            Condition: { ArnEquals: { 'aws:SourceArn': arn('sns', `${c.kebab}-events`) } },
          },
          {
            Sid: 'Partner',
            Principal: {
              AWS: Sub('arn:${AWS::Partition}:iam::${Account}:root', { Account: c.perRegion('ElbAccount') }),
            },
            Action: c.random.chance(0.3) ? 'sqs:*' : ['sqs:SendMessage', 'sqs:GetQueueUrl'],
            Resource: GetAtt(name, 'Arn'),
          },
          {
            Sid: 'Transport',
            Effect: 'Deny',
            Principal: '*',
            Action: 'sqs:*',
            Resource: GetAtt(name, 'Arn'),
            Condition: { Bool: { 'aws:SecureTransport': false } },
          },
        ),
      },
    },
  };
};

export const topic: Block = (c) => {
  const [name, access, mail] = [c.id('Topic'), c.id('TopicPolicy'), c.id('TopicMail')];
  return {
    [name]: {
      Type: 'AWS::SNS::Topic',
      Properties: {
        TopicName: c.physical('events'),
        ...(c.random.chance(0.6) ? { KmsMasterKeyId: Ref(keyOf(c)) } : {}),
        Tags: c.tags('events'),
      },
    },
    [mail]: {
      Type: 'AWS::SNS::Subscription',
      Condition: `${c.name}HasAlarms`,
      Properties: { TopicArn: Ref(name), Protocol: 'email', Endpoint: c.ref('AlarmEmail') },
    },
    [access]: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [Ref(name)],
        PolicyDocument: policy(
          {
            Sid: 'Owner',
            Principal: { AWS: Sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') },
            Action: ['sns:Publish', 'sns:Subscribe', 'sns:GetTopicAttributes', 'sns:SetTopicAttributes'],
            Resource: Ref(name),
          },
          {
            Sid: 'Events',
            Principal: { Service: ['events.amazonaws.com', 'cloudwatch.amazonaws.com'] },
            Action: 'sns:Publish',
            Resource: Ref(name),
            ...(c.random.chance(0.6) ? { Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } } : {}),
          },
        ),
      },
    },
  };
};

export const stream: Block = (c) => {
  const [name, delivery, role] = [c.id('Stream'), c.id('Delivery'), c.id('DeliveryRole')];
  return {
    [name]: {
      Type: 'AWS::Kinesis::Stream',
      Properties: {
        Name: c.physical('clicks'),
        RetentionPeriodHours: c.prod(168, 24),
        ShardCount: c.prod(8, 1),
        ...(c.random.chance(0.5) ? { StreamEncryption: { EncryptionType: 'KMS', KeyId: Ref(keyOf(c)) } } : {}),
        Tags: c.tags('clicks'),
      },
    },
    [role]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust('firehose.amazonaws.com', { StringEquals: { 'sts:ExternalId': ACCOUNT } }),
        Policies: [
          {
            PolicyName: 'deliver',
            PolicyDocument: policy(
              {
                Action: [
                  'kinesis:DescribeStream',
                  'kinesis:GetShardIterator',
                  'kinesis:GetRecords',
                  'kinesis:ListShards',
                ],
                Resource: GetAtt(name, 'Arn'),
              },
              {
                Action: ['s3:AbortMultipartUpload', 's3:GetBucketLocation', 's3:ListBucket', 's3:PutObject'],
                Resource: [
                  Join('', ['arn:', Ref('AWS::Partition'), ':s3:::', c.perRegion('Bucket')]),
                  Join('', ['arn:', Ref('AWS::Partition'), ':s3:::', c.perRegion('Bucket'), '/*']),
                ],
              },
              {
                Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
                Resource: GetAtt(keyOf(c), 'Arn'),
                Condition: { StringEquals: { 'kms:ViaService': Sub('s3.${AWS::Region}.amazonaws.com') } },
              },
            ),
          },
        ],
      },
    },
    [delivery]: {
      Type: 'AWS::KinesisFirehose::DeliveryStream',
      Properties: {
        DeliveryStreamName: c.physical('delivery'),
        DeliveryStreamType: 'KinesisStreamAsSource',
        KinesisStreamSourceConfiguration: { KinesisStreamARN: GetAtt(name, 'Arn'), RoleARN: GetAtt(role, 'Arn') },
        ExtendedS3DestinationConfiguration: {
          BucketARN: Sub('arn:${AWS::Partition}:s3:::${Bucket}', { Bucket: c.perRegion('Bucket') }),
          RoleARN: GetAtt(role, 'Arn'),
          BufferingHints: { IntervalInSeconds: 300, SizeInMBs: c.random.pick([5, 64]) },
          CompressionFormat: 'GZIP',
          Prefix: `${c.kebab}/year=!{timestamp:yyyy}/`,
          ErrorOutputPrefix: `${c.kebab}/failed/`,
        },
      },
    },
  };
};

const STEPS = (name: string): string => `{
  "Comment": "Handles an event of ${name}",
  "StartAt": "Check",
  "States": {
    "Check": {
      "Type": "Task",
      "Resource": "arn:\${AWS::Partition}:states:::lambda:invoke",
      "Parameters": {"FunctionName": "\${Worker}", "Payload.$": "$"},
      "Retry": [{"ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 2, "MaxAttempts": 4, "BackoffRate": 2}],
      "Next": "IsValid"
    },
    "IsValid": {
      "Type": "Choice",
      "Choices": [{"Variable": "$.valid", "BooleanEquals": true, "Next": "Keep"}],
      "Default": "Refuse"
    },
    "Keep": {
      "Type": "Task",
      "Resource": "arn:\${AWS::Partition}:states:::sqs:sendMessage",
      "Parameters": {"QueueUrl": "https://sqs.\${AWS::Region}.amazonaws.com/\${AWS::AccountId}/${name}", "MessageBody.$": "$"},
      "End": true
    },
    "Refuse": {"Type": "Fail", "Error": "Invalid", "Cause": "The event is incomplete"}
  }
}
`;

export const workflow: Block = (c) => {
  const [name, role, logs] = [c.id('Workflow'), c.id('WorkflowRole'), c.id('WorkflowLogs')];
  return {
    [logs]: {
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: `/aws/vendedlogs/states/${c.kebab}`, RetentionInDays: c.ref('Retention') },
    },
    [role]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust(
          'states.amazonaws.com',
          c.random.chance(0.5) ? { StringEquals: { 'aws:SourceAccount': ACCOUNT } } : undefined,
        ),
        Policies: [
          {
            PolicyName: 'steps',
            PolicyDocument: policy(
              { Sid: 'Worker', Action: 'lambda:InvokeFunction', Resource: arn('lambda', `function:${c.kebab}-*`) },
              {
                Sid: 'LogDelivery',
                Action: [
                  'logs:CreateLogDelivery',
                  'logs:GetLogDelivery',
                  'logs:UpdateLogDelivery',
                  'logs:DeleteLogDelivery',
                  'logs:ListLogDeliveries',
                  'logs:PutResourcePolicy',
                  'logs:DescribeResourcePolicies',
                  'logs:DescribeLogGroups',
                ],
                Resource: '*',
              },
              ...permissions(c).slice(0, 3),
            ),
          },
        ],
      },
    },
    [name]: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: c.physical('workflow'),
        StateMachineType: c.random.pick(['STANDARD', 'EXPRESS']),
        RoleArn: GetAtt(role, 'Arn'),
        DefinitionString: Sub(STEPS(c.kebab), { Worker: Join('-', [c.kebab, c.ref('Stage'), 'worker']) }),
        ...(c.random.chance(0.6)
          ? {
              LoggingConfiguration: {
                Level: c.prod('ERROR', 'ALL'),
                IncludeExecutionData: false,
                Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: GetAtt(logs, 'Arn') } }],
              },
            }
          : {}),
        TracingConfiguration: { Enabled: c.prod(true, false) },
        Tags: c.tags('workflow'),
      },
    },
  };
};

export const schedule: Block = (c) => {
  const [rule, role, bus, busPolicy] = [c.id('Nightly'), c.id('NightlyRole'), c.id('Bus'), c.id('BusPolicy')];
  return {
    [bus]: { Type: 'AWS::Events::EventBus', Properties: { Name: c.physical('bus') } },
    [busPolicy]: {
      Type: 'AWS::Events::EventBusPolicy',
      Properties: {
        EventBusName: Ref(bus),
        StatementId: 'partner',
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: Join('', ['arn:', Ref('AWS::Partition'), ':iam::', c.perRegion('ElbAccount'), ':root']) },
          Action: 'events:PutEvents',
          Resource: GetAtt(bus, 'Arn'),
          Condition: { StringEquals: { 'events:source': [`partner.${c.kebab}`] } },
        },
      },
    },
    [role]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust('events.amazonaws.com'),
        Policies: [
          {
            PolicyName: 'start',
            PolicyDocument: policy({
              Action: 'states:StartExecution',
              Resource: c.random.chance(0.3) ? '*' : arn('states', `stateMachine:${c.kebab}-*`),
            }),
          },
        ],
      },
    },
    [rule]: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Description: `Starts the nightly work of ${c.kebab}`,
        ScheduleExpression: `cron(${String(c.random.int(0, 59))} 2 * * ? *)`,
        State: If(c.isProd, 'ENABLED', 'DISABLED'),
        Targets: [
          {
            Id: 'workflow',
            Arn: arn('states', `stateMachine:${c.kebab}-nightly`),
            RoleArn: GetAtt(role, 'Arn'),
            Input: Sub(`{"stage": "\${${c.param('Stage')}}", "region": "\${AWS::Region}"}`),
            RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 },
          },
        ],
      },
    },
  };
};

const widget = (c: Parameters<Block>[0], index: number): string =>
  JSON.stringify({
    type: 'metric',
    x: (index % 2) * 12,
    y: Math.floor(index / 2) * 6,
    width: 12,
    height: 6,
    properties: {
      title: `${c.verb()} of ${c.kebab}`,
      region: '${AWS::Region}',
      stat: c.random.pick(['p95', 'Sum', 'Average']),
      period: 60,
      metrics: [
        [
          `shop/${c.kebab}`,
          c.random.pick(['Latency', 'Errors', 'Requests', 'Age']),
          'Stage',
          `\${${c.param('Stage')}}`,
        ],
        ['AWS/Lambda', 'Errors', 'FunctionName', `${c.kebab}-${c.verb().toLowerCase()}`],
      ],
    },
  });

export const monitoring: Block = (c) => {
  const alarm = (metric: string, namespace: string, threshold: number): Value => ({
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: `${metric} of ${c.kebab} is too high`,
      Namespace: namespace,
      MetricName: metric,
      Dimensions: [{ Name: 'Stage', Value: c.ref('Stage') }],
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: c.random.pick([1, 3, 5]),
      Threshold: threshold,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      ActionsEnabled: c.prod(true, false),
      AlarmActions: [If(`${c.name}HasAlarms`, arn('sns', `${c.kebab}-alarms`), NO_VALUE)],
    },
  });
  return {
    [c.id('ErrorsAlarm')]: alarm('Errors', 'AWS/Lambda', c.random.int(1, 20)),
    [c.id('ThrottlesAlarm')]: alarm('Throttles', 'AWS/Lambda', c.random.int(1, 20)),
    [c.id('AgeAlarm')]: alarm('ApproximateAgeOfOldestMessage', 'AWS/SQS', c.random.int(100, 2000)),
    [c.id('Dashboard')]: {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: {
        DashboardName: Join('-', [c.kebab, c.ref('Stage'), REGION]),
        DashboardBody: Sub(
          `{"widgets": [\n${Array.from({ length: 10 * c.detail }, (_, index) => `  ${widget(c, index)}`).join(',\n')}\n]}\n`,
        ),
      },
    },
  };
};
