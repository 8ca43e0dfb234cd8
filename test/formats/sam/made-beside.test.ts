/**
 * Resources that SAM makes beside those that are written: for state machines, schedules, deployments, data sources and
 * more.
 */
import assert from 'node:assert/strict';
import { managedNames, policyLines, propertyText, resourceLines, resourceOf, stackOf } from './made.ts';

const resources = (body: string): string => `Resources:\n  ${body}\n`;
const fn = (properties: string, more = ''): string =>
  resources(`F: {Type: AWS::Serverless::Function${more}, Properties: {Role: r, ${properties}}}`);
const machine = (properties: string): string =>
  resources(`S: {Type: AWS::Serverless::StateMachine, Properties: {Role: r, ${properties}}}`);
const graph = (properties: string): string =>
  resources(`G: {Type: AWS::Serverless::GraphQLApi, Properties: {Logging: false, ${properties}}}`);

describe('beside a resource SAM makes', () => {
  const rows: readonly (readonly [what: string, text: string, ...expected: string[]])[] = [
    [
      'a rule for a schedule',
      fn('Events: {E: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}'),
      'FE AWS::Events::Rule',
      'FEPermission AWS::Lambda::Permission',
    ],
    [
      'a queue for what a schedule cannot deliver',
      fn('Events: {E: {Type: Schedule, Properties: {Schedule: rate(1 day), DeadLetterConfig: {Type: SQS}}}}'),
      'FE AWS::Events::Rule',
      'FEQueue AWS::SQS::Queue',
      'FEQueuePolicy AWS::SQS::QueuePolicy',
      'FEPermission AWS::Lambda::Permission',
    ],
    [
      'a queue with the id that it is given',
      fn(
        'Events: {E: {Type: EventBridgeRule, Properties: {Pattern: {}, DeadLetterConfig: {Type: SQS, QueueLogicalId: Dead}}}}',
      ),
      'FE AWS::Events::Rule',
      'Dead AWS::SQS::Queue',
      'FEQueuePolicy AWS::SQS::QueuePolicy',
      'FEPermission AWS::Lambda::Permission',
    ],
    [
      'no queue where there is one',
      fn('Events: {E: {Type: CloudWatchEvent, Properties: {Pattern: {}, DeadLetterConfig: {Arn: q}}}}'),
      'FE AWS::Events::Rule',
      'FEPermission AWS::Lambda::Permission',
    ],
    [
      'a role for a schedule of its own service',
      fn('Events: {E: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}}'),
      'FE AWS::Scheduler::Schedule',
      'FERole AWS::IAM::Role',
    ],
    [
      'no role for a schedule that has one',
      fn('Events: {E: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day), RoleArn: x}}}'),
      'FE AWS::Scheduler::Schedule',
    ],
    [
      'a queue between a topic and a function',
      fn('Events: {E: {Type: SNS, Properties: {Topic: t, SqsSubscription: true}}}'),
      'FE AWS::SNS::Subscription',
      'FEQueue AWS::SQS::Queue',
      'FEQueuePolicy AWS::SQS::QueuePolicy',
      'FEEventSourceMapping AWS::Lambda::EventSourceMapping',
    ],
    [
      'a policy for the queue between a topic and a function',
      fn(
        'Events: {E: {Type: SNS, Properties: {Topic: t, SqsSubscription: {QueueUrl: u, QueueArn: q, QueuePolicyLogicalId: P}}}}',
      ),
      'FE AWS::SNS::Subscription',
      'P AWS::SQS::QueuePolicy',
      'FEEventSourceMapping AWS::Lambda::EventSourceMapping',
    ],
    [
      'one permission for all events of a user pool',
      fn(
        'Events: {E: {Type: Cognito, Properties: {UserPool: !Ref U}}, G: {Type: Cognito, Properties: {UserPool: !Ref U}}}',
      ),
      'FCognitoPermission AWS::Lambda::Permission',
    ],
    [
      'a queue for what a function succeeds with',
      fn('EventInvokeConfig: {DestinationConfig: {OnSuccess: {Type: SQS}, OnFailure: {Type: SNS, Destination: t}}}'),
      'FEventInvokeConfig AWS::Lambda::EventInvokeConfig',
      'FEventInvokeConfigOnSuccessQueue AWS::SQS::Queue',
    ],
    [
      'what deploys a function step by step',
      fn('AutoPublishAlias: live, DeploymentPreference: {Type: Linear10PercentEvery1Minute}'),
      'FAliaslive AWS::Lambda::Alias',
      'FVersion AWS::Lambda::Version',
      'FDeploymentGroup AWS::CodeDeploy::DeploymentGroup',
      'ServerlessDeploymentApplication AWS::CodeDeploy::Application',
      'CodeDeployServiceRole AWS::IAM::Role',
    ],
    [
      'no role where a deployment has one',
      fn('DeploymentPreference: {Type: AllAtOnce, Role: x}'),
      'FDeploymentGroup AWS::CodeDeploy::DeploymentGroup',
      'ServerlessDeploymentApplication AWS::CodeDeploy::Application',
    ],
    ['nothing for a deployment that is turned off', fn('DeploymentPreference: {Type: AllAtOnce, Enabled: false}')],
    [
      'what deploys where a function is there',
      fn('DeploymentPreference: {Type: AllAtOnce, Role: x}', ', Condition: IsProd'),
      'FDeploymentGroup AWS::CodeDeploy::DeploymentGroup if IsProd is true',
      'ServerlessDeploymentApplication AWS::CodeDeploy::Application if IsProd is true',
    ],
    [
      'an alias that is named by the default of a parameter',
      fn('AutoPublishAlias: !Ref Env'),
      'FAliasdev AWS::Lambda::Alias',
      'FVersion AWS::Lambda::Version',
    ],
    [
      'a role for each event of a state machine',
      machine(
        'Events: {E: {Type: Schedule, Properties: {Schedule: rate(1 day)}}, A: {Type: Api, Properties: {RestApiId: !Ref R, Method: get, Path: /}}}',
      ),
      'SE AWS::Events::Rule',
      'SERole AWS::IAM::Role',
      'SARole AWS::IAM::Role',
    ],
    [
      'no role for an event of a state machine that has one',
      machine('Events: {E: {Type: EventBridgeRule, Properties: {Pattern: {}, RoleArn: x}}}'),
      'SE AWS::Events::Rule',
    ],
    [
      'an alias of a state machine',
      machine('AutoPublishAlias: live'),
      'SVersion AWS::StepFunctions::StateMachineVersion',
      'SAliaslive AWS::StepFunctions::StateMachineAlias',
    ],
    [
      'a role for a capacity provider',
      resources('C: {Type: AWS::Serverless::CapacityProvider}'),
      'COperatorRole AWS::IAM::Role',
    ],
    [
      'no role for a capacity provider that has one',
      resources('C: {Type: AWS::Serverless::CapacityProvider, Properties: {OperatorRole: r}}'),
    ],
    [
      'a role that builds an image of a virtual machine',
      resources('M: {Type: AWS::Serverless::MicrovmImage}'),
      'MBuildRole AWS::IAM::Role',
    ],
    [
      'no role for an image of a virtual machine that has one',
      resources('M: {Type: AWS::Serverless::MicrovmImage, Properties: {BuildRoleArn: r}}'),
    ],
    [
      'a role that connects to a network',
      resources('N: {Type: AWS::Serverless::NetworkConnector}'),
      'NOperatorRole AWS::IAM::Role',
    ],
    [
      'no role for a connection to a network that has one',
      resources('N: {Type: AWS::Serverless::NetworkConnector, Properties: {OperatorRole: r}}'),
    ],
    [
      'what a GraphQL API consists of',
      graph(
        'ApiKeys: {K: {}}, DataSources: {DynamoDb: {T: {TableName: t, TableArn: a}}, Lambda: {L: {FunctionArn: f, ServiceRoleArn: r}}}, DomainName: {DomainName: d, CertificateArn: c}',
      ),
      'GSchema AWS::AppSync::GraphQLSchema',
      'GK AWS::AppSync::ApiKey',
      'GTDynamoDBDataSource AWS::AppSync::DataSource',
      'GTDynamoDBDataSourceRole AWS::IAM::Role',
      'GTDynamoDBDataSourceToTableConnectorPolicy AWS::IAM::ManagedPolicy',
      'GLLambdaDataSource AWS::AppSync::DataSource',
      'GDomainName AWS::AppSync::DomainName',
      'GDomainNameApiAssociation AWS::AppSync::DomainNameApiAssociation',
    ],
    [
      'a permission for the function that authorizes a GraphQL API',
      graph('Auth: {Type: AWS_LAMBDA, LambdaAuthorizer: {AuthorizerUri: f}}'),
      'GToLambdaAuthConnector1WriteLambdaPermission AWS::Lambda::Permission',
      'GSchema AWS::AppSync::GraphQLSchema',
    ],
    [
      'a usage plan and a key',
      resources(
        'A: {Type: AWS::Serverless::Api, Properties: {StageName: dev, Auth: {UsagePlan: {CreateUsagePlan: PER_API}}}}',
      ),
      'ADeployment AWS::ApiGateway::Deployment',
      'AdevStage AWS::ApiGateway::Stage',
      'AUsagePlan AWS::ApiGateway::UsagePlan',
      'AApiKey AWS::ApiGateway::ApiKey',
      'AUsagePlanKey AWS::ApiGateway::UsagePlanKey',
    ],
  ];
  for (const [what, text, ...expected] of rows)
    it(what, () => assert.deepEqual(resourceLines(text).slice(1), expected));

  it('once what several functions need', () => {
    const text = `${fn('DeploymentPreference: {Type: AllAtOnce}', ', Condition: IsProd')}  H: {Type: AWS::Serverless::Function, Properties: {Role: r, DeploymentPreference: {Type: AllAtOnce}}}\n`;
    assert.deepEqual(
      resourceLines(text).filter((line) => !line.includes('Group')),
      [
        'F AWS::Lambda::Function if IsProd is true',
        'H AWS::Lambda::Function',
        'ServerlessDeploymentApplication AWS::CodeDeploy::Application',
        'CodeDeployServiceRole AWS::IAM::Role',
      ],
    );
    assert.deepEqual(stackOf(text).byAddress('CodeDeployServiceRole')!.address, 'F');
  });
});

describe('a role that SAM makes', () => {
  const rows: readonly (readonly [
    what: string,
    text: string,
    family: string,
    managed: readonly string[],
    ...expected: string[],
  ])[] = [
    [
      'calls a function by a schedule',
      fn('Events: {E: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day), DeadLetterConfig: {Arn: q}}}}'),
      'FERole',
      [],
      'FELambdaPolicy: lambda:InvokeFunction on F.Arn',
      'FESQSPolicy: sqs:SendMessage on q',
    ],
    [
      'starts a state machine by a schedule',
      machine('Events: {E: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}}'),
      'SERole',
      [],
      'SEStartExecutionPolicy: states:StartExecution on S',
    ],
    [
      'starts a state machine by a rule',
      machine('Events: {E: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}'),
      'SERole',
      [],
      'SERoleStartExecutionPolicy: states:StartExecution on S',
    ],
    [
      'starts the alias of a state machine',
      machine('AutoPublishAlias: live, Events: {E: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}'),
      'SERole',
      [],
      'SERoleStartExecutionPolicy: states:StartExecution on SAliaslive',
    ],
    [
      'is that of a state machine',
      resources(
        'S: {Type: AWS::Serverless::StateMachine, Properties: {Tracing: {Enabled: true}, Policies: [{LambdaInvokePolicy: {FunctionName: f}}]}}',
      ),
      'SRole',
      ['AWSXrayWriteOnlyAccess'],
      'SRolePolicy0: lambda:InvokeFunction on arn:?:lambda:?:?:function:f*',
    ],
    [
      'is that of a capacity provider',
      resources('C: {Type: AWS::Serverless::CapacityProvider}'),
      'COperatorRole',
      ['AWSLambdaManagedEC2ResourceOperator'],
    ],
    [
      'is that of a connection to a network',
      resources('N: {Type: AWS::Serverless::NetworkConnector}'),
      'NOperatorRole',
      ['AWSLambdaNetworkConnectorOperatorPolicy'],
    ],
    ['deploys', fn('DeploymentPreference: {Type: AllAtOnce}'), 'CodeDeployServiceRole', ['AWSCodeDeployRoleForLambda']],
    [
      'writes the logs of a GraphQL API',
      resources('G: {Type: AWS::Serverless::GraphQLApi}'),
      'GCloudWatchRole',
      ['AWSAppSyncPushToCloudWatchLogs'],
    ],
  ];
  for (const [what, text, family, managed, ...expected] of rows)
    it(what, () =>
      assert.deepEqual(
        [managedNames(resourceOf(text, family)), policyLines(resourceOf(text, family))],
        [managed, expected],
      ),
    );

  it('gets policies of data sources by connectors', () => {
    const text = graph('DataSources: {DynamoDb: {T: {TableName: t, TableArn: a}}}');
    assert.deepEqual(
      stackOf(text)
        .byAddress('GTDynamoDBDataSourceRole')!
        .related('role-policies')
        .edges.map(({ resource }) => policyLines(resource)),
      [
        [
          'dynamodb:GetItem dynamodb:Query dynamodb:Scan dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:PartiQLSelect on a a/index/*; dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem dynamodb:BatchWriteItem dynamodb:PartiQLDelete dynamodb:PartiQLInsert dynamodb:PartiQLUpdate on a a/index/*',
        ],
      ],
    );
  });
});

describe('the policy of a queue that SAM makes', () => {
  const rows: readonly (readonly [what: string, text: string, family: string, queues: string, expected: string])[] = [
    [
      'lets a rule send',
      fn('Events: {E: {Type: Schedule, Properties: {Schedule: rate(1 day), DeadLetterConfig: {Type: SQS}}}}'),
      'FEQueuePolicy',
      '[FEQueue]',
      'sqs:SendMessage on FEQueue.Arn for Service events.amazonaws.com where ArnEquals aws:SourceArn',
    ],
    [
      'lets a topic send',
      fn('Events: {E: {Type: SNS, Properties: {Topic: t, SqsSubscription: true}}}'),
      'FEQueuePolicy',
      '[FEQueue]',
      'sqs:SendMessage on FEQueue.Arn for * where ArnEquals aws:SourceArn',
    ],
    [
      'lets a topic send to a queue elsewhere',
      fn('Events: {E: {Type: SNS, Properties: {Topic: t, SqsSubscription: {QueueUrl: u, QueueArn: q}}}}'),
      'FEQueuePolicy',
      '["u"]',
      'sqs:SendMessage on q for * where ArnEquals aws:SourceArn',
    ],
  ];
  for (const [what, text, family, queues, expected] of rows)
    it(what, () => {
      const policy = resourceOf(text, family);
      assert.deepEqual([propertyText(policy, 'Queues'), policyLines(policy)], [queues, [expected]]);
    });
});

describe('what an event calls', () => {
  const rows: readonly (readonly [what: string, text: string, family: string, path: string, expected: string])[] = [
    [
      'is a function',
      fn('Events: {E: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}'),
      'FE',
      'Targets',
      '[{Arn: F.Arn, Id: "FELambdaTarget", Input: absent, InputPath: absent, DeadLetterConfig: absent, RetryPolicy: absent}]',
    ],
    [
      'is its alias',
      fn('AutoPublishAlias: live, Events: {E: {Type: SQS, Properties: {Queue: q}}}'),
      'FE',
      'FunctionName',
      'FAliaslive',
    ],
    [
      'is its alias, which is named by its ARN',
      fn('AutoPublishAlias: live, Events: {E: {Type: CloudWatchLogs, Properties: {LogGroupName: l}}}'),
      'FE',
      'DestinationArn',
      'FAliaslive',
    ],
    [
      'is off',
      fn('Events: {E: {Type: Schedule, Properties: {Schedule: rate(1 day), Enabled: false}}}'),
      'FE',
      'State',
      '"DISABLED"',
    ],
    [
      'is on',
      fn('Events: {E: {Type: Schedule, Properties: {Schedule: rate(1 day), Enabled: true}}}'),
      'FE',
      'State',
      '"ENABLED"',
    ],
    [
      'is a queue that leads to it',
      fn('Events: {E: {Type: SNS, Properties: {Topic: t, SqsSubscription: true}}}'),
      'FE',
      'Endpoint',
      'FEQueue.Arn',
    ],
    [
      'is limited to the logs of a group',
      fn('Events: {E: {Type: CloudWatchLogs, Properties: {LogGroupName: l}}}'),
      'FEPermission',
      'SourceArn',
      '"arn:" + ?parameter + ":logs:" + ?parameter + ":" + ?parameter + ":log-group:l:*"',
    ],
    [
      'is limited to an account',
      fn('Events: {E: {Type: S3, Properties: {Bucket: !Ref B}}}'),
      'FEPermission',
      'SourceAccount',
      '?parameter',
    ],
  ];
  for (const [what, text, family, path, expected] of rows)
    it(what, () => assert.equal(propertyText(resourceOf(text, family), path), expected));
});
