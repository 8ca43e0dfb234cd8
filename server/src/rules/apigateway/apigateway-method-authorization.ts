import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'apigateway-method-authorization',
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-29',
  judgesElsewhere: true,
  title: 'API Gateway methods and routes should require authorization',
  keywords: ['HTTP API', 'WebSocket API', 'NONE', 'open access', 'public API', 'authorizer', 'unauthenticated'],
  why: 'Anyone who can reach the API can call a method or route without authorization. Preflight requests (OPTIONS) have no credentials, so they are exempt.',
  remedy:
    'Set AuthorizationType to AWS_IAM, or add an authorizer and set its type: COGNITO_USER_POOLS or CUSTOM, JWT or CUSTOM for an HTTP API. An API key identifies a client and is not meant as its only authorization.',
  sources: {
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-auth.html':
      'The authorization type NONE means open access.',
    'AWS::ApiGateway::Method':
      'AuthorizationType is the authorization of a method, and ApiKeyRequired whether it needs an API key. A Cognito or Lambda authorizer is named by AuthorizerId.',
    'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-apifunctionauth.html':
      'In SAM, the authorizer NONE overrides the default authorizer of the API. An API with DefinitionBody also needs OverrideApiAuth.',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html': {
      claim:
        'Without an authorization type, the resource policy alone decides: a request needs an explicit allow, and nothing denies it. A policy can admit some networks or VPC endpoints only.',
      seen: '2026-12-02',
    },
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html': {
      claim:
        'A resource policy can restrict an API of any endpoint type to accounts, IP address ranges, VPCs or VPC endpoints in any account.',
      seen: '2026-12-02',
    },
    'AWS::ApiGatewayV2::Route':
      'NONE is open access to a route. HTTP APIs support JWT, AWS_IAM and CUSTOM, WebSocket APIs AWS_IAM and CUSTOM.',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html':
      'In WebSocket APIs, only the $connect route can have a Lambda authorizer.',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html':
      'A route of an HTTP API is a method and a path, or $default for all other requests.',
    'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-httpapifunctionauth.html':
      'The authorizer NONE makes the route of an HttpApi event public.',
    'config:api-gwv2-authorization-type-configured':
      'The check of APIGateway.8 fails for a route with the authorization type NONE.',
    aws_apigatewayv2_route: 'authorization_type is NONE by default.',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html':
      'API keys should not be used for authentication or authorization.',
  },
  settings: {
    'AWS::ApiGateway::Method': {
      path: 'AuthorizationType',
      // A mock integration returns a constant and reaches no backend.
      unless: {
        HttpMethod: { ignoringCase: ['OPTIONS'] },
        ApiKeyRequired: true,
        'Integration.Type': { knownToBe: ['MOCK'] },
      },
      limitedBy: {
        relation: 'api',
        type: 'AWS::ApiGateway::RestApi',
        policy: 'Policy',
        severity: 'low',
        profile: 'strict',
        consequence: 'Any client that the resource policy of the API allows can call it.',
      },
      aliases: ['CKV_AWS_59', 'AWS-0004', 'W59', 'API_GW_METHOD_AUTHORIZATION_TYPE_RULE'],
    },
    'AWS::ApiGatewayV2::Route': [
      {
        path: 'AuthorizationType',
        profile: 'strict',
        // Other routes of a WebSocket API receive messages of clients that $connect accepted.
        onlyIf: { RouteKey: { matches: /^(?!options )[a-z]+ \/|^\$connect$/i } },
        unless: { ApiKeyRequired: true },
        aliases: ['CKV_AWS_309'],
        controls: { securityHub: ['APIGateway.8'] },
      },
      {
        path: 'AuthorizationType',
        profile: 'strict',
        onlyIf: { RouteKey: '$default' },
        unlessRelated: { relation: 'api', type: 'AWS::ApiGatewayV2::Api', meets: { ProtocolType: 'WEBSOCKET' } },
        aliases: ['CKV_AWS_309'],
        controls: { securityHub: ['APIGateway.8'] },
      },
    ],
  },
  forbidden: { ignoringCase: ['NONE'] },
  write: 'AWS_IAM',
  absent: 'safe',
  problem: 'accepts requests without authorization',
  consequence: 'Anyone who can reach the API can call it.',
  advice: 'Add an authorizer.',
  fix: { cost: 'callers must sign requests with AWS credentials' },
});
