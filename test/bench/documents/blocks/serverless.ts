/** Resources of SAM: functions with events and policy templates, APIs, tables, layers and state machines. */
import type { Block, Component } from '../component.ts';
import {
  arn,
  COMMENT,
  GetAtt,
  If,
  Join,
  NO_VALUE,
  Ref,
  REGION,
  statement,
  Sub,
  type Body,
  type Value,
} from '../template-value.ts';
import { permissions } from './compute.ts';

/** Every component has one API and one table, which its functions refer to. */
const apiOf = (c: Component): string => `${c.name}HttpApi`;
const tableOf = (c: Component): string => `${c.name}Records`;
const queueOf = (c: Component): string => `${c.name}Jobs`;

/** What functions have in common. */
export const GLOBALS: Body = {
  Function: {
    Runtime: 'nodejs22.x',
    Architectures: ['arm64'],
    Handler: 'index.handler',
    MemorySize: 512,
    Timeout: 20,
    Tracing: 'Active',
    LoggingConfig: { LogFormat: 'JSON' },
    Environment: { Variables: { NODE_OPTIONS: '--enable-source-maps', STACK: Ref('AWS::StackName') } },
    Tags: { ManagedBy: 'sam' },
  },
  HttpApi: { Tags: { ManagedBy: 'sam' } },
};

/** The shared resources of the serverless part of a component. */
export const foundation: Block = (c) => ({
  [apiOf(c)]: {
    Type: 'AWS::Serverless::HttpApi',
    Properties: {
      StageName: c.ref('Stage'),
      Description: `API of ${c.kebab}`,
      CorsConfiguration: {
        AllowOrigins: [c.random.chance(0.3) ? '*' : `https://${c.kebab}.example.com`],
        AllowHeaders: ['authorization', 'content-type'],
        AllowMethods: ['GET', 'POST', 'DELETE'],
        MaxAge: 600,
      },
      Auth: {
        DefaultAuthorizer: 'Jwt',
        Authorizers: {
          Jwt: {
            JwtConfiguration: {
              issuer: Sub(`https://cognito-idp.\${AWS::Region}.amazonaws.com/\${AWS::Region}_${c.kebab}`),
              audience: [`${c.kebab}-web`],
            },
            IdentitySource: '$request.header.Authorization',
          },
        },
      },
      DefaultRouteSettings: { ThrottlingBurstLimit: c.prod(200, 20), ThrottlingRateLimit: c.prod(100, 10) },
    },
  },
  [tableOf(c)]: {
    Type: 'AWS::Serverless::SimpleTable',
    Properties: {
      TableName: c.physical('records'),
      PrimaryKey: { Name: 'id', Type: 'String' },
      ...(c.random.chance(0.5) ? { SSESpecification: { SSEEnabled: true } } : {}),
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: c.prod(true, false) },
      Tags: { Owner: `team-${c.kebab}` },
    },
  },
  [queueOf(c)]: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: c.physical('jobs'),
      VisibilityTimeout: 120,
      SqsManagedSseEnabled: true,
      Tags: c.tags('jobs'),
    },
  },
});

const METHODS = ['get', 'post', 'delete', 'put'] as const;

const events: Readonly<Record<string, (c: Component, path: string) => Body>> = {
  routes: (c, path) => ({
    Read: { Type: 'HttpApi', Properties: { ApiId: Ref(apiOf(c)), Method: 'get', Path: `/${path}/{id}` } },
    Write: {
      Type: 'HttpApi',
      Properties: {
        ApiId: Ref(apiOf(c)),
        Method: c.random.pick(METHODS.slice(1)),
        Path: `/${path}`,
        ...(c.random.chance(0.25) ? { Auth: { Authorizer: 'NONE' } } : {}),
      },
    },
  }),
  jobs: (c) => ({
    Jobs: {
      Type: 'SQS',
      Properties: {
        Queue: GetAtt(queueOf(c), 'Arn'),
        BatchSize: c.random.pick([1, 5, 10]),
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    },
  }),
  nightly: (c) => ({
    Nightly: {
      Type: 'Schedule',
      Properties: {
        Schedule: `cron(${String(c.random.int(0, 59))} 2 * * ? *)`,
        Description: `Nightly work of ${c.kebab}`,
        Enabled: c.random.chance(0.8),
        Input: '{"full": true}',
      },
    },
  }),
  changes: (c) => ({
    Changes: {
      Type: 'EventBridgeRule',
      Properties: {
        EventBusName: c.prod(`${c.kebab}-live`, 'default'),
        Pattern: {
          source: [`shop.${c.kebab}`],
          'detail-type': ['Created', 'Changed'],
          detail: { amount: [{ numeric: ['>', 100] }] },
        },
        RetryPolicy: { MaximumRetryAttempts: 2 },
      },
    },
  }),
};

const policyTemplates = (c: Component): readonly Body[] => [
  { DynamoDBCrudPolicy: { TableName: Ref(tableOf(c)) } },
  { DynamoDBReadPolicy: { TableName: Ref(tableOf(c)) } },
  { SQSSendMessagePolicy: { QueueName: GetAtt(queueOf(c), 'QueueName') } },
  { S3ReadPolicy: { BucketName: c.perRegion('Bucket') } },
  { S3CrudPolicy: { BucketName: Sub(`${c.kebab}-files-\${AWS::AccountId}`) } },
  { SSMParameterReadPolicy: { ParameterName: Sub(`${c.kebab}/\${${c.param('Stage')}}/*`) } },
  { SNSPublishMessagePolicy: { TopicName: `${c.kebab}-events` } },
  { KMSDecryptPolicy: { KeyId: Ref(`${c.name}Key`) } },
];

const KINDS = Object.keys(events);

/** Functions of different kinds, each with its permissions as policy templates and statements. */
export const functions: Block = (c) =>
  Object.fromEntries(
    Array.from({ length: 3 }, (_, index): readonly [string, Value] => {
      const verb = c.verb();
      const noun = c.random.pick(['Item', 'Customer', 'Invoice', 'Label', 'Picture']);
      const kind = KINDS[(index + c.random.int(0, 3)) % KINDS.length]!;
      const path = `${noun.toLowerCase()}s`;
      return [
        c.id(`${verb}${noun}`),
        {
          [COMMENT]: `${verb} ${path} of ${c.kebab}, for ${kind}.`,
          Type: 'AWS::Serverless::Function',
          Properties: {
            CodeUri: `src/${c.kebab}/${verb.toLowerCase()}-${path}/`,
            Description: `${verb} ${path} of ${c.kebab}`,
            ...(c.random.chance(0.3) ? { Runtime: c.random.pick(['nodejs20.x', 'python3.12', 'nodejs16.x']) } : {}),
            ...(c.random.chance(0.4) ? { MemorySize: c.prod(1024, 256) } : {}),
            Environment: {
              Variables: {
                TABLE: Ref(tableOf(c)),
                QUEUE: Ref(queueOf(c)),
                STAGE: c.ref('Stage'),
                BUCKET: c.perRegion('Bucket'),
                ENDPOINT: Join('', ['https://', Ref(apiOf(c)), '.execute-api.', REGION, '.', Ref('AWS::URLSuffix')]),
                LEVEL: c.prod('warn', 'debug'),
              },
            },
            VpcConfig: If(
              c.isProd,
              { SubnetIds: c.ref('SubnetIds'), SecurityGroupIds: [GetAtt(`${c.name}AppGroup`, 'GroupId')] },
              NO_VALUE,
            ),
            Policies: [
              ...c.random.some(policyTemplates(c), c.random.int(1, 3)),
              ...(c.random.chance(0.2) ? ['AmazonS3ReadOnlyAccess'] : []),
              { Version: '2012-10-17', Statement: permissions(c).slice(0, c.random.int(1, 3)).map(statement) },
            ],
            ...(c.random.chance(0.2) ? { FunctionUrlConfig: { AuthType: c.random.pick(['AWS_IAM', 'NONE']) } } : {}),
            Events: events[kind]!(c, `${path}-${verb.toLowerCase()}-${String(index)}`),
          },
          Metadata: {
            BuildMethod: 'esbuild',
            BuildProperties: { Minify: true, Target: 'es2022', EntryPoints: ['index.ts'] },
          },
        },
      ];
    }),
  );

export const layer: Block = (c) => ({
  [c.id('Layer')]: {
    Type: 'AWS::Serverless::LayerVersion',
    Properties: {
      LayerName: c.physical('shared'),
      Description: `Code that functions of ${c.kebab} share`,
      ContentUri: `layers/${c.kebab}/`,
      CompatibleRuntimes: ['nodejs20.x', 'nodejs22.x'],
      RetentionPolicy: 'Retain',
    },
  },
});

export const machine: Block = (c) => ({
  [c.id('Machine')]: {
    Type: 'AWS::Serverless::StateMachine',
    Properties: {
      Type: c.random.pick(['STANDARD', 'EXPRESS']),
      DefinitionUri: `workflows/${c.kebab}.asl.json`,
      DefinitionSubstitutions: { Table: Ref(tableOf(c)), Queue: GetAtt(queueOf(c), 'Arn'), Stage: c.ref('Stage') },
      Policies: [
        { LambdaInvokePolicy: { FunctionName: `${c.kebab}-worker` } },
        { DynamoDBWritePolicy: { TableName: Ref(tableOf(c)) } },
        {
          Version: '2012-10-17',
          Statement: [statement({ Action: 'sqs:SendMessage', Resource: arn('sqs', `${c.kebab}-*`) })],
        },
      ],
      Tracing: { Enabled: c.prod(true, false) },
      Events: { Hourly: { Type: 'Schedule', Properties: { Schedule: 'rate(1 hour)' } } },
    },
  },
});
