import { itemRule } from '../forms/item-rule.ts';

export default itemRule({
  id: 'apigateway-data-trace',
  topic: 'data-exposure',
  severity: 'medium',
  judged: '2026-11-29',
  title: 'API Gateway stages should not have data tracing enabled',
  keywords: ['execution logs', 'full request and response logging', 'sensitive data'],
  why: 'Data tracing writes complete requests and responses to CloudWatch Logs, with tokens, passwords and personal data. Anyone who can read the logs sees them.',
  sources: {
    'https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html':
      'Data tracing is meant for troubleshooting, can log sensitive data, and is not recommended for production.',
    'AWS::ApiGateway::Stage.MethodSetting': 'DataTraceEnabled says whether data trace logging is enabled for a method.',
    'AWS::ApiGatewayV2::Stage.RouteSettings': 'DataTraceEnabled is supported for WebSocket APIs only.',
  },
  aliases: ['CKV_AWS_276'],
  items: {
    'AWS::ApiGateway::Stage': 'MethodSettings[]',
    'AWS::ApiGateway::Deployment': ['StageDescription', 'StageDescription.MethodSettings[]'],
    'AWS::ApiGatewayV2::Stage': 'DefaultRouteSettings',
  },
  setting: 'DataTraceEnabled',
  forbidden: true,
  write: false,
  absent: 'safe',
  problem: 'logs complete requests and responses',
});
