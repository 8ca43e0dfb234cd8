import { settingRule } from '../forms/setting-rule.ts';

export default settingRule({
  id: 'apigateway-access-logging',
  topic: 'logging',
  severity: 'medium',
  profile: 'strict',
  judged: '2026-11-29',
  title: 'API Gateway stages should have access logging enabled',
  keywords: ['REST API', 'HTTP API', 'WebSocket API', 'audit'],
  why: 'Without access logs, you cannot tell who called an API, from where, and with which result.',
  remedy:
    'Set the ARN of a log group or a Firehose stream, and the format of the entries. For REST APIs, the account also needs a role for CloudWatch Logs.',
  sources: {
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html':
      'An access log tells who called an API and how; it goes to a log group or a Firehose stream, and API Gateway needs permission to write to CloudWatch Logs.',
    'AWS::ApiGateway::Stage': 'AccessLogSetting has the destination and the format of the access log; it is optional.',
    'AWS::ApiGateway::Deployment':
      'A deployment with a stage name creates that stage, with the settings of its stage description.',
    'AWS::ApiGatewayV2::Stage':
      'AccessLogSettings has the destination and the format of the access log of an HTTP or WebSocket API; it is optional.',
  },
  settings: {
    'AWS::ApiGateway::Stage': {
      path: 'AccessLogSetting.DestinationArn',
      aliases: ['CKV_AWS_76', 'AWS-0001', 'AWS-0113', 'W69', 'API_GW_STAGE_ACCESS_LOGGING_RULE'],
    },
    'AWS::ApiGateway::Deployment': {
      path: 'StageDescription.AccessLogSetting.DestinationArn',
      onlyIf: { StageName: 'is set' },
      // The SAM transform gives each deployment a stage of this name, which cannot be configured.
      unless: { StageName: ['Stage'] },
      exceptFor: ['AWS::Serverless::Api', 'AWS::Serverless::Function'],
      aliases: ['W45'],
    },
    'AWS::ApiGatewayV2::Stage': {
      path: 'AccessLogSettings.DestinationArn',
      aliases: ['CKV_AWS_76', 'CKV_AWS_95', 'AWS-0001', 'AWS-0116', 'W46', 'API_GWV2_ACCESS_LOGS_ENABLED'],
      controls: { securityHub: ['APIGateway.9'] },
    },
  },
  forbidden: 'is known to be blank',
  absent: 'unsafe',
  advice: 'Deliver access logs to a log group or a Firehose stream.',
});
