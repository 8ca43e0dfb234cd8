import type { Connection } from '../../model/relation.ts';
import { KEY_PATHS } from './keys.ts';
import { names, type Link } from './link.ts';
import { LOG_GROUP_PATHS } from './log-groups.ts';
import { NETWORK_LINKS } from './network-links.ts';
import { ROLE_PATHS } from './roles.ts';
import {
  ALIAS,
  CLASSIC_BALANCER,
  FUNCTION,
  INSTANCE,
  LISTENER,
  LOAD_BALANCER,
  REST_API,
  TARGET_GROUP,
} from './types.ts';

const VERSION = 'AWS::Lambda::Version';
const QUEUE = 'AWS::SQS::Queue';
const TOPIC = 'AWS::SNS::Topic';
const BUCKET = 'AWS::S3::Bucket';
const ROLE = 'AWS::IAM::Role';
const MANAGED_POLICY = 'AWS::IAM::ManagedPolicy';
const STATE_MACHINE = 'AWS::StepFunctions::StateMachine';
const STREAM = 'AWS::Kinesis::Stream';
const FIREHOSE = 'AWS::KinesisFirehose::DeliveryStream';
const LOG_GROUP = 'AWS::Logs::LogGroup';
const EVENT_BUS = 'AWS::Events::EventBus';
const HTTP_API = 'AWS::ApiGatewayV2::Api';
const TABLES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];
const CLUSTERS = ['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'];
const CALLED = [FUNCTION, ALIAS, VERSION];
const KEYS = ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey', 'AWS::KMS::Alias'];

/**
 * Which properties connect which types of resources, by the connection. The names of types and properties are those of the resource
 * specification, against which tests hold them: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
 */
export const LINKS: Readonly<Record<Connection, readonly Link[]>> = {
  ...NETWORK_LINKS,

  // Identities
  'role-policies': [
    names(MANAGED_POLICY, { 'AWS::IAM::Role': ['ManagedPolicyArns[]'] }),
    names(
      ROLE,
      { 'AWS::IAM::Policy': ['Roles[]'], 'AWS::IAM::ManagedPolicy': ['Roles[]'], 'AWS::IAM::RolePolicy': ['RoleName'] },
      { reversed: true },
    ),
  ],
  'user-policies': [
    names(MANAGED_POLICY, { 'AWS::IAM::User': ['ManagedPolicyArns[]'] }),
    names(
      'AWS::IAM::User',
      { 'AWS::IAM::Policy': ['Users[]'], 'AWS::IAM::ManagedPolicy': ['Users[]'], 'AWS::IAM::UserPolicy': ['UserName'] },
      { reversed: true },
    ),
  ],
  'group-policies': [
    names(MANAGED_POLICY, { 'AWS::IAM::Group': ['ManagedPolicyArns[]'] }),
    names(
      'AWS::IAM::Group',
      {
        'AWS::IAM::Policy': ['Groups[]'],
        'AWS::IAM::ManagedPolicy': ['Groups[]'],
        'AWS::IAM::GroupPolicy': ['GroupName'],
      },
      { reversed: true },
    ),
  ],
  'permission-set-policies': [
    names(MANAGED_POLICY, { 'AWS::SSO::PermissionSet': ['CustomerManagedPolicyReferences[].Name'] }),
  ],
  'user-groups': [names('AWS::IAM::Group', { 'AWS::IAM::User': ['Groups[]'] })],
  'addition-group': [names('AWS::IAM::Group', { 'AWS::IAM::UserToGroupAddition': ['GroupName'] })],
  'addition-users': [names('AWS::IAM::User', { 'AWS::IAM::UserToGroupAddition': ['Users[]'] })],
  'permissions-boundary': [
    names(MANAGED_POLICY, {
      'AWS::IAM::Role': ['PermissionsBoundary'],
      'AWS::IAM::User': ['PermissionsBoundary'],
      'AWS::SSO::PermissionSet': ['PermissionsBoundary.CustomerManagedPolicyReference.Name'],
    }),
  ],
  roles: [names(ROLE, ROLE_PATHS)],
  'instance-profile': [
    names('AWS::IAM::InstanceProfile', {
      'AWS::AutoScaling::LaunchConfiguration': ['IamInstanceProfile'],
      'AWS::Batch::ComputeEnvironment': ['ComputeResources.InstanceRole'],
      'AWS::EC2::Instance': ['IamInstanceProfile'],
      'AWS::EC2::LaunchTemplate': [
        'LaunchTemplateData.IamInstanceProfile.Arn',
        'LaunchTemplateData.IamInstanceProfile.Name',
      ],
      'AWS::EC2::SpotFleet': ['SpotFleetRequestConfigData.LaunchSpecifications[].IamInstanceProfile.Arn'],
      'AWS::ECS::CapacityProvider': ['ManagedInstancesProvider.InstanceLaunchTemplate.Ec2InstanceProfileArn'],
      'AWS::EMR::Cluster': ['JobFlowRole'],
      'AWS::ImageBuilder::InfrastructureConfiguration': ['InstanceProfileName'],
      'AWS::OpsWorks::Layer': ['CustomInstanceProfileArn'],
      'AWS::OpsWorks::Stack': ['DefaultInstanceProfileArn'],
      'AWS::RDS::DBInstance': ['CustomIAMInstanceProfile'],
    }),
  ],

  // Functions
  'function-log-groups': [
    names(LOG_GROUP, { 'AWS::Lambda::Function': ['LoggingConfig.LogGroup'] }),
    // A function without a log group of its own has one by its name: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
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

  // Keys
  'aliased-key': [names(['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'], { 'AWS::KMS::Alias': ['TargetKeyId'] })],
  keys: [names(KEYS, KEY_PATHS)],
  'primary-key': [names('AWS::KMS::Key', { 'AWS::KMS::ReplicaKey': ['PrimaryKeyArn'] })],

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
    names([FUNCTION, ALIAS, STATE_MACHINE, LISTENER, LOAD_BALANCER, QUEUE, TOPIC], {
      'AWS::ApiGateway::Authorizer': ['AuthorizerUri'],
      'AWS::ApiGateway::Method': ['Integration.Uri'],
      'AWS::ApiGatewayV2::Authorizer': ['AuthorizerUri'],
      'AWS::ApiGatewayV2::Integration': ['IntegrationUri'],
    }),
    names('AWS::ApiGatewayV2::Integration', { 'AWS::ApiGatewayV2::Route': ['Target'] }),
  ],

  // Logs
  'log-groups': [names(LOG_GROUP, LOG_GROUP_PATHS)],
  'log-group': [
    names(LOG_GROUP, {
      'AWS::Logs::LogStream': ['LogGroupName'],
      'AWS::Logs::MetricFilter': ['LogGroupName'],
      'AWS::Logs::QueryDefinition': ['LogGroupNames[]'],
      'AWS::Logs::SubscriptionFilter': ['LogGroupName'],
    }),
  ],
  'log-buckets': [
    names(BUCKET, {
      'AWS::CloudTrail::Trail': ['S3BucketName'],
      'AWS::Config::DeliveryChannel': ['S3BucketName'],
      'AWS::EC2::FlowLog': ['LogDestination'],
      'AWS::ElasticLoadBalancing::LoadBalancer': ['AccessLoggingPolicy.S3BucketName'],
      'AWS::ElasticLoadBalancingV2::LoadBalancer': ['access_logs', 'connection_logs', 'health_check_logs'].map(
        (logs) => `LoadBalancerAttributes[Key=${logs}.s3.bucket].Value`,
      ),
      'AWS::Redshift::Cluster': ['LoggingProperties.BucketName'],
    }),
    names(BUCKET, { 'AWS::CloudFront::Distribution': ['DistributionConfig.Logging.Bucket'] }, { host: true }),
  ],
  'access-log-bucket': [names(BUCKET, { 'AWS::S3::Bucket': ['LoggingConfiguration.DestinationBucketName'] })],

  // Storage
  bucket: [names(BUCKET, { 'AWS::S3::BucketPolicy': ['Bucket'] })],
  'replica-buckets': [names(BUCKET, { 'AWS::S3::Bucket': ['ReplicationConfiguration.Rules[].Destination.Bucket'] })],
  'accessed-bucket': [names(BUCKET, { 'AWS::S3::AccessPoint': ['Bucket'] })],
  origins: [
    names(
      [BUCKET, LOAD_BALANCER, CLASSIC_BALANCER, INSTANCE, REST_API, HTTP_API, 'AWS::Lambda::Url'],
      { 'AWS::CloudFront::Distribution': ['DistributionConfig.Origins[].DomainName'] },
      { host: true },
    ),
  ],
  'origin-access': [
    names('AWS::CloudFront::OriginAccessControl', {
      'AWS::CloudFront::Distribution': ['DistributionConfig.Origins[].OriginAccessControlId'],
    }),
    names('AWS::CloudFront::CloudFrontOriginAccessIdentity', {
      'AWS::CloudFront::Distribution': ['DistributionConfig.Origins[].S3OriginConfig.OriginAccessIdentity'],
    }),
  ],
  'file-system': [
    names('AWS::EFS::FileSystem', {
      'AWS::EFS::MountTarget': ['FileSystemId'],
      'AWS::EFS::AccessPoint': ['FileSystemId'],
    }),
  ],
  mounts: [
    names('AWS::EFS::AccessPoint', { 'AWS::Lambda::Function': ['FileSystemConfigs[].Arn'] }),
    names('AWS::EFS::FileSystem', { 'AWS::ECS::TaskDefinition': ['Volumes[].EFSVolumeConfiguration.FilesystemId'] }),
  ],

  // Databases and containers
  'db-cluster': [
    names('AWS::RDS::DBCluster', { 'AWS::RDS::DBInstance': ['DBClusterIdentifier'] }),
    names('AWS::DocDB::DBCluster', { 'AWS::DocDB::DBInstance': ['DBClusterIdentifier'] }),
    names('AWS::Neptune::DBCluster', { 'AWS::Neptune::DBInstance': ['DBClusterIdentifier'] }),
  ],
  'parameter-group': [
    names('AWS::RDS::DBParameterGroup', {
      'AWS::RDS::DBInstance': ['DBParameterGroupName'],
      'AWS::RDS::DBCluster': ['DBInstanceParameterGroupName'],
    }),
    names('AWS::RDS::DBClusterParameterGroup', { 'AWS::RDS::DBCluster': ['DBClusterParameterGroupName'] }),
    names('AWS::DocDB::DBClusterParameterGroup', { 'AWS::DocDB::DBCluster': ['DBClusterParameterGroupName'] }),
    names('AWS::Neptune::DBClusterParameterGroup', { 'AWS::Neptune::DBCluster': ['DBClusterParameterGroupName'] }),
    names('AWS::Neptune::DBParameterGroup', {
      'AWS::Neptune::DBInstance': ['DBParameterGroupName'],
      'AWS::Neptune::DBCluster': ['DBInstanceParameterGroupName'],
    }),
    names('AWS::ElastiCache::ParameterGroup', {
      'AWS::ElastiCache::CacheCluster': ['CacheParameterGroupName'],
      'AWS::ElastiCache::ReplicationGroup': ['CacheParameterGroupName'],
    }),
    names('AWS::Redshift::ClusterParameterGroup', { 'AWS::Redshift::Cluster': ['ClusterParameterGroupName'] }),
    names('AWS::MemoryDB::ParameterGroup', { 'AWS::MemoryDB::Cluster': ['ParameterGroupName'] }),
    names('AWS::DAX::ParameterGroup', { 'AWS::DAX::Cluster': ['ParameterGroupName'] }),
  ],
  secret: [
    names('AWS::SecretsManager::Secret', {
      'AWS::SecretsManager::ResourcePolicy': ['SecretId'],
      'AWS::SecretsManager::RotationSchedule': ['SecretId'],
      'AWS::SecretsManager::SecretTargetAttachment': ['SecretId'],
    }),
  ],
  'secret-target': [
    names(['AWS::RDS::DBInstance', 'AWS::RDS::DBProxy', ...CLUSTERS, 'AWS::Redshift::Cluster'], {
      'AWS::SecretsManager::SecretTargetAttachment': ['TargetId'],
    }),
  ],
  'task-definition': [
    names('AWS::ECS::TaskDefinition', {
      'AWS::ECS::Service': ['TaskDefinition'],
      'AWS::ECS::TaskSet': ['TaskDefinition'],
      'AWS::Events::Rule': ['Targets[].EcsParameters.TaskDefinitionArn'],
      'AWS::Scheduler::Schedule': ['Target.EcsParameters.TaskDefinitionArn'],
    }),
  ],
  'ecs-cluster': [
    names('AWS::ECS::Cluster', {
      'AWS::ECS::Service': ['Cluster'],
      'AWS::ECS::TaskSet': ['Cluster'],
      'AWS::ECS::ClusterCapacityProviderAssociations': ['Cluster'],
    }),
  ],
};
