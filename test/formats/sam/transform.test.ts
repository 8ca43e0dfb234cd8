/** The resources that the transform generates for the resources of a template and their events. */
import assert from 'node:assert/strict';
import { analysed } from '../../engine/analysis.ts';
import { HEAD, policyLines, propertyText, resourceLines, resourceOf, stackOf, textAt } from './made.ts';

const resources = (body: string): string => `Resources:\n  ${body}\n`;
const fn = (properties: string, more = ''): string =>
  resources(`F: {Type: AWS::Serverless::Function${more}, Properties: {${properties}}}`);
const events = (text: string): string => fn(`Events: {E: {${text}}}`);

describe('what SAM makes', () => {
  const rows: readonly (readonly [what: string, text: string, ...expected: string[]])[] = [
    ['of a function', fn('Handler: a'), 'F AWS::Lambda::Function', 'FRole AWS::IAM::Role'],
    [
      'of a function without properties',
      resources('F: {Type: AWS::Serverless::Function}'),
      'F AWS::Lambda::Function',
      'FRole AWS::IAM::Role',
    ],
    ['of a function with a role', fn('Role: r'), 'F AWS::Lambda::Function'],
    [
      'of a function with a role in one scenario',
      fn('Role: !If [IsProd, r, !Ref AWS::NoValue]'),
      'F AWS::Lambda::Function',
      'FRole AWS::IAM::Role if IsProd is false',
    ],
    [
      'of a function with a condition',
      fn('Handler: a', ', Condition: IsProd'),
      'F AWS::Lambda::Function if IsProd is true',
      'FRole AWS::IAM::Role if IsProd is true',
    ],
    [
      'of a public function URL',
      fn('Role: r, FunctionUrlConfig: {AuthType: NONE}'),
      'F AWS::Lambda::Function',
      'FUrl AWS::Lambda::Url',
      'FUrlPublicPermissions AWS::Lambda::Permission',
      'FURLInvokeAllowPublicAccess AWS::Lambda::Permission',
    ],
    [
      'of another function URL',
      fn('Role: r, FunctionUrlConfig: {AuthType: AWS_IAM}'),
      'F AWS::Lambda::Function',
      'FUrl AWS::Lambda::Url',
    ],
    [
      'of a function URL that is public in one scenario, for which the transform permits nothing',
      fn('Role: r, FunctionUrlConfig: {AuthType: !If [IsProd, AWS_IAM, NONE]}'),
      'F AWS::Lambda::Function',
      'FUrl AWS::Lambda::Url',
    ],
    [
      'of a function URL that is public by a parameter',
      fn('Role: r, FunctionUrlConfig: {AuthType: !Ref Env}'),
      'F AWS::Lambda::Function',
      'FUrl AWS::Lambda::Url',
    ],
    [
      'of an alias',
      fn('Role: r, AutoPublishAlias: live'),
      'F AWS::Lambda::Function',
      'FAliaslive AWS::Lambda::Alias',
      'FVersion AWS::Lambda::Version',
    ],
    [
      'of an API',
      resources('A: {Type: AWS::Serverless::Api, Properties: {StageName: dev}}'),
      'A AWS::ApiGateway::RestApi',
      'ADeployment AWS::ApiGateway::Deployment',
      'AdevStage AWS::ApiGateway::Stage',
    ],
    [
      'of an API whose stage is not a plain text',
      resources('A: {Type: AWS::Serverless::Api, Properties: {StageName: !Ref Env}}'),
      'A AWS::ApiGateway::RestApi',
      'ADeployment AWS::ApiGateway::Deployment',
      'AStage AWS::ApiGateway::Stage',
    ],
    [
      'of an API with a domain',
      resources('A: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Domain: {DomainName: a.b}}}'),
      'A AWS::ApiGateway::RestApi',
      'ADeployment AWS::ApiGateway::Deployment',
      'Av1Stage AWS::ApiGateway::Stage',
      'ADomainName AWS::ApiGateway::DomainName',
    ],
    [
      'of an API with a private domain',
      resources(
        'A: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Domain: {DomainName: a.b, EndpointConfiguration: PRIVATE}}}',
      ),
      'A AWS::ApiGateway::RestApi',
      'ADeployment AWS::ApiGateway::Deployment',
      'Av1Stage AWS::ApiGateway::Stage',
      'ADomainName AWS::ApiGateway::DomainNameV2',
    ],
    [
      'of an HTTP API',
      resources('A: {Type: AWS::Serverless::HttpApi}'),
      'A AWS::ApiGatewayV2::Api',
      'AApiGatewayDefaultStage AWS::ApiGatewayV2::Stage',
    ],
    [
      'of an HTTP API with the default stage',
      resources('A: {Type: AWS::Serverless::HttpApi, Properties: {StageName: $default}}'),
      'A AWS::ApiGatewayV2::Api',
      'AApiGatewayDefaultStage AWS::ApiGatewayV2::Stage',
    ],
    [
      'of a WebSocket API',
      resources('A: {Type: AWS::Serverless::WebSocketApi}'),
      'A AWS::ApiGatewayV2::Api',
      'ADefaultStage AWS::ApiGatewayV2::Stage',
    ],
    ['of a table', resources('T: {Type: AWS::Serverless::SimpleTable}'), 'T AWS::DynamoDB::Table'],
    [
      'of a state machine',
      resources('S: {Type: AWS::Serverless::StateMachine, Properties: {Definition: {}}}'),
      'S AWS::StepFunctions::StateMachine',
      'SRole AWS::IAM::Role',
    ],
    ['of a layer', resources('L: {Type: AWS::Serverless::LayerVersion}'), 'L AWS::Lambda::LayerVersion'],
    [
      'of an application',
      resources('A: {Type: AWS::Serverless::Application, Properties: {Location: a.yaml}}'),
      'A AWS::CloudFormation::Stack',
    ],
    [
      'of a GraphQL API',
      resources('G: {Type: AWS::Serverless::GraphQLApi}'),
      'G AWS::AppSync::GraphQLApi',
      'GCloudWatchRole AWS::IAM::Role',
      'GSchema AWS::AppSync::GraphQLSchema',
    ],
    ['of another resource', resources('B: {Type: AWS::S3::Bucket}'), 'B AWS::S3::Bucket'],
    ['of a type that is not known', resources('N: {Type: AWS::Serverless::New}'), 'N AWS::Serverless::New'],
    [
      'of an event of S3',
      events('Type: S3, Properties: {Bucket: !Ref B}'),
      'F AWS::Lambda::Function',
      'FRole AWS::IAM::Role',
      'FEPermission AWS::Lambda::Permission',
    ],
    [
      'of an event of SQS',
      events('Type: SQS, Properties: {Queue: q}'),
      'F AWS::Lambda::Function',
      'FRole AWS::IAM::Role',
      'FE AWS::Lambda::EventSourceMapping',
    ],
    [
      'of a schedule',
      events('Type: Schedule, Properties: {Schedule: rate(1 day)}'),
      'F AWS::Lambda::Function',
      'FRole AWS::IAM::Role',
      'FE AWS::Events::Rule',
      'FEPermission AWS::Lambda::Permission',
    ],
    [
      'of an event of an API',
      events('Type: Api, Properties: {Path: /, Method: get, RestApiId: !Ref A}'),
      'F AWS::Lambda::Function',
      'FRole AWS::IAM::Role',
      'FEPermissionAllStages AWS::Lambda::Permission',
    ],
    [
      'of an event of no API',
      events('Type: Api, Properties: {Path: /, Method: get}'),
      'F AWS::Lambda::Function',
      'FRole AWS::IAM::Role',
      'FEPermissionProd AWS::Lambda::Permission',
      'FEMethod AWS::ApiGateway::Method',
      'ServerlessRestApi AWS::ApiGateway::RestApi',
      'ServerlessRestApiDeployment AWS::ApiGateway::Deployment',
      'ServerlessRestApiProdStage AWS::ApiGateway::Stage',
    ],
    [
      'of an event of no API in one scenario',
      resources(
        'F: {Type: AWS::Serverless::Function, Condition: IsProd, Properties: {Role: r, Events: {E: {Type: Api}}}}',
      ),
      'F AWS::Lambda::Function if IsProd is true',
      'FEPermissionProd AWS::Lambda::Permission if IsProd is true',
      'FEMethod AWS::ApiGateway::Method if IsProd is true',
      'ServerlessRestApi AWS::ApiGateway::RestApi if IsProd is true',
      'ServerlessRestApiDeployment AWS::ApiGateway::Deployment if IsProd is true',
      'ServerlessRestApiProdStage AWS::ApiGateway::Stage if IsProd is true',
    ],
    [
      'of an event of no API beside an API that the author calls so',
      resources(
        'F: {Type: AWS::Serverless::Function, Properties: {Role: r, Events: {E: {Type: Api}}}}\n  ServerlessRestApi: {Type: AWS::ApiGateway::RestApi}',
      ),
      'F AWS::Lambda::Function',
      'FEPermissionProd AWS::Lambda::Permission',
      'ServerlessRestApi AWS::ApiGateway::RestApi',
    ],
    [
      'of an event of no HTTP API',
      events('Type: HttpApi'),
      'F AWS::Lambda::Function',
      'FRole AWS::IAM::Role',
      'FEPermission AWS::Lambda::Permission',
      'FEIntegration AWS::ApiGatewayV2::Integration',
      'FERoute AWS::ApiGatewayV2::Route',
      'ServerlessHttpApi AWS::ApiGatewayV2::Api',
      'ServerlessHttpApiApiGatewayDefaultStage AWS::ApiGatewayV2::Stage',
    ],
    ['of an event that is not known', events('Type: New'), 'F AWS::Lambda::Function', 'FRole AWS::IAM::Role'],
    ['of an event that is nothing', fn('Events: {E: }'), 'F AWS::Lambda::Function', 'FRole AWS::IAM::Role'],
    ['of events that are something else', fn('Events: [E]'), 'F AWS::Lambda::Function', 'FRole AWS::IAM::Role'],
    ['of a name that every object has', events('Type: constructor'), 'F AWS::Lambda::Function', 'FRole AWS::IAM::Role'],
  ];
  for (const [what, text, ...expected] of rows) it(what, () => assert.deepEqual(resourceLines(text), expected));
});

describe('a property of what SAM makes', () => {
  const api = (properties: string): string =>
    resources(`F: {Type: AWS::Serverless::Api, Properties: {StageName: dev, ${properties}}}`);
  const rows: readonly (readonly [
    what: string,
    text: string,
    family: string,
    path: string,
    expected: string,
    at?: string,
  ])[] = [
    ['has the same name', fn('MemorySize: 128'), 'F', 'MemorySize', '128', '128'],
    ['is passed on though it is not known', fn('NewSetting: 1'), 'F', 'NewSetting', '1', '1'],
    ['is in an object', fn('Tracing: Active'), 'F', 'TracingConfig.Mode', '"Active"', 'Active'],
    ['is not there', fn('MemorySize: 128'), 'F', 'TracingConfig.Mode', 'absent', 'Properties'],
    [
      'is not there without properties',
      resources('F: {Type: AWS::Serverless::Function}'),
      'F',
      'TracingConfig.Mode',
      'absent',
      'F',
    ],
    [
      'depends on a condition',
      fn('Tracing: !If [IsProd, Active, PassThrough]'),
      'F',
      'TracingConfig.Mode',
      '"Active" if IsProd is true | "PassThrough" if IsProd is false',
    ],
    [
      'is not known in an object that is not',
      fn('DeadLetterQueue: !GetAtt X.Y'),
      'F',
      'DeadLetterConfig.TargetArn',
      '?syntax',
    ],
    [
      'is code',
      fn('InlineCode: x, CodeUri: y'),
      'F',
      'Code',
      '{ZipFile: "x", ImageUri: absent, SourceKMSKeyArn: absent, S3Bucket: ?transform, S3Key: ?transform, S3ObjectVersion: ?transform}',
    ],
    [
      'is a place of code',
      fn('CodeUri: "s3://b/k/l?versionId=3"'),
      'F',
      'Code',
      '{ZipFile: absent, ImageUri: absent, SourceKMSKeyArn: absent, S3Bucket: "b", S3Key: "k/l", S3ObjectVersion: "3"}',
    ],
    [
      'is a place of code in parts',
      fn('CodeUri: {Bucket: b, Key: !Ref Env}'),
      'F',
      'Code',
      '{ZipFile: absent, ImageUri: absent, SourceKMSKeyArn: absent, S3Bucket: "b", S3Key: "dev" if Env is dev | "prod" if Env is prod, S3ObjectVersion: absent}',
    ],
    ['is an image', fn('PackageType: Image, ImageUri: x'), 'F', 'Code.ImageUri', '"x"', 'x'],
    ['is made', fn('Handler: a'), 'F', 'Role', 'FRole.Arn', 'F'],
    ['is taken before what is made', fn('Role: r'), 'F', 'Role', '"r"', 'r'],
    [
      'is made in one scenario',
      fn('Role: !If [IsProd, r, !Ref AWS::NoValue]'),
      'F',
      'Role',
      '"r" if IsProd is true | FRole.Arn if IsProd is false',
    ],
    [
      'is pairs',
      fn('Tags: {a: b}'),
      'F',
      'Tags',
      '[{Key: "lambda:createdBy", Value: "SAM"}, {Key: "a", Value: "b"}]',
      '{a: b}',
    ],
    ['is pairs without any', fn('Handler: a'), 'F', 'Tags', '[{Key: "lambda:createdBy", Value: "SAM"}]', 'F'],
    [
      'is pairs of which SAM adds none that is written',
      fn('Tags: {"lambda:createdBy": me}'),
      'F',
      'Tags',
      '[{Key: "lambda:createdBy", Value: "me"}]',
    ],
    ['is not known pairs', fn('Tags: !Ref Env'), 'F', 'Tags', '"dev" if Env is dev | "prod" if Env is prod'],
    [
      'is always the same, and marked at its reason',
      fn('FunctionUrlConfig: {AuthType: NONE}'),
      'FUrlPublicPermissions',
      'Principal',
      '"*"',
      'NONE',
    ],
    [
      'is below a property',
      fn('FunctionUrlConfig: {AuthType: NONE, Cors: {AllowOrigins: ["*"]}}'),
      'FUrl',
      'Cors.AllowOrigins',
      '["*"]',
      '["*"]',
    ],
    [
      'is a trust policy of SAM',
      fn('Handler: a'),
      'FRole',
      'AssumeRolePolicyDocument.Statement',
      '[{Effect: "Allow", Principal: {Service: ["lambda.amazonaws.com"]}, Action: ["sts:AssumeRole"]}]',
      'F',
    ],
    [
      'is a trust policy of the author',
      fn('AssumeRolePolicyDocument: {Statement: s}'),
      'FRole',
      'AssumeRolePolicyDocument.Statement',
      '"s"',
      's',
    ],
    ['is a boundary', fn('PermissionsBoundary: p'), 'FRole', 'PermissionsBoundary', '"p"', 'p'],
    ['is not one of the function', fn('Description: d'), 'FRole', 'Description', 'absent'],
    [
      'is a list of one',
      api('EndpointConfiguration: {Type: PRIVATE}'),
      'F',
      'EndpointConfiguration.Types',
      '["PRIVATE"]',
      'PRIVATE',
    ],
    [
      'is a list of one in short',
      api('EndpointConfiguration: PRIVATE'),
      'F',
      'EndpointConfiguration.Types',
      '["PRIVATE"]',
      'PRIVATE',
    ],
    [
      'is not said in short',
      api('EndpointConfiguration: PRIVATE'),
      'F',
      'EndpointConfiguration.VpcEndpointIds',
      'absent',
    ],
    ['is not there for sure', api('Name: a'), 'F', 'Policy', 'absent'],
    [
      'is a definition of which more is not known',
      api('DefinitionBody: {paths: {}}'),
      'F',
      'Body',
      '{paths: {}, …}',
      '{paths: {}}',
    ],
    ['is a definition that SAM makes', api('Name: a'), 'F', 'Body', '{…}'],
    ['is no definition where a file is one', api('DefinitionUri: s3://b/k'), 'F', 'Body', 'absent'],
    [
      'is in a file',
      api('DefinitionUri: s3://b/k'),
      'F',
      'BodyS3Location',
      '{Bucket: "b", Key: "k", Version: absent}',
      's3://b/k',
    ],
    [
      'is of the stage',
      api('AccessLogSetting: {DestinationArn: d}'),
      'FdevStage',
      'AccessLogSetting.DestinationArn',
      '"d"',
      'd',
    ],
    [
      'is where an event says it',
      events('Type: SQS, Properties: {Queue: q, KmsKeyArn: k}'),
      'FE',
      'EventSourceArn',
      '"q"',
      'q',
    ],
    [
      'is where an event is named',
      events('Type: AlexaSkill'),
      'FEPermission',
      'Principal',
      '"alexa-appkit.amazon.com"',
      'E',
    ],
    ['is not in an event without properties', events('Type: AlexaSkill'), 'FEPermission', 'EventSourceToken', 'absent'],
    [
      'is of a table',
      resources('F: {Type: AWS::Serverless::SimpleTable, Properties: {SSESpecification: {SSEEnabled: true}}}'),
      'F',
      'SSESpecification.SSEEnabled',
      'true',
      'true',
    ],
    [
      'is what SAM does without',
      resources('F: {Type: AWS::Serverless::SimpleTable}'),
      'F',
      'BillingMode',
      '"PAY_PER_REQUEST"',
      'F',
    ],
    [
      'is not what SAM does with it',
      resources('F: {Type: AWS::Serverless::SimpleTable, Properties: {ProvisionedThroughput: {}}}'),
      'F',
      'BillingMode',
      'absent',
    ],
    [
      'is of a state machine',
      resources(
        'F: {Type: AWS::Serverless::StateMachine, Properties: {Logging: {Level: ALL}, Tracing: {Enabled: true}}}',
      ),
      'F',
      'LoggingConfiguration.Level',
      '"ALL"',
      'ALL',
    ],
    [
      'is on unless it is turned off',
      resources('F: {Type: AWS::Serverless::GraphQLApi}'),
      'F',
      'LogConfig.FieldLogLevel',
      '"ALL"',
      'F',
    ],
    [
      'is one of several',
      resources(
        'F: {Type: AWS::Serverless::GraphQLApi, Properties: {Auth: {Type: AWS_IAM, Additional: [{Type: API_KEY}, {Type: AWS_LAMBDA, LambdaAuthorizer: {AuthorizerUri: u}}]}}}',
      ),
      'F',
      'AdditionalAuthenticationProviders',
      '[{AuthenticationType: "API_KEY", LambdaAuthorizerConfig: absent, OpenIDConnectConfig: absent, UserPoolConfig: absent}, {AuthenticationType: "AWS_LAMBDA", LambdaAuthorizerConfig: {AuthorizerUri: "u", AuthorizerResultTtlInSeconds: absent, IdentityValidationExpression: absent}, OpenIDConnectConfig: absent, UserPoolConfig: absent}]',
      '[{Type: API_KEY}, {Type: AWS_LAMBDA, LambdaAuthorizer: {AuthorizerUri: u}}]',
    ],
    [
      'is turned off',
      resources('F: {Type: AWS::Serverless::GraphQLApi, Properties: {Logging: false}}'),
      'F',
      'LogConfig',
      'absent',
    ],
    ['is an implicit stage', events('Type: Api'), 'ServerlessRestApiProdStage', 'StageName', '"Prod"', 'E'],
    [
      'is not there in an implicit stage',
      events('Type: Api'),
      'ServerlessRestApiProdStage',
      'AccessLogSetting',
      'absent',
      'E',
    ],
    [
      'is not there in an implicit API',
      events('Type: Api'),
      'ServerlessRestApi',
      'EndpointConfiguration.Types',
      'absent',
    ],
    [
      'is opened by an event',
      resources(
        'F: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: S3, Properties: {Bucket: !Ref B}}}}}\n  B: {Type: AWS::S3::Bucket}',
      ),
      'B',
      'NotificationConfiguration',
      'absent or not',
      'B',
    ],
    [
      'is not opened by an event of another one',
      resources(
        'F: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: S3, Properties: {Bucket: !Ref C}}}}}\n  B: {Type: AWS::S3::Bucket}',
      ),
      'B',
      'NotificationConfiguration',
      'absent',
      'B',
    ],
    [
      'is opened by an event where it is written',
      resources(
        'F: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: S3, Properties: {Bucket: !Ref B}}}}}\n  B: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {TopicConfigurations: []}}}',
      ),
      'B',
      'NotificationConfiguration',
      '{TopicConfigurations: [], …}',
    ],
    [
      'opens only what it writes',
      resources(
        'F: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: S3, Properties: {Bucket: !Ref B}}}}}\n  B: {Type: AWS::S3::Bucket}',
      ),
      'B',
      'BucketName',
      'absent',
      'B',
    ],
  ];
  for (const [what, text, family, path, expected, at] of rows)
    it(what, () => {
      const resource = resourceOf(text, family);
      assert.equal(propertyText(resource, path), expected);
      if (at !== undefined) assert.equal(textAt(text, resource, path), at);
    });
});

describe('what SAM makes of an event', () => {
  it('is named where the event is', () => {
    const text = events('Type: AlexaSkill');
    const place = (family: string): string => {
      const { use } = resourceOf(text, family).self.origin;
      return (HEAD + text).slice(use.start, use.end);
    };
    assert.deepEqual(['F', 'FRole', 'FEPermission'].map(place), ['F', 'F', 'E']);
  });
});

describe('a native path', () => {
  const rows: readonly (readonly [text: string, family: string, path: string, expected: string])[] = [
    [fn('Handler: a'), 'F', 'MemorySize', 'MemorySize'],
    [fn('Handler: a'), 'F', 'TracingConfig.Mode', 'Tracing'],
    [fn('Handler: a'), 'F', 'TracingConfig', 'Tracing'],
    [fn('Handler: a'), 'F', 'Code.ZipFile', 'InlineCode'],
    [fn('Handler: a'), 'F', 'Environment.Variables', 'Environment.Variables'],
    [fn('Handler: a'), 'F', 'Role', 'Role'],
    [fn('Handler: a'), 'F', 'Tags', 'Tags'],
    [fn('Handler: a'), 'FRole', 'Policies[].PolicyDocument', 'Policies[]'],
    [fn('Handler: a'), 'FRole', 'ManagedPolicyArns', 'Policies'],
    [fn('FunctionUrlConfig: {AuthType: NONE}'), 'FUrl', 'AuthType', 'FunctionUrlConfig.AuthType'],
    [fn('FunctionUrlConfig: {AuthType: NONE}'), 'FUrlPublicPermissions', 'Principal', 'FunctionUrlConfig.AuthType'],
    [events('Type: SQS'), 'FE', 'KmsKeyArn', 'Events.E.Properties.KmsKeyArn'],
    [resources('A: {Type: AWS::Serverless::Api}'), 'A', 'Policy.Statement[].Effect', 'Policy.Statement[].Effect'],
    [resources('A: {Type: AWS::Serverless::Api}'), 'A', 'EndpointConfiguration.Types', 'EndpointConfiguration.Type'],
    [resources('S: {Type: AWS::Serverless::StateMachine}'), 'S', 'LoggingConfiguration.Level', 'Logging.Level'],
    [
      resources('G: {Type: AWS::Serverless::GraphQLApi}'),
      'G',
      'AdditionalAuthenticationProviders[].AuthenticationType',
      'Auth.Additional[].Type',
    ],
    [resources('G: {Type: AWS::Serverless::GraphQLApi}'), 'G', 'AdditionalAuthenticationProviders', 'Auth.Additional'],
  ];
  for (const [text, family, path, expected] of rows)
    it(`of ${path} of ${family} is ${expected}`, () =>
      assert.equal(resourceOf(text, family).nativePath(path), expected));
});

describe('a reference in a template of SAM', () => {
  const text =
    fn('AutoPublishAlias: live, FunctionUrlConfig: {AuthType: NONE}, Events: {E: {Type: Schedule}, A: {Type: Api}}') +
    `  Api: {Type: AWS::Serverless::Api, Properties: {StageName: dev}}
  FUrl2: {Type: T::A::B}
  X:
    Type: T::A::B
    Properties:
      Role: !Ref FRole
      RoleArn: !GetAtt FRole.Arn
      Url: !GetAtt [FUrl, FunctionUrl]
      Alias: !Ref F.Alias
      Version: !Ref F.Version
      Stage: !Ref Api.Stage
      StageId: !Ref ApidevStage
      Rule: !GetAtt FE.Arn
      Implicit: !Ref ServerlessRestApi
      ImplicitStage: !Ref ServerlessRestApi.Stage
      Sub: !Sub 'a\${FRole}b'
      Nothing: !Ref FNothing
`;
  const rows: readonly (readonly [name: string, expected: string])[] = [
    ['Role', 'FRole'],
    ['RoleArn', 'FRole.Arn'],
    ['Url', 'FUrl.FunctionUrl'],
    ['Alias', 'FAliaslive'],
    ['Version', 'FVersion'],
    ['Stage', 'ApidevStage'],
    ['StageId', 'ApidevStage'],
    ['Rule', 'FE.Arn'],
    ['Implicit', 'ServerlessRestApi'],
    ['ImplicitStage', 'ServerlessRestApiProdStage'],
    ['Sub', '"a" + FRole + "b"'],
    ['Nothing', '?syntax'],
  ];
  for (const [name, expected] of rows)
    it(`is ${name}`, () => assert.equal(propertyText(resourceOf(text, 'X'), name), expected));

  it('leads to what is made', () => {
    const stack = stackOf(text);
    const at = (address: string): string | undefined => stack.byAddress(address)?.type;
    assert.deepEqual(
      [
        'F',
        'FRole',
        'FUrl',
        'FAliaslive',
        'ApidevStage',
        'FE',
        'ServerlessRestApi',
        'ServerlessRestApiProdStage',
        'FNothing',
      ].map(at),
      [
        'AWS::Lambda::Function',
        'AWS::IAM::Role',
        'AWS::Lambda::Url',
        'AWS::Lambda::Alias',
        'AWS::ApiGateway::Stage',
        'AWS::Events::Rule',
        'AWS::ApiGateway::RestApi',
        'AWS::ApiGateway::Stage',
        undefined,
      ],
    );
  });

  it('leads to what its author wrote before what is made', () => {
    const both = `${fn('Handler: a')}  FRole: {Type: AWS::IAM::Role, Properties: {Path: /mine/}}\n`;
    assert.equal(propertyText(stackOf(both).byAddress('FRole')!, 'Path'), '"/mine/"');
  });

  it('connects a policy with a role that is made', () => {
    const stack = stackOf(`${fn('Handler: a')}  P: {Type: AWS::IAM::Policy, Properties: {Roles: [!Ref FRole]}}\n`);
    assert.deepEqual(
      stack
        .byAddress('FRole')!
        .related('role-policies')
        .edges.map(({ resource }) => resource.address),
      ['P'],
    );
  });
});

describe('a template of SAM', () => {
  const rows: readonly (readonly [what: string, text: string, closed: boolean])[] = [
    ['is all', fn('Handler: a'), true],
    [
      'may have more where a connector is not understood',
      `${fn('Handler: a')}  C: {Type: AWS::Serverless::Connector}\n`,
      false,
    ],
    [
      'may have more where a connector is embedded that is not understood',
      fn('Handler: a', ', Connectors: !Ref X'),
      false,
    ],
    ['is all where no connector is embedded', fn('Handler: a', ', Connectors: {}'), true],
    ['may have more where a type is not known', `${fn('Handler: a')}  N: {Type: AWS::Serverless::New}\n`, false],
    ['is all where an event makes a queue', events('Type: SNS, Properties: {Topic: t, SqsSubscription: true}'), true],
  ];
  for (const [what, text, closed] of rows) it(what, () => assert.equal(stackOf(text).closed, closed));

  it('has findings in the words of its author', () => {
    const text = `${HEAD}${fn("Policies: [{Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}]")}`;
    const [finding] = analysed({ 't.yaml': text }, { rules: new Set(['iam-policy-admin-wildcard']) }).documents[0]!
      .findings;
    assert.deepEqual(
      [
        finding!.resource,
        finding!.resourceType,
        finding!.subjects,
        finding!.path,
        text.slice(finding!.at.start, finding!.at.end),
      ],
      ['F', 'AWS::Serverless::Function', ['F'], 'Properties.Policies[0].Statement[0].Action', "'*'"],
    );
  });

  it('makes what it makes of each turn of a loop', () => {
    const text = `Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - F\${Name}:
        Type: AWS::Serverless::Function
        Properties: {Policies: [{SQSSendMessagePolicy: {QueueName: !Sub 'q-\${Name}'}}], Events: {E: {Type: SQS, Properties: {Queue: q}}}}
`;
    assert.deepEqual(resourceLines(text), [
      'FA AWS::Lambda::Function',
      'FARole AWS::IAM::Role',
      'FAE AWS::Lambda::EventSourceMapping',
      'FB AWS::Lambda::Function',
      'FBRole AWS::IAM::Role',
      'FBE AWS::Lambda::EventSourceMapping',
    ]);
    assert.deepEqual(policyLines(resourceOf(text, 'FBRole')), ['FBRolePolicy0: sqs:SendMessage* on arn:?:sqs:?:?:q-B']);
    assert.deepEqual(propertyText(resourceOf(text, 'FA'), 'Role'), 'FARole.Arn');
  });

  it('within another one says what it says alone', () => {
    const child = `${HEAD}${fn('FunctionUrlConfig: {AuthType: NONE}, Policies: [{S3WritePolicy: {BucketName: "*"}}], DeadLetterQueue: {Type: SQS, TargetArn: t}')}  P: {Type: AWS::IAM::Policy, Properties: {Roles: [!Ref FRole], PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}}}\n`;
    const outer =
      'Transform: AWS::Serverless-2016-10-31\nResources:\n  Child: {Type: AWS::Serverless::Application, Properties: {Location: child.yaml}}\n';
    const findingsIn = (files: Readonly<Record<string, string>>): readonly string[] =>
      analysed(files)
        .documents.flatMap(({ findings }) => findings)
        .map(({ rule, certainty, severity, at }) => `${rule} ${certainty} ${severity} ${at.start}`);
    const alone = findingsIn({ 'child.yaml': child });
    assert.ok(alone.length > 2);
    assert.deepEqual(findingsIn({ 't.yaml': outer, 'child.yaml': child }), alone);
  });
});
