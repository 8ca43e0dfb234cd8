import { namedSecretRule } from '../forms/named-secret-rule.ts';

const ADVICE = 'Pass it from a Lambda authorizer';

export default namedSecretRule({
  id: 'apigateway-stage-variable-secrets',
  severity: 'high',
  judged: '2026-11-29',
  title: 'API Gateway stage variables should not contain secrets',
  keywords: ['plaintext credentials', 'hard-coded token', 'API key'],
  why: 'Stage variables are not meant for credentials. Anyone who can read the repository or the stage can read them.',
  remedy:
    'Remove the secret from the stage variables and change it. Pass sensitive data to integrations in the output of a Lambda authorizer.',
  sources: {
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/stage-variables.html':
      'Stage variables of REST APIs are not for credentials; a Lambda authorizer passes sensitive data to integrations.',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.stage-variables.html':
      'The same holds for stage variables of HTTP APIs.',
  },
  what: 'stage variable',
  carriers: {
    'AWS::ApiGateway::Stage': [
      { path: 'Variables', advice: ADVICE },
      { path: 'CanarySetting.StageVariableOverrides', advice: ADVICE },
    ],
    'AWS::ApiGateway::Deployment': { path: 'StageDescription.Variables', advice: ADVICE },
    'AWS::ApiGatewayV2::Stage': { path: 'StageVariables', advice: ADVICE },
  },
});
