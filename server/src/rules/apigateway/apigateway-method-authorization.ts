import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'apigateway-method-authorization',
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'API Gateway methods should require authorization',
  keywords: ['AuthorizationType', 'NONE', 'open access', 'public API', 'authorizer', 'unauthenticated'],
  why: 'Anyone who can reach the API can call a method without authorization. Preflight requests (OPTIONS) have no credentials, so they are exempt.',
  remedy:
    'Set AuthorizationType to AWS_IAM, COGNITO_USER_POOLS or CUSTOM with an authorizer. An API key identifies a client and is not meant as its only authorization.',
  sources: {
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-auth.html':
      'The authorization type NONE means open access.',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-method.html':
      'AuthorizationType is the authorization of a method, and ApiKeyRequired whether it needs an API key. A Cognito or Lambda authorizer is named by AuthorizerId.',
    'https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-apifunctionauth.html':
      'In SAM, the authorizer NONE makes a route public, also if the API has a default authorizer.',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html':
      'API keys should not be used for authentication or authorization.',
  },
  aliases: {
    checkov: ['CKV_AWS_59'],
    trivy: ['AWS-0004'],
    cfn_nag: ['W59'],
    guard: ['API_GW_METHOD_AUTHORIZATION_TYPE_RULE'],
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
    },
  },
  forbidden: { ignoringCase: ['NONE'] },
  write: 'AWS_IAM',
  absent: 'safe',
  problem: 'accepts requests without authorization',
  consequence: 'Anyone who can reach the API can call it.',
  advice: 'Add an authorizer.',
  fix: { cost: 'callers must sign requests with AWS credentials' },
});
