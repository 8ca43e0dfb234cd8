/** The properties that connect functions, messages, and the APIs that invoke them. */
import type { Connection } from '../../model/relation.ts';
import { names, type Link } from './link.ts';
import {
  ALIAS,
  BUCKET,
  FUNCTION,
  HTTP_API,
  LISTENER,
  LOAD_BALANCER,
  LOG_GROUP,
  REGISTRY,
  REST_API,
  TARGET_GROUP,
} from './types.ts';

const VERSION = 'AWS::Lambda::Version';
const QUEUE = 'AWS::SQS::Queue';
const TOPIC = 'AWS::SNS::Topic';
const STATE_MACHINE = 'AWS::StepFunctions::StateMachine';
const STREAM = 'AWS::Kinesis::Stream';
const FIREHOSE = 'AWS::KinesisFirehose::DeliveryStream';
const EVENT_BUS = 'AWS::Events::EventBus';
const TABLES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];
const CALLED = [FUNCTION, ALIAS, VERSION];

/** A part of `LINKS`, which documents the source of the names. */
export const EVENT_LINKS = {
  // Functions
  'function-log-groups': [
    names(LOG_GROUP, { 'AWS::Lambda::Function': ['LoggingConfig.LogGroup'] }),
    // A function without a configured log group has one with a default name:
    // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
    names(FUNCTION, { 'AWS::Logs::LogGroup': ['LogGroupName'] }, { reversed: true, before: '/aws/lambda/' }),
  ],
  'permission-function': [names(FUNCTION, { 'AWS::Lambda::Permission': ['FunctionName'] })],
  'permission-alias': [names(ALIAS, { 'AWS::Lambda::Permission': ['FunctionName'] })],
  'permission-url': [names('AWS::Lambda::Url', { 'AWS::Lambda::Permission': ['FunctionName'] })],
  'function-of-url': [names(FUNCTION, { 'AWS::Lambda::Url': ['TargetFunctionArn'] })],
  'alias-of-url': [names(ALIAS, { 'AWS::Lambda::Url': ['TargetFunctionArn'] })],
  'function-of-alias': [names(FUNCTION, { 'AWS::Lambda::Alias': ['FunctionName'] })],
  'function-of-version': [names(FUNCTION, { 'AWS::Lambda::Version': ['FunctionName'] })],
  'alias-versions': [
    names(VERSION, {
      'AWS::Lambda::Alias': ['FunctionVersion', 'RoutingConfig.AdditionalVersionWeights[].FunctionVersion'],
    }),
  ],
  'event-source-function': [names(CALLED, { 'AWS::Lambda::EventSourceMapping': ['FunctionName'] })],
  'event-source': [
    names(
      [
        QUEUE,
        STREAM,
        'AWS::Kinesis::StreamConsumer',
        ...TABLES,
        'AWS::MSK::Cluster',
        'AWS::MSK::ServerlessCluster',
        'AWS::AmazonMQ::Broker',
        'AWS::DocDB::DBCluster',
      ],
      { 'AWS::Lambda::EventSourceMapping': ['EventSourceArn'], 'AWS::Pipes::Pipe': ['Source'] },
    ),
  ],
  'invoke-config-function': [names(FUNCTION, { 'AWS::Lambda::EventInvokeConfig': ['FunctionName'] })],
  layers: [
    names('AWS::Lambda::LayerVersion', {
      'AWS::Lambda::Function': ['Layers[]'],
      'AWS::Lambda::LayerVersionPermission': ['LayerVersionArn'],
    }),
  ],
  'invocation-source': [
    names(
      [
        BUCKET,
        TOPIC,
        'AWS::Events::Rule',
        REST_API,
        HTTP_API,
        LOG_GROUP,
        LOAD_BALANCER,
        TARGET_GROUP,
        'AWS::Cognito::UserPool',
        STATE_MACHINE,
        'AWS::SecretsManager::Secret',
      ],
      { 'AWS::Lambda::Permission': ['SourceArn'] },
    ),
  ],
  'outcome-destinations': [
    names([QUEUE, TOPIC, FUNCTION, EVENT_BUS, BUCKET], {
      'AWS::Lambda::EventInvokeConfig': [
        'DestinationConfig.OnFailure.Destination',
        'DestinationConfig.OnSuccess.Destination',
      ],
      'AWS::Lambda::EventSourceMapping': ['DestinationConfig.OnFailure.Destination'],
    }),
  ],

  // Messages
  'dead-letter-target': [
    names([QUEUE, TOPIC], {
      'AWS::Events::Rule': ['Targets[].DeadLetterConfig.Arn'],
      'AWS::Lambda::Function': ['DeadLetterConfig.TargetArn'],
      'AWS::Scheduler::Schedule': ['Target.DeadLetterConfig.Arn'],
      'AWS::SNS::Subscription': ['RedrivePolicy.deadLetterTargetArn'],
      'AWS::SQS::Queue': ['RedrivePolicy.deadLetterTargetArn'],
    }),
  ],
  'policy-topics': [
    names(TOPIC, { 'AWS::SNS::TopicPolicy': ['Topics[]'], 'AWS::SNS::TopicInlinePolicy': ['TopicArn'] }),
  ],
  'policy-queues': [names(QUEUE, { 'AWS::SQS::QueuePolicy': ['Queues[]'], 'AWS::SQS::QueueInlinePolicy': ['Queue'] })],
  'subscribed-topic': [names(TOPIC, { 'AWS::SNS::Subscription': ['TopicArn'] })],
  'subscription-endpoint': [
    names([QUEUE, FUNCTION, ALIAS, FIREHOSE], {
      'AWS::SNS::Subscription': ['Endpoint'],
      'AWS::SNS::Topic': ['Subscription[].Endpoint'],
    }),
  ],
  'event-targets': [
    names(
      [
        FUNCTION,
        ALIAS,
        QUEUE,
        TOPIC,
        STATE_MACHINE,
        STREAM,
        FIREHOSE,
        LOG_GROUP,
        EVENT_BUS,
        'AWS::ECS::Cluster',
        'AWS::CodeBuild::Project',
        'AWS::CodePipeline::Pipeline',
        'AWS::Batch::JobQueue',
      ],
      {
        'AWS::Events::Rule': ['Targets[].Arn'],
        'AWS::Scheduler::Schedule': ['Target.Arn'],
        'AWS::Pipes::Pipe': ['Target'],
      },
    ),
  ],
  'event-bus': [
    names(EVENT_BUS, {
      'AWS::Events::Archive': ['SourceArn'],
      'AWS::Events::EventBusPolicy': ['EventBusName'],
      'AWS::Events::Rule': ['EventBusName'],
    }),
  ],
  'notification-targets': [
    names([FUNCTION, ALIAS], { 'AWS::S3::Bucket': ['NotificationConfiguration.LambdaConfigurations[].Function'] }),
    names(QUEUE, { 'AWS::S3::Bucket': ['NotificationConfiguration.QueueConfigurations[].Queue'] }),
    names(TOPIC, {
      'AWS::S3::Bucket': ['NotificationConfiguration.TopicConfigurations[].Topic'],
      'AWS::AutoScaling::AutoScalingGroup': ['NotificationConfigurations[].TopicARN'],
      'AWS::CloudTrail::Trail': ['SnsTopicName'],
      'AWS::CloudWatch::Alarm': ['AlarmActions[]', 'InsufficientDataActions[]', 'OKActions[]'],
      'AWS::Config::DeliveryChannel': ['SnsTopicARN'],
      'AWS::RDS::EventSubscription': ['SnsTopicArn'],
    }),
  ],

  // APIs
  api: [
    names(REST_API, {
      'AWS::ApiGateway::Authorizer': ['RestApiId'],
      'AWS::ApiGateway::BasePathMapping': ['RestApiId'],
      'AWS::ApiGateway::Deployment': ['RestApiId'],
      'AWS::ApiGateway::DocumentationPart': ['RestApiId'],
      'AWS::ApiGateway::DocumentationVersion': ['RestApiId'],
      'AWS::ApiGateway::GatewayResponse': ['RestApiId'],
      'AWS::ApiGateway::Method': ['RestApiId'],
      'AWS::ApiGateway::Model': ['RestApiId'],
      'AWS::ApiGateway::RequestValidator': ['RestApiId'],
      'AWS::ApiGateway::Resource': ['RestApiId'],
      'AWS::ApiGateway::Stage': ['RestApiId'],
      'AWS::ApiGateway::UsagePlan': ['ApiStages[].ApiId'],
      'AWS::ApiGateway::BasePathMappingV2': ['RestApiId'],
      'AWS::ApiGatewayV2::ApiMapping': ['ApiId'],
    }),
    names(HTTP_API, {
      'AWS::ApiGatewayV2::ApiMapping': ['ApiId'],
      'AWS::ApiGatewayV2::Authorizer': ['ApiId'],
      'AWS::ApiGatewayV2::Deployment': ['ApiId'],
      'AWS::ApiGatewayV2::Integration': ['ApiId'],
      'AWS::ApiGatewayV2::IntegrationResponse': ['ApiId'],
      'AWS::ApiGatewayV2::Model': ['ApiId'],
      'AWS::ApiGatewayV2::Route': ['ApiId'],
      'AWS::ApiGatewayV2::RouteResponse': ['ApiId'],
      'AWS::ApiGatewayV2::Stage': ['ApiId'],
    }),
  ],
  'user-pool': [names('AWS::Cognito::UserPool', { 'AWS::Cognito::UserPoolDomain': ['UserPoolId'] })],
  'stage-deployment': [
    names('AWS::ApiGateway::Deployment', { 'AWS::ApiGateway::Stage': ['DeploymentId', 'CanarySetting.DeploymentId'] }),
    names('AWS::ApiGatewayV2::Deployment', { 'AWS::ApiGatewayV2::Stage': ['DeploymentId'] }),
  ],
  authorizer: [
    names('AWS::ApiGateway::Authorizer', { 'AWS::ApiGateway::Method': ['AuthorizerId'] }),
    names('AWS::ApiGatewayV2::Authorizer', { 'AWS::ApiGatewayV2::Route': ['AuthorizerId'] }),
  ],
  'api-resource': [
    names(['AWS::ApiGateway::Resource', REST_API], {
      'AWS::ApiGateway::Method': ['ResourceId'],
      'AWS::ApiGateway::Resource': ['ParentId'],
    }),
  ],
  'integration-targets': [
    names([FUNCTION, ALIAS, STATE_MACHINE, LISTENER, LOAD_BALANCER, QUEUE, TOPIC, REGISTRY], {
      'AWS::ApiGateway::Authorizer': ['AuthorizerUri'],
      'AWS::ApiGateway::Method': ['Integration.Uri', 'Integration.IntegrationTarget'],
      'AWS::ApiGatewayV2::Authorizer': ['AuthorizerUri'],
      'AWS::ApiGatewayV2::Integration': ['IntegrationUri'],
    }),
    names('AWS::ApiGatewayV2::Integration', { 'AWS::ApiGatewayV2::Route': ['Target'] }),
  ],
  // The requests to AWS services name what they are about:
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html
  // https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html
  'service-integration-targets': [
    names([STATE_MACHINE, QUEUE, STREAM, EVENT_BUS], {
      'AWS::ApiGatewayV2::Integration': [
        'RequestParameters.StateMachineArn',
        'RequestParameters.QueueUrl',
        'RequestParameters.StreamName',
        'RequestParameters.EventBusName',
      ],
    }),
    names(BUCKET, {
      'AWS::ApiGateway::Method': ['Integration.Uri'],
      'AWS::ApiGatewayV2::Integration': ['IntegrationUri'],
    }),
    names(
      [STATE_MACHINE, QUEUE, TOPIC, STREAM, FIREHOSE, EVENT_BUS, ...TABLES],
      {
        'AWS::ApiGateway::Method': ['Integration.RequestTemplates[*]', 'Integration.RequestParameters[*]'],
        'AWS::ApiGatewayV2::Integration': ['RequestTemplates[*]', 'RequestParameters[*]'],
      },
      { text: true },
    ),
  ],
  'mapped-domain': [
    names(['AWS::ApiGateway::DomainName', 'AWS::ApiGatewayV2::DomainName'], {
      'AWS::ApiGateway::BasePathMapping': ['DomainName'],
      'AWS::ApiGatewayV2::ApiMapping': ['DomainName'],
    }),
    names('AWS::ApiGateway::DomainNameV2', { 'AWS::ApiGateway::BasePathMappingV2': ['DomainNameArn'] }),
  ],
  'vpc-link': [
    names(['AWS::ApiGateway::VpcLink', 'AWS::ApiGatewayV2::VpcLink'], {
      'AWS::ApiGateway::Method': ['Integration.ConnectionId'],
      'AWS::ApiGatewayV2::Integration': ['ConnectionId'],
    }),
  ],
  'vpc-link-targets': [names(LOAD_BALANCER, { 'AWS::ApiGateway::VpcLink': ['TargetArns[]'] })],
} as const satisfies Partial<Record<Connection, readonly Link[]>>;
