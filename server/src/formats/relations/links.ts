import type { Connection } from '../../model/relation.ts';
import { EVENT_LINKS } from './event-links.ts';
import { IDENTITY_LINKS } from './identity-links.ts';
import { names, type Link } from './link.ts';
import { NETWORK_LINKS } from './network-links.ts';
import type { ServiceConnection } from './service-links.ts';
import { BUCKET, CLASSIC_BALANCER, HTTP_API, INSTANCE, LOAD_BALANCER, LOG_GROUP, REGISTRY, REST_API } from './types.ts';

const CLUSTERS = ['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'];

/**
 * The properties that relate resources, by the relation. Tests compare the names of types and properties with the
 * resource specification: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
 */
export const LINKS: Readonly<Record<Exclude<Connection, ServiceConnection>, readonly Link[]>> = {
  ...NETWORK_LINKS,
  ...IDENTITY_LINKS,
  ...EVENT_LINKS,

  // Keys
  'granted-key': [names(['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'], { aws_kms_grant: ['key_id'] })],
  'aliased-key': [names(['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'], { 'AWS::KMS::Alias': ['TargetKeyId'] })],
  'primary-key': [names('AWS::KMS::Key', { 'AWS::KMS::ReplicaKey': ['PrimaryKeyArn'] })],

  // Logs
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
  'log-source': [
    names(['AWS::CloudFront::Distribution', LOAD_BALANCER], { 'AWS::Logs::DeliverySource': ['ResourceArn'] }),
  ],
  'access-log-bucket': [names(BUCKET, { 'AWS::S3::Bucket': ['LoggingConfiguration.DestinationBucketName'] })],

  // Storage
  bucket: [names(BUCKET, { 'AWS::S3::BucketPolicy': ['Bucket'] })],
  'replica-buckets': [names(BUCKET, { 'AWS::S3::Bucket': ['ReplicationConfiguration.Rules[].Destination.Bucket'] })],
  'object-bucket': [
    names(BUCKET, { aws_s3_bucket_object: ['bucket'], aws_s3_object: ['bucket'], aws_s3_object_copy: ['bucket'] }),
  ],
  'multi-region-access-point': [
    names('AWS::S3::MultiRegionAccessPoint', { 'AWS::S3::MultiRegionAccessPointPolicy': ['MrapName'] }),
  ],
  'accessed-bucket': [names(BUCKET, { 'AWS::S3::AccessPoint': ['Bucket'] })],
  origins: [
    names(
      [BUCKET, LOAD_BALANCER, CLASSIC_BALANCER, INSTANCE, REST_API, HTTP_API, 'AWS::Lambda::Url'],
      { 'AWS::CloudFront::Distribution': ['DistributionConfig.Origins[].DomainName'] },
      // The host name of a function URL is a part of the only attribute with it.
      { host: true, derived: true },
    ),
  ],
  'vpc-origin': [
    names('AWS::CloudFront::VpcOrigin', {
      'AWS::CloudFront::Distribution': ['DistributionConfig.Origins[].VpcOriginConfig.VpcOriginId'],
    }),
  ],
  'vpc-origin-target': [
    names([LOAD_BALANCER, INSTANCE], { 'AWS::CloudFront::VpcOrigin': ['VpcOriginEndpointConfig.Arn'] }),
  ],
  'accelerator-endpoints': [
    names([LOAD_BALANCER, INSTANCE], {
      'AWS::GlobalAccelerator::EndpointGroup': ['EndpointConfigurations[].EndpointId'],
    }),
  ],
  'accelerator-listener': [
    names('AWS::GlobalAccelerator::Listener', { 'AWS::GlobalAccelerator::EndpointGroup': ['ListenerArn'] }),
  ],
  'listener-accelerator': [
    names('AWS::GlobalAccelerator::Accelerator', { 'AWS::GlobalAccelerator::Listener': ['AcceleratorArn'] }),
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
    // Ref of an attachment is the ARN of its secret.
    names('AWS::SecretsManager::SecretTargetAttachment', { 'AWS::SecretsManager::RotationSchedule': ['SecretId'] }),
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
  'service-registries': [names(REGISTRY, { 'AWS::ECS::Service': ['ServiceRegistries[].RegistryArn'] })],
  'ecs-cluster': [
    names('AWS::ECS::Cluster', {
      'AWS::ECS::Service': ['Cluster'],
      'AWS::ECS::TaskSet': ['Cluster'],
      'AWS::ECS::ClusterCapacityProviderAssociations': ['Cluster'],
    }),
  ],
};
