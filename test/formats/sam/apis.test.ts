/** What SAM makes of APIs and of the events that call by them. */
import assert from 'node:assert/strict';
import { plainText, policyLines, propertyText, resourceLines, resourceOf, textAt } from './made.ts';

const FUNCTION = '  F: {Type: AWS::Serverless::Function, Properties: {Role: r, Events: {';
const api = (properties: string): string =>
  `Resources:\n  A: {Type: AWS::Serverless::Api, Properties: {StageName: dev, ${properties}}}\n`;
const http = (properties: string): string =>
  `Resources:\n  A: {Type: AWS::Serverless::HttpApi, Properties: {${properties}}}\n`;
const socket = (properties: string): string =>
  `Resources:\n  A: {Type: AWS::Serverless::WebSocketApi, Properties: {${properties}}}\n`;
const calling = (events: string): string => `${api('Name: a')}${FUNCTION}${events}}}}\n`;

/** A line for each permission: whose it is, who calls, and from where. */
function permissions(text: string): readonly string[] {
  const ids = resourceLines(text)
    .filter((line) => line.includes('AWS::Lambda::Permission'))
    .map((line) => line.replace(' AWS::Lambda::Permission', ''));
  return ids.map((line) => {
    const permission = resourceOf(text, line.split(' ')[0]!);
    return `${line}: ${plainText(permission.get('FunctionName'))} from ${plainText(permission.get('SourceArn'))}`;
  });
}

describe('an event of an API', () => {
  const REST = 'arn:?:execute-api:?:?:';
  const rows: readonly (readonly [what: string, text: string, ...expected: string[]])[] = [
    [
      'calls by its method and path',
      calling('E: {Type: Api, Properties: {RestApiId: !Ref A, Method: get, Path: /users}}'),
      `FEPermissiondev: F from ${REST}A/*/GET/users`,
    ],
    [
      'calls by any method',
      calling('E: {Type: Api, Properties: {RestApiId: !Ref A, Method: ANY, Path: /}}'),
      `FEPermissiondev: F from ${REST}A/*/*/`,
    ],
    [
      'calls by a path with parameters',
      calling("E: {Type: Api, Properties: {RestApiId: !Ref A, Method: post, Path: '/a/{b}/{c+}'}}"),
      `FEPermissiondev: F from ${REST}A/*/POST/a/*/*`,
    ],
    [
      'calls by the API that is made for it',
      calling('E: {Type: Api, Properties: {Method: get, Path: /}}'),
      `FEPermissionProd: F from ${REST}ServerlessRestApi/*/GET/`,
    ],
    [
      'calls by an API that is named',
      calling('E: {Type: Api, Properties: {RestApiId: A, Method: get, Path: /}}'),
      `FEPermissiondev: F from ${REST}A/*/GET/`,
    ],
    [
      'calls by an API elsewhere',
      calling('E: {Type: Api, Properties: {RestApiId: !ImportValue a, Method: get, Path: /}}'),
      `FEPermissionAllStages: F from ${REST}?/*/GET/`,
    ],
    [
      'calls by an HTTP API',
      `${http('Name: a')}${FUNCTION}E: {Type: HttpApi, Properties: {ApiId: !Ref A, Method: get, Path: /}}}}}\n`,
      `FEPermission: F from ${REST}A/*/GET/`,
    ],
    [
      'calls by an HTTP API on all routes',
      `${http('Name: a')}${FUNCTION}E: {Type: HttpApi, Properties: {ApiId: !Ref A}}}}}\n`,
      `FEPermission: F from ${REST}A/*/*`,
    ],
    [
      'calls by an HTTP API on the default route',
      `${http('Name: a')}${FUNCTION}E: {Type: HttpApi, Properties: {ApiId: !Ref A, Path: $default, Method: ANY}}}}}\n`,
      `FEPermission: F from ${REST}A/*/$default`,
    ],
    [
      'is permitted by that of all routes',
      `${http('Name: a')}${FUNCTION}E: {Type: HttpApi, Properties: {ApiId: !Ref A}}, G: {Type: HttpApi, Properties: {ApiId: !Ref A, Method: get, Path: /}}}}}\n`,
      `FEPermission: F from ${REST}A/*/*`,
    ],
    [
      'is not permitted by that of all routes of another API',
      `${http('Name: a')}${FUNCTION}E: {Type: HttpApi}, G: {Type: HttpApi, Properties: {ApiId: !Ref A, Method: get, Path: /}}}}}\n`,
      `FEPermission: F from ${REST}ServerlessHttpApi/*/*`,
      `FGPermission: F from ${REST}A/*/GET/`,
    ],
    [
      'calls the alias of a function',
      calling('E: {Type: Api, Properties: {RestApiId: !Ref A, Method: get, Path: /}}').replace(
        'Role: r',
        'Role: r, AutoPublishAlias: live',
      ),
      `FEPermissiondev: FAliaslive from ${REST}A/*/GET/`,
    ],
  ];
  for (const [what, text, ...expected] of rows) it(what, () => assert.deepEqual(permissions(text), expected));
});

describe('an authorizer that is a function', () => {
  const ARN = 'arn:?:execute-api:?:?:A/authorizers/*';
  const rows: readonly (readonly [what: string, text: string, ...expected: string[]])[] = [
    [
      'may be called',
      api('Auth: {Authorizers: {One: {FunctionArn: f}, Two: {UserPoolArn: u}}}'),
      `AOneAuthorizerPermission: f from ${ARN}`,
    ],
    [
      'may be called in one scenario',
      api('Auth: {Authorizers: !If [IsProd, {One: {FunctionArn: f}}, {Two: {FunctionArn: g}}]}'),
      `AOneAuthorizerPermission if IsProd is true: f from ${ARN}`,
      `ATwoAuthorizerPermission if IsProd is false: g from ${ARN}`,
    ],
    [
      'may not be called where that is turned off',
      api('Auth: {Authorizers: {One: {FunctionArn: f, DisableFunctionDefaultPermissions: true}}}'),
    ],
    ['may not be called by an HTTP API', http('Auth: {Authorizers: {One: {FunctionArn: f}}}')],
    [
      'may be called by an HTTP API where that is turned on',
      http('Auth: {Authorizers: {One: {FunctionArn: f, EnableFunctionDefaultPermissions: true}}}'),
      `AOneAuthorizerPermission: f from ${ARN}`,
    ],
    [
      'may be called by a WebSocket API',
      socket('Auth: {AuthArn: f, AuthType: CUSTOM}'),
      `AAuthorizerPermission: f from ${ARN}`,
    ],
    ['is called with a role by a WebSocket API', socket('Auth: {AuthArn: f, AuthType: CUSTOM, InvokeRole: r}')],
  ];
  for (const [what, text, ...expected] of rows) it(what, () => assert.deepEqual(permissions(text), expected));

  it('lies at its name', () => {
    const text = api('Auth: {Authorizers: {One: {FunctionArn: f}}}');
    assert.deepEqual(
      ['Principal', 'FunctionName'].map((path) => textAt(text, resourceOf(text, 'AOneAuthorizerPermission'), path)),
      ['One', 'f'],
    );
  });
});

describe('the policy of a REST API', () => {
  const ANYONE = 'execute-api:Invoke on ? for *';
  const rules = (resourcePolicy: string): readonly string[] =>
    policyLines(resourceOf(api(`Auth: {ResourcePolicy: {${resourcePolicy}}}`), 'A'));
  const rows: readonly (readonly [what: string, said: string, expected: string])[] = [
    [
      'is what its author writes',
      'CustomStatements: [{Effect: Allow, Action: a, Resource: b, Principal: "*"}]',
      'a on b for *',
    ],
    ['is one statement', 'CustomStatements: {Effect: Deny, Action: a, Resource: b}', 'Deny a on b'],
    ['lets accounts in', "AwsAccountWhitelist: ['1', '2']", 'execute-api:Invoke on ? for AWS 1 2'],
    ['keeps accounts out', "AwsAccountBlacklist: ['1']", 'Deny execute-api:Invoke on ? for AWS 1'],
    [
      'lets addresses in',
      'IpRangeWhitelist: [10.0.0.0/8]',
      `${ANYONE}; Deny ${ANYONE} where NotIpAddress aws:SourceIp`,
    ],
    ['keeps addresses out', 'IpRangeBlacklist: [10.0.0.0/8]', `${ANYONE}; Deny ${ANYONE} where IpAddress aws:SourceIp`],
    [
      'tells networks from their endpoints',
      'SourceVpcWhitelist: [vpc-1, vpce-2]',
      `${ANYONE}; Deny ${ANYONE} where StringNotEquals aws:SourceVpc; Deny ${ANYONE} where StringNotEquals aws:SourceVpce`,
    ],
    [
      'keeps endpoints out',
      'IntrinsicVpceBlacklist: [!Ref Env]',
      `${ANYONE}; Deny ${ANYONE} where StringEquals aws:SourceVpce`,
    ],
    [
      'allows anyone once',
      'IpRangeWhitelist: [10.0.0.0/8], IpRangeBlacklist: [10.1.0.0/16]',
      `${ANYONE}; Deny ${ANYONE} where NotIpAddress aws:SourceIp; Deny ${ANYONE} where IpAddress aws:SourceIp`,
    ],
    [
      'depends on a condition',
      'IpRangeWhitelist: !If [IsProd, [10.0.0.0/8], !Ref AWS::NoValue]',
      `${ANYONE} if IsProd is true; Deny ${ANYONE} where NotIpAddress aws:SourceIp if IsProd is true`,
    ],
  ];
  for (const [what, resourcePolicy, expected] of rows)
    it(what, () => assert.deepEqual(rules(resourcePolicy), [expected]));

  it('is in its definition', () => {
    assert.deepEqual(
      policyLines(
        resourceOf(
          api('DefinitionBody: {x-amazon-apigateway-policy: {Statement: {Effect: Allow, Action: a, Resource: b}}}'),
          'A',
        ),
      ),
      ['a on b'],
    );
  });

  it('is none where nothing is said of one', () => assert.deepEqual(policyLines(resourceOf(api('Name: a'), 'A')), []));

  it('lies where it is written', () => {
    const text = api('Auth: {ResourcePolicy: {IpRangeWhitelist: [10.0.0.0/8]}}');
    const [document] = resourceOf(text, 'A').policies().documents;
    assert.deepEqual(
      document!.statements.map(({ value }) => value.origin.edit),
      ['none', 'none'],
    );
    assert.equal(textAt(text, resourceOf(text, 'A'), 'Policy.Statement'), '{IpRangeWhitelist: [10.0.0.0/8]}');
  });
});

describe('the routes of a WebSocket API', () => {
  const text = socket(
    'Auth: {AuthType: AWS_IAM}, StageName: live, Routes: {$connect: {FunctionArn: f}, send: {FunctionArn: g, ApiKeyRequired: true}}',
  );

  it('are made one by one', () => {
    assert.deepEqual(resourceLines(text).slice(1), [
      'AliveStage AWS::ApiGatewayV2::Stage',
      'AConnectIntegration AWS::ApiGatewayV2::Integration',
      'AsendIntegration AWS::ApiGatewayV2::Integration',
      'AConnectRoute AWS::ApiGatewayV2::Route',
      'AsendRoute AWS::ApiGatewayV2::Route',
      'AConnectPermission AWS::Lambda::Permission',
      'AsendPermission AWS::Lambda::Permission',
    ]);
  });

  it('are authorized where a connection begins', () => {
    assert.deepEqual(
      ['AConnectRoute', 'AsendRoute'].map((id) => propertyText(resourceOf(text, id), 'AuthorizationType')),
      ['"AWS_IAM"', 'absent'],
    );
    assert.equal(textAt(text, resourceOf(text, 'AConnectRoute'), 'AuthorizationType'), 'AWS_IAM');
  });

  it('call functions', () =>
    assert.deepEqual(permissions(text), [
      'AConnectPermission: f from arn:?:execute-api:?:?:A.ApiId/live/$connect',
      'AsendPermission: g from arn:?:execute-api:?:?:A.ApiId/live/send',
    ]));

  it('have words of SAM', () =>
    assert.equal(resourceOf(text, 'AsendRoute').nativePath('ApiKeyRequired'), 'Routes.send.ApiKeyRequired'));
});

describe('a setting of an HTTP API', () => {
  const rows: readonly (readonly [
    what: string,
    text: string,
    family: string,
    path: string,
    expected: string,
    at?: string,
  ])[] = [
    [
      'lets every origin in',
      http('CorsConfiguration: true'),
      'A',
      'CorsConfiguration',
      '{AllowOrigins: ["*"]}',
      'true',
    ],
    [
      'lets some origins in',
      http('CorsConfiguration: {AllowOrigins: [a]}'),
      'A',
      'CorsConfiguration',
      '{AllowOrigins: ["a"]}',
      '{AllowOrigins: [a]}',
    ],
    ['lets no origin in', http('CorsConfiguration: false'), 'A', 'CorsConfiguration', 'false'],
    [
      'is of a stage',
      http('AccessLogSettings: {DestinationArn: d}'),
      'AApiGatewayDefaultStage',
      'AccessLogSettings.DestinationArn',
      '"d"',
      'd',
    ],
    [
      'is of its routes',
      http('RouteSettings: {"GET /": {ThrottlingBurstLimit: 1}}'),
      'AApiGatewayDefaultStage',
      'RouteSettings',
      '{GET /: {ThrottlingBurstLimit: 1}}',
    ],
    [
      'is completed by an event',
      `${http('RouteSettings: {"GET /": {ThrottlingBurstLimit: 1}}')}${FUNCTION}E: {Type: HttpApi, Properties: {ApiId: !Ref A, RouteSettings: {ThrottlingBurstLimit: 2}}}}}}\n`,
      'AApiGatewayDefaultStage',
      'RouteSettings',
      '?transform',
    ],
    [
      'is not completed by an event that says nothing of it',
      `${http('Name: a')}${FUNCTION}E: {Type: HttpApi, Properties: {ApiId: !Ref A}}}}}\n`,
      'AApiGatewayDefaultStage',
      'RouteSettings',
      'absent',
    ],
    ['marks its stage', http('Tags: {a: b}'), 'AApiGatewayDefaultStage', 'Tags', '{httpapi:createdBy: "SAM", a: "b"}'],
    [
      'does not mark the stage of an API that is in a file',
      http('Tags: {a: b}, DefinitionUri: s3://b/k'),
      'AApiGatewayDefaultStage',
      'Tags',
      'absent',
    ],
  ];
  for (const [what, text, family, path, expected, at] of rows)
    it(what, () => {
      const resource = resourceOf(text, family);
      assert.equal(propertyText(resource, path), expected);
      if (at !== undefined) assert.equal(textAt(text, resource, path), at);
    });

  it('marks the stage of a WebSocket API where that is asked for', () => {
    assert.deepEqual(
      ['true', 'false'].map((propagate) =>
        propertyText(resourceOf(socket(`Tags: {a: b}, PropagateTags: ${propagate}`), 'ADefaultStage'), 'Tags'),
      ),
      ['{websocketapi:createdBy: "SAM", a: "b"}', '{websocketapi:createdBy: "SAM"}'],
    );
  });
});
