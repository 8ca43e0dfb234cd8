/** The canonical values of Terraform resources: a body, and the values at its paths. */
import assert from 'node:assert/strict';
import { itemsOf, memberAt } from '../../server/src/model/navigate.ts';
import type { Resource } from '../../server/src/model/resource.ts';
import type { Value } from '../../server/src/model/value.ts';
import { stackOf, valuesOf } from './terraform-stack.ts';

/** The values at a path in which `[]` goes through the items of a list: `A[].B`. */
function at(resource: Resource, path: string): string {
  const [first, ...rest] = path.split('[]');
  let values: readonly Value[] = [resource.get(first!)];
  for (const step of rest)
    values = values.flatMap((value) =>
      itemsOf(value).items.map((item) =>
        memberAt(
          item.value,
          step.split('.').filter((name) => name !== ''),
        ),
      ),
    );
  return values.map((value) => valuesOf(value).join(' | ')).join(', ');
}

type Body = Readonly<Record<string, unknown>>;

/** The canonical type, the native one, its body, and what is read of it by path. */
const ROWS: readonly (readonly [
  type: string,
  native: string,
  body: Body,
  expected: Readonly<Record<string, string>>,
])[] = [
  [
    'AutoScaling::AutoScalingGroup',
    'aws_autoscaling_group',
    {
      name: 'n',
      launch_template: { id: 'lt-1', version: '2' },
      mixed_instances_policy: {
        launch_template: {
          launch_template_specification: { launch_template_id: 'lt-2' },
          override: [{ instance_type: 'a' }],
        },
      },
      health_check_type: 'ELB',
      vpc_zone_identifier: ['subnet-1'],
      target_group_arns: ['t'],
    },
    {
      AutoScalingGroupName: 'n',
      'LaunchTemplate.LaunchTemplateId': 'lt-1',
      'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId': 'lt-2',
      'MixedInstancesPolicy.LaunchTemplate.Overrides[].InstanceType': 'a',
      HealthCheckType: 'ELB',
      'VPCZoneIdentifier[]': 'subnet-1',
      'TargetGroupARNs[]': 't',
    },
  ],
  [
    'AutoScaling::LaunchConfiguration',
    'aws_launch_configuration',
    {
      ebs_block_device: [{ device_name: 'x', encrypted: true }],
      metadata_options: { http_tokens: 'required' },
      associate_public_ip_address: false,
      user_data: 'u',
    },
    {
      'BlockDeviceMappings[].Ebs.Encrypted': 'true',
      'MetadataOptions.HttpTokens': 'required',
      AssociatePublicIpAddress: 'false',
      UserData: 'u',
    },
  ],
  [
    'CloudTrail::Trail',
    'aws_cloudtrail',
    {
      s3_bucket_name: 'b',
      is_multi_region_trail: true,
      kms_key_id: 'k',
      event_selector: [{ data_resource: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] }],
      insight_selector: [{ insight_type: 'ApiCallRateInsight' }],
    },
    {
      S3BucketName: 'b',
      IsMultiRegionTrail: 'true',
      KMSKeyId: 'k',
      IsLogging: 'by default true',
      'EventSelectors[].DataResources[].Type': 'AWS::S3::Object',
      'InsightSelectors[].InsightType': 'ApiCallRateInsight',
    },
  ],
  [
    'CloudTrail::EventDataStore',
    'aws_cloudtrail_event_data_store',
    { name: 'n', kms_key_id: 'k' },
    { KmsKeyId: 'k', MultiRegionEnabled: 'by default true' },
  ],
  [
    'CloudFront::Distribution',
    'aws_cloudfront_distribution',
    {
      web_acl_id: 'w',
      default_root_object: 'index.html',
      logging_config: { bucket: 'b' },
      viewer_certificate: { minimum_protocol_version: 'TLSv1.2_2021' },
      default_cache_behavior: {
        viewer_protocol_policy: 'https-only',
        function_association: [{ event_type: 'viewer-request', function_arn: 'f' }],
      },
      ordered_cache_behavior: [{ viewer_protocol_policy: 'allow-all' }],
      origin: [
        {
          domain_name: 'd',
          origin_access_control_id: 'o',
          custom_origin_config: { origin_protocol_policy: 'https-only', origin_ssl_protocols: ['TLSv1.2'] },
        },
      ],
      origin_group: [
        {
          origin_id: 'g',
          failover_criteria: { status_codes: [500] },
          member: [{ origin_id: 'a' }, { origin_id: 'b' }],
        },
      ],
      restrictions: { geo_restriction: { restriction_type: 'none' } },
    },
    {
      'DistributionConfig.WebACLId': 'w',
      'DistributionConfig.DefaultRootObject': 'index.html',
      'DistributionConfig.Logging.Bucket': 'b',
      'DistributionConfig.ViewerCertificate.MinimumProtocolVersion': 'TLSv1.2_2021',
      'DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy': 'https-only',
      'DistributionConfig.DefaultCacheBehavior.FunctionAssociations[].FunctionARN': 'f',
      'DistributionConfig.CacheBehaviors[].ViewerProtocolPolicy': 'allow-all',
      'DistributionConfig.Origins[].CustomOriginConfig.OriginProtocolPolicy': 'https-only',
      'DistributionConfig.Origins[].OriginAccessControlId': 'o',
      'DistributionConfig.OriginGroups.Items[].Members.Items[].OriginId': 'a, b',
      'DistributionConfig.Restrictions.GeoRestriction.RestrictionType': 'none',
    },
  ],
  [
    'CloudFront::OriginAccessControl',
    'aws_cloudfront_origin_access_control',
    { name: 'n', signing_behavior: 'always' },
    { 'OriginAccessControlConfig.SigningBehavior': 'always' },
  ],
  [
    'CloudFront::ResponseHeadersPolicy',
    'aws_cloudfront_response_headers_policy',
    {
      name: 'n',
      security_headers_config: { strict_transport_security: { override: true, access_control_max_age_sec: 5 } },
    },
    { 'ResponseHeadersPolicyConfig.SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec': '5' },
  ],
  [
    'EKS::Cluster',
    'aws_eks_cluster',
    {
      name: 'c',
      role_arn: 'r',
      enabled_cluster_log_types: ['api', 'audit'],
      encryption_config: { resources: ['secrets'], provider: { key_arn: 'k' } },
      deletion_protection: true,
      vpc_config: {
        endpoint_public_access: true,
        public_access_cidrs: ['0.0.0.0/0'],
        subnet_ids: ['s'],
        security_group_ids: ['g'],
      },
      access_config: { authentication_mode: 'API' },
    },
    {
      RoleArn: 'r',
      'Logging.ClusterLogging.EnabledTypes[].Type': 'api, audit',
      'EncryptionConfig[].Provider.KeyArn': 'k',
      'EncryptionConfig[].Resources[]': 'secrets',
      DeletionProtection: 'true',
      'ResourcesVpcConfig.EndpointPublicAccess': 'true',
      'ResourcesVpcConfig.PublicAccessCidrs[]': '0.0.0.0/0',
      'ResourcesVpcConfig.SecurityGroupIds[]': 'g',
      'AccessConfig.AuthenticationMode': 'API',
    },
  ],
  ['EKS::Cluster', 'aws_eks_cluster', { name: 'c' }, { Logging: 'not set', EncryptionConfig: 'not set' }],
  [
    'EKS::Nodegroup',
    'aws_eks_node_group',
    {
      node_role_arn: 'r',
      subnet_ids: ['s'],
      remote_access: { ec2_ssh_key: 'k', source_security_group_ids: ['g'] },
      launch_template: { id: 'l' },
    },
    {
      NodeRole: 'r',
      'Subnets[]': 's',
      'RemoteAccess.Ec2SshKey': 'k',
      'RemoteAccess.SourceSecurityGroups[]': 'g',
      'LaunchTemplate.Id': 'l',
    },
  ],
  [
    'EKS::AccessEntry',
    'aws_eks_access_entry',
    { principal_arn: 'p', user_name: 'u', kubernetes_groups: ['g'] },
    { PrincipalArn: 'p', Username: 'u', 'KubernetesGroups[]': 'g' },
  ],
  [
    'ECS::TaskDefinition',
    'aws_ecs_task_definition',
    {
      family: 'f',
      network_mode: 'host',
      task_role_arn: 'r',
      volume: [
        {
          name: 'v',
          host_path: '/',
          efs_volume_configuration: { file_system_id: 'fs', transit_encryption: 'ENABLED' },
        },
      ],
      container_definitions:
        '${jsonencode([{name = "a", privileged = true, readonlyRootFilesystem = false, environment = [{name = "K", value = "v"}], logConfiguration = {logDriver = "awslogs", options = {awslogs-group = "g"}}}, {name = "b"}])}',
    },
    {
      Family: 'f',
      NetworkMode: 'host',
      TaskRoleArn: 'r',
      'Volumes[].EFSVolumeConfiguration.TransitEncryption': 'ENABLED',
      'Volumes[].Host.SourcePath': '/',
      'ContainerDefinitions[].Name': 'a, b',
      'ContainerDefinitions[].Privileged': 'true, not set',
      'ContainerDefinitions[].ReadonlyRootFilesystem': 'false, not set',
      'ContainerDefinitions[].Environment[].Value': 'v',
      'ContainerDefinitions[].LogConfiguration.Options.awslogs-group': 'g, not set',
    },
  ],
  [
    'ECS::TaskDefinition',
    'aws_ecs_task_definition',
    { container_definitions: '[{"name": "a", "privileged": true, "image": "x"}]' },
    { 'ContainerDefinitions[].Privileged': 'true', 'ContainerDefinitions[].Image': 'x' },
  ],
  [
    'ECS::Service',
    'aws_ecs_service',
    {
      name: 's',
      cluster: 'c',
      enable_execute_command: true,
      network_configuration: { assign_public_ip: true, subnets: ['n'], security_groups: ['g'] },
      deployment_circuit_breaker: { enable: true, rollback: true },
      deployment_maximum_percent: 200,
    },
    {
      ServiceName: 's',
      EnableExecuteCommand: 'true',
      'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp': 'ENABLED',
      'NetworkConfiguration.AwsvpcConfiguration.Subnets[]': 'n',
      'DeploymentConfiguration.DeploymentCircuitBreaker.Rollback': 'true',
      'DeploymentConfiguration.MaximumPercent': '200',
    },
  ],
  [
    'ECS::Service',
    'aws_ecs_service',
    { name: 's', network_configuration: { subnets: ['n'] } },
    {
      'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp': 'by default DISABLED',
      DeploymentConfiguration: 'not set',
    },
  ],
  [
    'ECS::Cluster',
    'aws_ecs_cluster',
    {
      name: 'c',
      setting: [{ name: 'containerInsights', value: 'enabled' }],
      configuration: {
        execute_command_configuration: {
          kms_key_id: 'k',
          logging: 'OVERRIDE',
          log_configuration: { s3_bucket_name: 'b', s3_bucket_encryption_enabled: true },
        },
      },
    },
    {
      ClusterName: 'c',
      'ClusterSettings[].Value': 'enabled',
      'Configuration.ExecuteCommandConfiguration.KmsKeyId': 'k',
      'Configuration.ExecuteCommandConfiguration.LogConfiguration.S3EncryptionEnabled': 'true',
    },
  ],
  [
    'ECS::ClusterCapacityProviderAssociations',
    'aws_ecs_cluster_capacity_providers',
    { cluster_name: 'c', capacity_providers: ['FARGATE'] },
    { Cluster: 'c', 'CapacityProviders[]': 'FARGATE' },
  ],
  [
    'ElastiCache::ReplicationGroup',
    'aws_elasticache_replication_group',
    {
      description: 'd',
      at_rest_encryption_enabled: true,
      transit_encryption_enabled: false,
      auth_token: 't',
      kms_key_id: 'k',
      multi_az_enabled: true,
      snapshot_retention_limit: 5,
      log_delivery_configuration: [{ destination: 'g', log_type: 'slow-log' }],
    },
    {
      ReplicationGroupDescription: 'd',
      AtRestEncryptionEnabled: 'true',
      TransitEncryptionEnabled: 'false',
      AuthToken: 'a secret value',
      KmsKeyId: 'k',
      MultiAZEnabled: 'true',
      SnapshotRetentionLimit: '5',
      'LogDeliveryConfigurations[].LogType': 'slow-log',
    },
  ],
  [
    'ElastiCache::CacheCluster',
    'aws_elasticache_cluster',
    {
      cluster_id: 'c',
      node_type: 't',
      security_group_ids: ['g'],
      transit_encryption_enabled: true,
      snapshot_retention_limit: 1,
    },
    {
      ClusterName: 'c',
      CacheNodeType: 't',
      'VpcSecurityGroupIds[]': 'g',
      TransitEncryptionEnabled: 'true',
      SnapshotRetentionLimit: '1',
    },
  ],
  [
    'ElastiCache::ParameterGroup',
    'aws_elasticache_parameter_group',
    { family: 'redis7', parameter: [{ name: 'a', value: 'b' }] },
    { CacheParameterGroupFamily: 'redis7', 'Properties.a': 'b' },
  ],
  [
    'OpenSearchService::Domain',
    'aws_opensearch_domain',
    {
      domain_name: 'd',
      encrypt_at_rest: { enabled: true, kms_key_id: 'k' },
      node_to_node_encryption: { enabled: true },
      domain_endpoint_options: { tls_security_policy: 'p' },
      cluster_config: { zone_awareness_enabled: true },
      vpc_options: { subnet_ids: ['s'] },
      log_publishing_options: [
        { log_type: 'AUDIT_LOGS', cloudwatch_log_group_arn: 'g' },
        { log_type: 'INDEX_SLOW_LOGS', cloudwatch_log_group_arn: 'h', enabled: false },
      ],
      advanced_security_options: { enabled: true, master_user_options: { master_user_password: 'x' } },
    },
    {
      'EncryptionAtRestOptions.Enabled': 'true',
      'EncryptionAtRestOptions.KmsKeyId': 'k',
      'NodeToNodeEncryptionOptions.Enabled': 'true',
      'DomainEndpointOptions.EnforceHTTPS': 'by default true',
      'DomainEndpointOptions.TLSSecurityPolicy': 'p',
      'ClusterConfig.ZoneAwarenessEnabled': 'true',
      'VPCOptions.SubnetIds[]': 's',
      'LogPublishingOptions.AUDIT_LOGS.Enabled': 'by default true',
      'LogPublishingOptions.AUDIT_LOGS.CloudWatchLogsLogGroupArn': 'g',
      'LogPublishingOptions.INDEX_SLOW_LOGS.Enabled': 'false',
      'LogPublishingOptions.SEARCH_SLOW_LOGS': 'not set',
      'AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword': 'a secret value',
    },
  ],
  [
    'OpenSearchService::Domain',
    'aws_opensearch_domain',
    { domain_name: 'd' },
    { 'DomainEndpointOptions.EnforceHTTPS': 'not set', LogPublishingOptions: 'not set' },
  ],
  [
    'Elasticsearch::Domain',
    'aws_elasticsearch_domain',
    {
      domain_name: 'd',
      encrypt_at_rest: { enabled: false },
      domain_endpoint_options: { enforce_https: false },
      cluster_config: { instance_type: 'i' },
      log_publishing_options: [{ log_type: 'ES_APPLICATION_LOGS', cloudwatch_log_group_arn: 'g' }],
    },
    {
      'EncryptionAtRestOptions.Enabled': 'false',
      'DomainEndpointOptions.EnforceHTTPS': 'false',
      'ElasticsearchClusterConfig.InstanceType': 'i',
      'LogPublishingOptions.ES_APPLICATION_LOGS.CloudWatchLogsLogGroupArn': 'g',
    },
  ],
  [
    'MSK::Cluster',
    'aws_msk_cluster',
    {
      cluster_name: 'c',
      encryption_info: {
        encryption_at_rest_kms_key_arn: 'k',
        encryption_in_transit: { client_broker: 'PLAINTEXT', in_cluster: false },
      },
      client_authentication: { unauthenticated: true, sasl: { iam: true }, tls: { certificate_authority_arns: ['a'] } },
      logging_info: { broker_logs: { cloudwatch_logs: { enabled: true, log_group: 'g' } } },
      broker_node_group_info: {
        client_subnets: ['s'],
        security_groups: ['g'],
        connectivity_info: { public_access: { type: 'SERVICE_PROVIDED_EIPS' } },
      },
    },
    {
      'EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId': 'k',
      'EncryptionInfo.EncryptionInTransit.ClientBroker': 'PLAINTEXT',
      'EncryptionInfo.EncryptionInTransit.InCluster': 'false',
      'ClientAuthentication.Unauthenticated.Enabled': 'true',
      'ClientAuthentication.Sasl.Iam.Enabled': 'true',
      'ClientAuthentication.Sasl.Scram': 'not set',
      'ClientAuthentication.Tls.Enabled': 'true',
      'LoggingInfo.BrokerLogs.CloudWatchLogs.LogGroup': 'g',
      'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type': 'SERVICE_PROVIDED_EIPS',
      'BrokerNodeGroupInfo.ClientSubnets[]': 's',
    },
  ],
  [
    'AmazonMQ::Broker',
    'aws_mq_broker',
    {
      broker_name: 'b',
      engine_type: 'ActiveMQ',
      logs: { general: true, audit: 'false' },
      encryption_options: { kms_key_id: 'k', use_aws_owned_key: false },
      user: [{ username: 'u', password: 'p' }],
    },
    {
      EngineType: 'ACTIVEMQ',
      PubliclyAccessible: 'by default false',
      AutoMinorVersionUpgrade: 'by default false',
      'Logs.General': 'true',
      'Logs.Audit': 'false',
      'EncryptionOptions.KmsKeyId': 'k',
      'EncryptionOptions.UseAwsOwnedKey': 'false',
      'Users[].Password': 'a secret value',
    },
  ],
  [
    'DAX::Cluster',
    'aws_dax_cluster',
    {
      cluster_name: 'c',
      server_side_encryption: { enabled: true },
      cluster_endpoint_encryption_type: 'TLS',
      iam_role_arn: 'r',
    },
    { 'SSESpecification.SSEEnabled': 'true', ClusterEndpointEncryptionType: 'TLS', IAMRoleARN: 'r' },
  ],
  [
    'Kinesis::Stream',
    'aws_kinesis_stream',
    { name: 's', encryption_type: 'KMS', kms_key_id: 'k', retention_period: 48 },
    { 'StreamEncryption.EncryptionType': 'KMS', 'StreamEncryption.KeyId': 'k', RetentionPeriodHours: '48' },
  ],
  ['Kinesis::Stream', 'aws_kinesis_stream', { name: 's', encryption_type: 'NONE' }, { StreamEncryption: 'not set' }],
  [
    'KinesisFirehose::DeliveryStream',
    'aws_kinesis_firehose_delivery_stream',
    {
      name: 's',
      server_side_encryption: { enabled: true, key_type: 'CUSTOMER_MANAGED_CMK', key_arn: 'k' },
      extended_s3_configuration: {
        bucket_arn: 'b',
        role_arn: 'r',
        kms_key_arn: 'd',
        cloudwatch_logging_options: { enabled: true, log_group_name: 'g' },
        s3_backup_configuration: { bucket_arn: 'c' },
      },
      opensearch_configuration: {
        domain_arn: 'o',
        vpc_config: { subnet_ids: ['s'] },
        s3_configuration: { kms_key_arn: 'e' },
      },
    },
    {
      'DeliveryStreamEncryptionConfigurationInput.KeyARN': 'k',
      'ExtendedS3DestinationConfiguration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN': 'd',
      'ExtendedS3DestinationConfiguration.BucketARN': 'b',
      'ExtendedS3DestinationConfiguration.CloudWatchLoggingOptions.LogGroupName': 'g',
      'ExtendedS3DestinationConfiguration.S3BackupConfiguration.BucketARN': 'c',
      'AmazonopensearchserviceDestinationConfiguration.S3Configuration.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN':
        'e',
      'AmazonopensearchserviceDestinationConfiguration.VpcConfiguration.SubnetIds[]': 's',
    },
  ],
  [
    'KinesisFirehose::DeliveryStream',
    'aws_kinesis_firehose_delivery_stream',
    { name: 's', server_side_encryption: { enabled: true } },
    { 'DeliveryStreamEncryptionConfigurationInput.KeyType': 'by default AWS_OWNED_CMK', DeliveryStreamType: 'not set' },
  ],
  [
    'KinesisFirehose::DeliveryStream',
    'aws_kinesis_firehose_delivery_stream',
    {
      name: 's',
      server_side_encryption: { enabled: false, key_type: 'AWS_OWNED_CMK' },
      kinesis_source_configuration: { role_arn: 'r' },
    },
    { DeliveryStreamEncryptionConfigurationInput: 'not set', DeliveryStreamType: 'KinesisStreamAsSource' },
  ],
  [
    'KinesisFirehose::DeliveryStream',
    'aws_kinesis_firehose_delivery_stream',
    { name: 's', server_side_encryption: {} },
    { DeliveryStreamEncryptionConfigurationInput: 'not set' },
  ],
  [
    'SSM::Parameter',
    'aws_ssm_parameter',
    { name: 'p', type: 'String', insecure_value: 'v' },
    { Type: 'String', Value: 'v' },
  ],
  [
    'SSM::Parameter',
    'aws_ssm_parameter',
    { name: 'p', type: 'SecureString', value_wo: 'v', value_wo_version: 1 },
    { Type: 'SecureString', Value: 'v' },
  ],
  [
    'SSM::Document',
    'aws_ssm_document',
    {
      name: 'd',
      document_type: 'Session',
      content: '{"schemaVersion": "1.0", "inputs": {"s3EncryptionEnabled": false}}',
    },
    { DocumentType: 'Session', 'Content.inputs.s3EncryptionEnabled': 'false' },
  ],
  [
    'Cognito::UserPool',
    'aws_cognito_user_pool',
    {
      name: 'p',
      mfa_configuration: 'ON',
      deletion_protection: 'ACTIVE',
      password_policy: { minimum_length: 8, require_symbols: true },
      user_pool_add_ons: { advanced_security_mode: 'ENFORCED' },
      software_token_mfa_configuration: { enabled: true },
    },
    {
      'EnabledMfas[]': 'SOFTWARE_TOKEN_MFA',
      UserPoolName: 'p',
      MfaConfiguration: 'ON',
      DeletionProtection: 'ACTIVE',
      'Policies.PasswordPolicy.MinimumLength': '8',
      'Policies.PasswordPolicy.RequireSymbols': 'true',
      'UserPoolAddOns.AdvancedSecurityMode': 'ENFORCED',
    },
  ],
  [
    'Cognito::UserPool',
    'aws_cognito_user_pool',
    { name: 'p', software_token_mfa_configuration: { enabled: false } },
    { EnabledMfas: 'not set' },
  ],
  [
    'Cognito::IdentityPool',
    'aws_cognito_identity_pool',
    {
      identity_pool_name: 'p',
      allow_unauthenticated_identities: true,
      cognito_identity_providers: [{ client_id: 'c', server_side_token_check: false }],
    },
    { AllowUnauthenticatedIdentities: 'true', 'CognitoIdentityProviders[].ClientId': 'c' },
  ],
  [
    'Cognito::IdentityPoolRoleAttachment',
    'aws_cognito_identity_pool_roles_attachment',
    {
      identity_pool_id: 'i',
      roles: { authenticated: 'r' },
      role_mapping: [{ identity_provider: 'p', type: 'Rules', mapping_rule: [{ claim: 'c', role_arn: 'm' }] }],
    },
    {
      'Roles.authenticated': 'r',
      'RoleMappings.p.Type': 'Rules',
      'RoleMappings.p.RulesConfiguration.Rules[].RoleARN': 'm',
    },
  ],
  [
    'WAFv2::WebACL',
    'aws_wafv2_web_acl',
    {
      name: 'w',
      scope: 'REGIONAL',
      default_action: { allow: {} },
      visibility_config: { cloudwatch_metrics_enabled: true },
      rule: [
        {
          name: 'r',
          priority: 1,
          override_action: { none: {} },
          statement: {
            managed_rule_group_statement: { name: 'AWSManagedRulesKnownBadInputsRuleSet', vendor_name: 'AWS' },
          },
        },
      ],
    },
    {
      'DefaultAction.Allow': 'an object',
      'DefaultAction.Block': 'not set',
      'VisibilityConfig.CloudWatchMetricsEnabled': 'true',
      'Rules[].Statement.ManagedRuleGroupStatement.Name': 'AWSManagedRulesKnownBadInputsRuleSet',
      'Rules[].OverrideAction.None': 'an object',
      'Rules[].Action': 'not set',
    },
  ],
  [
    'WAFv2::WebACL',
    'aws_wafv2_web_acl',
    { name: 'w', rule_json: '[{"Name": "r", "Action": {"Block": {}}}]' },
    { 'Rules[].Action.Block': 'an object' },
  ],
  [
    'WAFv2::WebACLAssociation',
    'aws_wafv2_web_acl_association',
    { resource_arn: 'r', web_acl_arn: 'w' },
    { ResourceArn: 'r', WebACLArn: 'w' },
  ],
  [
    'WAFv2::LoggingConfiguration',
    'aws_wafv2_web_acl_logging_configuration',
    { resource_arn: 'r', log_destination_configs: ['d'] },
    { 'LogDestinationConfigs[]': 'd' },
  ],
  [
    'CodeBuild::Project',
    'aws_codebuild_project',
    {
      environment: { privileged_mode: true, environment_variable: [{ name: 'K', value: 'v' }] },
      artifacts: { type: 'S3', encryption_disabled: true },
      encryption_key: 'k',
      logs_config: { s3_logs: { status: 'ENABLED', encryption_disabled: true } },
      vpc_config: { subnets: ['s'] },
    },
    {
      'Environment.PrivilegedMode': 'true',
      'Environment.EnvironmentVariables[].Value': 'v',
      'Artifacts.EncryptionDisabled': 'true',
      EncryptionKey: 'k',
      'LogsConfig.S3Logs.EncryptionDisabled': 'true',
      'VpcConfig.Subnets[]': 's',
      Triggers: 'not set',
    },
  ],
  [
    'CodePipeline::Pipeline',
    'aws_codepipeline',
    {
      artifact_store: { location: 'b', type: 'S3', encryption_key: { id: 'k', type: 'KMS' } },
      stage: [
        {
          name: 's',
          action: [
            {
              name: 'a',
              category: 'Source',
              provider: 'GitHub',
              input_artifacts: ['i'],
              configuration: { OAuthToken: 't' },
            },
          ],
        },
      ],
    },
    {
      'ArtifactStore.EncryptionKey.Id': 'k',
      'Stages[].Actions[].ActionTypeId.Provider': 'GitHub',
      'Stages[].Actions[].InputArtifacts[].Name': 'i',
      'Stages[].Actions[].Configuration.OAuthToken': 'a secret value',
    },
  ],
  [
    'StepFunctions::StateMachine',
    'aws_sfn_state_machine',
    {
      name: 'm',
      definition: '{}',
      logging_configuration: { level: 'ALL', log_destination: 'g' },
      tracing_configuration: { enabled: true },
    },
    {
      StateMachineName: 'm',
      'LoggingConfiguration.Level': 'ALL',
      'LoggingConfiguration.Destinations[].CloudWatchLogsLogGroup.LogGroupArn': 'g',
      'TracingConfiguration.Enabled': 'true',
    },
  ],
  [
    'SageMaker::NotebookInstance',
    'aws_sagemaker_notebook_instance',
    {
      name: 'n',
      kms_key_id: 'k',
      direct_internet_access: 'Disabled',
      root_access: 'Enabled',
      security_groups: ['g'],
      instance_metadata_service_configuration: { minimum_instance_metadata_service_version: '2' },
    },
    {
      KmsKeyId: 'k',
      DirectInternetAccess: 'Disabled',
      RootAccess: 'Enabled',
      'SecurityGroupIds[]': 'g',
      'InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion': '2',
    },
  ],
  [
    'SageMaker::Domain',
    'aws_sagemaker_domain',
    { kms_key_id: 'k', app_network_access_type: 'VpcOnly', default_user_settings: { execution_role: 'r' } },
    { KmsKeyId: 'k', AppNetworkAccessType: 'VpcOnly', 'DefaultUserSettings.ExecutionRole': 'r' },
  ],
  [
    'SageMaker::EndpointConfig',
    'aws_sagemaker_endpoint_configuration',
    { kms_key_arn: 'k', production_variants: [{ model_name: 'm' }] },
    { KmsKeyId: 'k', 'ProductionVariants[].ModelName': 'm' },
  ],
  [
    'Athena::WorkGroup',
    'aws_athena_workgroup',
    {
      name: 'w',
      configuration: {
        result_configuration: { encryption_configuration: { encryption_option: 'SSE_KMS', kms_key_arn: 'k' } },
      },
    },
    {
      'WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration.EncryptionOption': 'SSE_KMS',
      'WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration.KmsKey': 'k',
      'WorkGroupConfiguration.EnforceWorkGroupConfiguration': 'by default true',
    },
  ],
  [
    'Athena::WorkGroup',
    'aws_athena_workgroup',
    { name: 'w' },
    { 'WorkGroupConfiguration.EnforceWorkGroupConfiguration': 'not set' },
  ],
  [
    'Glue::SecurityConfiguration',
    'aws_glue_security_configuration',
    {
      name: 's',
      encryption_configuration: {
        s3_encryption: { s3_encryption_mode: 'SSE-KMS', kms_key_arn: 'k' },
        cloudwatch_encryption: { cloudwatch_encryption_mode: 'DISABLED' },
        job_bookmarks_encryption: { job_bookmarks_encryption_mode: 'CSE-KMS' },
      },
    },
    {
      'EncryptionConfiguration.S3Encryptions[].S3EncryptionMode': 'SSE-KMS',
      'EncryptionConfiguration.S3Encryptions[].KmsKeyArn': 'k',
      'EncryptionConfiguration.CloudWatchEncryption.CloudWatchEncryptionMode': 'DISABLED',
      'EncryptionConfiguration.JobBookmarksEncryption.JobBookmarksEncryptionMode': 'CSE-KMS',
    },
  ],
  [
    'Glue::DataCatalogEncryptionSettings',
    'aws_glue_data_catalog_encryption_settings',
    {
      data_catalog_encryption_settings: {
        connection_password_encryption: { return_connection_password_encrypted: true, aws_kms_key_id: 'k' },
        encryption_at_rest: { catalog_encryption_mode: 'SSE-KMS', sse_aws_kms_key_id: 'l' },
      },
    },
    {
      'DataCatalogEncryptionSettings.ConnectionPasswordEncryption.KmsKeyId': 'k',
      'DataCatalogEncryptionSettings.ConnectionPasswordEncryption.ReturnConnectionPasswordEncrypted': 'true',
      'DataCatalogEncryptionSettings.EncryptionAtRest.SseAwsKmsKeyId': 'l',
    },
  ],
  [
    'Glue::Crawler',
    'aws_glue_crawler',
    { name: 'c', role: 'r', security_configuration: 's', schedule: 'cron(0 0 * * ? *)' },
    { CrawlerSecurityConfiguration: 's', 'Schedule.ScheduleExpression': 'cron(0 0 * * ? *)' },
  ],
  [
    'Glue::Job',
    'aws_glue_job',
    { name: 'j', role_arn: 'r', security_configuration: 's', connections: ['c'] },
    { Role: 'r', SecurityConfiguration: 's', 'Connections.Connections[]': 'c' },
  ],
  [
    'EMR::Cluster',
    'aws_emr_cluster',
    {
      applications: ['Spark'],
      log_uri: 'l',
      security_configuration: 's',
      ec2_attributes: {
        instance_profile: 'p',
        subnet_id: 'n',
        emr_managed_master_security_group: 'g',
        additional_master_security_groups: 'a,b',
      },
      kerberos_attributes: { realm: 'r' },
      termination_protection: true,
      configurations_json: '[{"Classification": "x", "Properties": {"a": "b"}}]',
    },
    {
      'Applications[].Name': 'Spark',
      LogUri: 'l',
      SecurityConfiguration: 's',
      JobFlowRole: 'p',
      'Instances.Ec2SubnetId': 'n',
      'Instances.EmrManagedMasterSecurityGroup': 'g',
      'Instances.AdditionalMasterSecurityGroups[]': 'a,b',
      'KerberosAttributes.Realm': 'r',
      'Instances.TerminationProtected': 'true',
      'Configurations[].ConfigurationProperties.a': 'b',
    },
  ],
  [
    'EMR::SecurityConfiguration',
    'aws_emr_security_configuration',
    { name: 's', configuration: '{"EncryptionConfiguration": {"EnableInTransitEncryption": false}}' },
    { 'SecurityConfiguration.EncryptionConfiguration.EnableInTransitEncryption': 'false' },
  ],
  [
    'WorkSpaces::Workspace',
    'aws_workspaces_workspace',
    { root_volume_encryption_enabled: true, volume_encryption_key: 'k' },
    { RootVolumeEncryptionEnabled: 'true', UserVolumeEncryptionEnabled: 'not set', VolumeEncryptionKey: 'k' },
  ],
  [
    'Backup::BackupVault',
    'aws_backup_vault',
    { name: 'v', kms_key_arn: 'k' },
    { BackupVaultName: 'v', EncryptionKeyArn: 'k', LockConfiguration: 'not set' },
  ],
  [
    'Backup::BackupPlan',
    'aws_backup_plan',
    {
      name: 'p',
      rule: [
        {
          rule_name: 'r',
          target_vault_name: 'v',
          lifecycle: { delete_after: 30 },
          copy_action: [{ destination_vault_arn: 'd' }],
        },
      ],
    },
    {
      'BackupPlan.BackupPlanName': 'p',
      'BackupPlan.BackupPlanRule[].Lifecycle.DeleteAfterDays': '30',
      'BackupPlan.BackupPlanRule[].CopyActions[].DestinationBackupVaultArn': 'd',
    },
  ],
  [
    'DMS::ReplicationInstance',
    'aws_dms_replication_instance',
    { replication_instance_id: 'i', kms_key_arn: 'k' },
    { PubliclyAccessible: 'by default false', AutoMinorVersionUpgrade: 'by default false', KmsKeyId: 'k' },
  ],
  [
    'DMS::ReplicationInstance',
    'aws_dms_replication_instance',
    { replication_instance_id: 'i', publicly_accessible: true },
    { PubliclyAccessible: 'true' },
  ],
  [
    'DMS::Endpoint',
    'aws_dms_endpoint',
    {
      endpoint_id: 'e',
      ssl_mode: 'none',
      password: 'p',
      kafka_settings: { sasl_password: 's' },
      redis_settings: { auth_password: 'a' },
    },
    {
      SslMode: 'none',
      Password: 'a secret value',
      'KafkaSettings.SaslPassword': 'a secret value',
      'RedisSettings.AuthPassword': 'a secret value',
    },
  ],
  [
    'Transfer::Server',
    'aws_transfer_server',
    {
      endpoint_type: 'VPC',
      protocols: ['FTP'],
      security_policy_name: 's',
      endpoint_details: { subnet_ids: ['n'] },
      url: 'u',
      function: 'f',
    },
    {
      EndpointType: 'VPC',
      'Protocols[]': 'FTP',
      SecurityPolicyName: 's',
      'EndpointDetails.SubnetIds[]': 'n',
      'IdentityProviderDetails.Function': 'f',
    },
  ],
  [
    'AppSync::GraphQLApi',
    'aws_appsync_graphql_api',
    {
      name: 'a',
      authentication_type: 'API_KEY',
      log_config: { field_log_level: 'ALL', cloudwatch_logs_role_arn: 'r' },
      xray_enabled: true,
    },
    {
      AuthenticationType: 'API_KEY',
      'LogConfig.FieldLogLevel': 'ALL',
      'LogConfig.CloudWatchLogsRoleArn': 'r',
      XrayEnabled: 'true',
    },
  ],
  [
    'AppSync::ApiCache',
    'aws_appsync_api_cache',
    { api_id: 'a', at_rest_encryption_enabled: true },
    { AtRestEncryptionEnabled: 'true', TransitEncryptionEnabled: 'not set' },
  ],
  [
    'Config::ConfigurationAggregator',
    'aws_config_configuration_aggregator',
    { name: 'a', organization_aggregation_source: { all_regions: true, role_arn: 'r' } },
    { 'OrganizationAggregationSource.AllAwsRegions': 'true', 'OrganizationAggregationSource.RoleArn': 'r' },
  ],
  [
    'Config::ConfigurationRecorder',
    'aws_config_configuration_recorder',
    { role_arn: 'r', recording_group: { include_global_resource_types: true } },
    {
      RoleARN: 'r',
      'RecordingGroup.AllSupported': 'by default true',
      'RecordingGroup.IncludeGlobalResourceTypes': 'true',
    },
  ],
  [
    'GuardDuty::Detector',
    'aws_guardduty_detector',
    { datasources: { malware_protection: { scan_ec2_instance_with_findings: { ebs_volumes: { enable: true } } } } },
    { Enable: 'by default true', 'DataSources.MalwareProtection.ScanEc2InstanceWithFindings.EbsVolumes': 'true' },
  ],
  [
    'Route53::RecordSet',
    'aws_route53_record',
    {
      zone_id: 'z',
      name: 'n',
      records: ['r'],
      alias: { name: 'd', zone_id: 'y' },
      weighted_routing_policy: { weight: 5 },
    },
    { HostedZoneId: 'z', 'ResourceRecords[]': 'r', 'AliasTarget.DNSName': 'd', Weight: '5' },
  ],
  [
    'Route53::HostedZone',
    'aws_route53_zone',
    { name: 'n', vpc: [{ vpc_id: 'v' }] },
    { Name: 'n', 'VPCs[].VPCId': 'v', QueryLoggingConfig: 'not set' },
  ],
  [
    'CertificateManager::Certificate',
    'aws_acm_certificate',
    {
      domain_name: '*.example.com',
      validation_method: 'EMAIL',
      options: { certificate_transparency_logging_preference: 'DISABLED' },
    },
    { DomainName: '*.example.com', ValidationMethod: 'EMAIL', CertificateTransparencyLoggingPreference: 'DISABLED' },
  ],
  ['Timestream::Database', 'aws_timestreamwrite_database', { database_name: 'd', kms_key_id: 'k' }, { KmsKeyId: 'k' }],
  [
    'QLDB::Ledger',
    'aws_qldb_ledger',
    { name: 'l', permissions_mode: 'ALLOW_ALL', deletion_protection: false },
    { PermissionsMode: 'ALLOW_ALL', DeletionProtection: 'false' },
  ],
  [
    'AccessAnalyzer::Analyzer',
    'aws_accessanalyzer_analyzer',
    { analyzer_name: 'a', type: 'ORGANIZATION' },
    { Type: 'ORGANIZATION' },
  ],
  // Of further services
  [
    'FSx::FileSystem',
    'aws_fsx_windows_file_system',
    { kms_key_id: 'k', automatic_backup_retention_days: 0, self_managed_active_directory: { password: 'p' } },
    {
      FileSystemType: 'WINDOWS',
      KmsKeyId: 'k',
      'WindowsConfiguration.AutomaticBackupRetentionDays': '0',
      'WindowsConfiguration.SelfManagedActiveDirectoryConfiguration.Password': 'a secret value',
    },
  ],
  [
    'FSx::FileSystem',
    'aws_fsx_lustre_file_system',
    { deployment_type: 'SCRATCH_1' },
    { FileSystemType: 'LUSTRE', 'LustreConfiguration.DeploymentType': 'SCRATCH_1', WindowsConfiguration: 'not set' },
  ],
  [
    'MWAA::Environment',
    'aws_mwaa_environment',
    {
      webserver_access_mode: 'PUBLIC_ONLY',
      logging_configuration: { scheduler_logs: { enabled: true, log_level: 'INFO' } },
    },
    { WebserverAccessMode: 'PUBLIC_ONLY', 'LoggingConfiguration.SchedulerLogs.Enabled': 'true' },
  ],
  [
    'MemoryDB::Cluster',
    'aws_memorydb_cluster',
    { name: 'c', kms_key_arn: 'k', tls_enabled: false },
    { ClusterName: 'c', KmsKeyId: 'k', TLSEnabled: 'false' },
  ],
  [
    'Batch::JobDefinition',
    'aws_batch_job_definition',
    {
      container_properties:
        '${jsonencode({privileged = true, environment = [{name = "K", value = "v"}], jobRoleArn = "r"})}',
    },
    {
      'ContainerProperties.Privileged': 'true',
      'ContainerProperties.Environment[].Value': 'v',
      'ContainerProperties.JobRoleArn': 'r',
    },
  ],
  [
    'Scheduler::Schedule',
    'aws_scheduler_schedule',
    {
      kms_key_arn: 'k',
      target: { role_arn: 'r', ecs_parameters: { network_configuration: { assign_public_ip: false, subnets: ['s'] } } },
    },
    {
      KmsKeyArn: 'k',
      'Target.RoleArn': 'r',
      'Target.EcsParameters.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp': 'DISABLED',
    },
  ],
  [
    'Cassandra::Table',
    'aws_keyspaces_table',
    {
      encryption_specification: { type: 'CUSTOMER_MANAGED_KMS_KEY', kms_key_identifier: 'k' },
      point_in_time_recovery: { status: 'ENABLED' },
    },
    { 'EncryptionSpecification.EncryptionType': 'CUSTOMER_MANAGED_KMS_KEY', PointInTimeRecoveryEnabled: 'true' },
  ],
  [
    'ElasticBeanstalk::Environment',
    'aws_elastic_beanstalk_environment',
    {
      name: 'e',
      application: 'a',
      setting: [
        { namespace: 'aws:elasticbeanstalk:healthreporting:system', name: 'HealthStreamingEnabled', value: 'true' },
      ],
    },
    { ApplicationName: 'a', 'OptionSettings[].OptionName': 'HealthStreamingEnabled', 'OptionSettings[].Value': 'true' },
  ],
  [
    'Connect::InstanceStorageConfig',
    'aws_connect_instance_storage_config',
    { storage_config: { storage_type: 'S3', s3_config: { bucket_name: 'b', encryption_config: { key_id: 'k' } } } },
    { StorageType: 'S3', 'S3Config.EncryptionConfig.KeyId': 'k', KinesisVideoStreamConfig: 'not set' },
  ],
  [
    'DMS::Endpoint',
    'aws_dms_s3_endpoint',
    { endpoint_id: 'e', bucket_name: 'b', encryption_mode: 'SSE_KMS', server_side_encryption_kms_key_id: 'k' },
    {
      EngineName: 's3',
      'S3Settings.BucketName': 'b',
      'S3Settings.EncryptionMode': 'SSE_KMS',
      'S3Settings.ServerSideEncryptionKmsKeyId': 'k',
    },
  ],
  [
    'WAFRegional::WebACL',
    'aws_wafregional_web_acl',
    { name: 'w', default_action: { type: 'ALLOW' }, rule: [{ rule_id: 'r', action: { type: 'BLOCK' } }] },
    { 'DefaultAction.Type': 'ALLOW', 'Rules[].RuleId': 'r', 'Rules[].Action.Type': 'BLOCK' },
  ],
  ['EC2::RouteTable', 'aws_route_table', { vpc_id: 'v' }, { VpcId: 'v' }],
  ['EC2::NatGateway', 'aws_nat_gateway', { allocation_id: 'a', subnet_id: 's' }, { AllocationId: 'a', SubnetId: 's' }],
  [
    'EC2::NetworkInterface',
    'aws_network_interface',
    { subnet_id: 's', security_groups: ['g'], private_ips: ['10.0.0.1'] },
    { 'GroupSet[]': 'g', 'PrivateIpAddresses[].PrivateIpAddress': '10.0.0.1' },
  ],
  [
    'EC2::NetworkInterfaceAttachment',
    'aws_network_interface',
    { attachment: [{ instance: 'i', device_index: 1 }] },
    { InstanceId: 'i', NetworkInterfaceId: 'aws_network_interface.x.id' },
  ],
  [
    'EC2::VPCGatewayAttachment',
    'aws_internet_gateway',
    { vpc_id: 'v' },
    { VpcId: 'v', InternetGatewayId: 'aws_internet_gateway.x.id' },
  ],
  [
    'EC2::EIPAssociation',
    'aws_eip',
    { network_interface: 'n' },
    { NetworkInterfaceId: 'n', AllocationId: 'aws_eip.x.id' },
  ],
  ['KMS::Alias', 'aws_kms_alias', { name: 'alias/a', target_key_id: 'k' }, { AliasName: 'alias/a', TargetKeyId: 'k' }],
];

function resourceIn(resources: unknown, type: string): Resource {
  const found = stackOf({ 'main.tf.json': { resource: resources } }).resources.find(
    (resource) => resource.type === `AWS::${type}` && !resource.external,
  );
  assert.ok(found, `no ${type}`);
  return found;
}

describe('a resource of Terraform', () => {
  for (const [type, native, body, expected] of ROWS) {
    it(`says of ${type} what ${native} says: ${Object.keys(expected).join(', ')}`, () => {
      const resource = resourceIn({ [native]: { x: body } }, type);
      assert.deepEqual(Object.fromEntries(Object.keys(expected).map((path) => [path, at(resource, path)])), expected);
    });
  }

  /** The owner, its companion, and what is read of the owner with it. */
  const companions: readonly (readonly [
    type: string,
    native: string,
    owner: Body,
    companion: string,
    body: Body,
    path: string,
    expected: string,
  ])[] = [
    [
      'AutoScaling::AutoScalingGroup',
      'aws_autoscaling_group',
      { target_group_arns: ['own'] },
      'aws_autoscaling_attachment',
      { autoscaling_group_name: '${aws_autoscaling_group.x.id}', lb_target_group_arn: 't' },
      'TargetGroupARNs[]',
      'own, t',
    ],
    [
      'Backup::BackupVault',
      'aws_backup_vault',
      { name: 'v' },
      'aws_backup_vault_policy',
      { backup_vault_name: '${aws_backup_vault.x.name}', policy: '{"Version": "2012-10-17"}' },
      'AccessPolicy.Version',
      '2012-10-17',
    ],
    [
      'Backup::BackupVault',
      'aws_backup_vault',
      { name: 'v' },
      'aws_backup_vault_lock_configuration',
      { backup_vault_name: 'v', min_retention_days: 7 },
      'LockConfiguration.MinRetentionDays',
      '7',
    ],
    [
      'Backup::BackupVault',
      'aws_backup_vault',
      { name: 'v' },
      'aws_backup_vault_notifications',
      { backup_vault_name: 'v', sns_topic_arn: 't' },
      'Notifications.SNSTopicArn',
      't',
    ],
    [
      'CodeBuild::Project',
      'aws_codebuild_project',
      { name: 'p' },
      'aws_codebuild_webhook',
      { project_name: '${aws_codebuild_project.x.name}' },
      'Triggers.Webhook',
      'true',
    ],
    [
      'CodeArtifact::Domain',
      'aws_codeartifact_domain',
      { domain: 'd' },
      'aws_codeartifact_domain_permissions_policy',
      { domain: '${aws_codeartifact_domain.x.domain}', policy_document: '{"Version": "2012-10-17"}' },
      'PermissionsPolicyDocument.Version',
      '2012-10-17',
    ],
    [
      'ECS::Cluster',
      'aws_ecs_cluster',
      { name: 'c' },
      'aws_ecs_cluster_capacity_providers',
      { cluster_name: '${aws_ecs_cluster.x.name}', capacity_providers: ['FARGATE'] },
      'CapacityProviders[]',
      'FARGATE',
    ],
    [
      'EC2::Instance',
      'aws_instance',
      { vpc_security_group_ids: ['own'] },
      'aws_network_interface_sg_attachment',
      { network_interface_id: '${aws_instance.x.primary_network_interface_id}', security_group_id: 'g' },
      'SecurityGroupIds[]',
      'own, g',
    ],
    [
      'EC2::NetworkInterface',
      'aws_network_interface',
      { security_groups: ['own'] },
      'aws_network_interface_sg_attachment',
      { network_interface_id: '${aws_network_interface.x.id}', security_group_id: 'g' },
      'GroupSet[]',
      'own, g',
    ],
    [
      'EKS::AccessEntry',
      'aws_eks_access_entry',
      { cluster_name: 'c', principal_arn: 'p' },
      'aws_eks_access_policy_association',
      {
        cluster_name: 'c',
        principal_arn: '${aws_eks_access_entry.x.principal_arn}',
        policy_arn: 'a',
        access_scope: { type: 'cluster' },
      },
      'AccessPolicies[].AccessScope.Type',
      'cluster',
    ],
    [
      'GuardDuty::Detector',
      'aws_guardduty_detector',
      {},
      'aws_guardduty_detector_feature',
      { detector_id: '${aws_guardduty_detector.x.id}', name: 'S3_DATA_EVENTS', status: 'ENABLED' },
      'Features[].Status',
      'ENABLED',
    ],
    [
      'OpenSearchService::Domain',
      'aws_opensearch_domain',
      { domain_name: 'd' },
      'aws_opensearch_domain_policy',
      { domain_name: '${aws_opensearch_domain.x.domain_name}', access_policies: '{"Version": "2012-10-17"}' },
      'AccessPolicies.Version',
      '2012-10-17',
    ],
    [
      'Elasticsearch::Domain',
      'aws_elasticsearch_domain',
      { domain_name: 'd' },
      'aws_elasticsearch_domain_policy',
      { domain_name: 'd', access_policies: '{"Version": "2012-10-17"}' },
      'AccessPolicies.Version',
      '2012-10-17',
    ],
    [
      'Route53::HostedZone',
      'aws_route53_zone',
      { name: 'n' },
      'aws_route53_query_log',
      { zone_id: '${aws_route53_zone.x.zone_id}', cloudwatch_log_group_arn: 'g' },
      'QueryLoggingConfig.CloudWatchLogsLogGroupArn',
      'g',
    ],
  ];
  for (const [type, native, owner, companion, body, path, expected] of companions) {
    it(`has of ${companion} its ${path}`, () =>
      assert.equal(at(resourceIn({ [native]: { x: owner }, [companion]: { y: body } }, type), path), expected));
  }

  it('that completes two types is one external resource where its owner was not read', () => {
    const attachment = { network_interface_id: 'eni-1', security_group_id: 'g' };
    const { resources } = stackOf({
      'main.tf.json': { resource: { aws_network_interface_sg_attachment: { y: attachment } } },
    });
    assert.deepEqual(
      resources.map(({ type, external }) => [type, external]),
      [['AWS::EC2::NetworkInterface', true]],
    );
  });
});
