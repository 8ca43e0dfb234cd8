/** The properties that relate networks, resources in networks, and load balancers. */
import type { Connection } from '../../model/relation.ts';
import { names, type Link } from './link.ts';
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

const INTERFACE = 'AWS::EC2::NetworkInterface';
const SECURITY_GROUP = 'AWS::EC2::SecurityGroup';

const FORWARDING = (list: string): readonly string[] => [
  `${list}[].TargetGroupArn`,
  `${list}[].ForwardConfig.TargetGroups[].TargetGroupArn`,
];

/** A part of `LINKS`, which documents the source of the names. */
export const NETWORK_LINKS = {
  // Networks
  'security-group': [
    names(SECURITY_GROUP, {
      'AWS::EC2::SecurityGroupIngress': ['GroupId', 'GroupName'],
      'AWS::EC2::SecurityGroupEgress': ['GroupId'],
    }),
  ],
  'peer-security-groups': [
    names(SECURITY_GROUP, {
      'AWS::EC2::SecurityGroup': [
        'SecurityGroupIngress[].SourceSecurityGroupId',
        'SecurityGroupIngress[].SourceSecurityGroupName',
        'SecurityGroupEgress[].DestinationSecurityGroupId',
      ],
      'AWS::EC2::SecurityGroupIngress': ['SourceSecurityGroupId', 'SourceSecurityGroupName'],
      'AWS::EC2::SecurityGroupEgress': ['DestinationSecurityGroupId'],
    }),
  ],
  'prefix-lists': [
    names('AWS::EC2::PrefixList', {
      'AWS::EC2::SecurityGroup': [
        'SecurityGroupIngress[].SourcePrefixListId',
        'SecurityGroupEgress[].DestinationPrefixListId',
      ],
      'AWS::EC2::SecurityGroupIngress': ['SourcePrefixListId'],
      'AWS::EC2::SecurityGroupEgress': ['DestinationPrefixListId'],
    }),
  ],
  vpc: [
    names('AWS::EC2::VPC', {
      'AWS::EC2::EgressOnlyInternetGateway': ['VpcId'],
      'AWS::EC2::NetworkAcl': ['VpcId'],
      'AWS::EC2::RouteTable': ['VpcId'],
      'AWS::EC2::SecurityGroup': ['VpcId'],
      'AWS::EC2::Subnet': ['VpcId'],
      'AWS::EC2::TransitGatewayAttachment': ['VpcId'],
      'AWS::EC2::TransitGatewayVpcAttachment': ['VpcId'],
      'AWS::EC2::VPCCidrBlock': ['VpcId'],
      'AWS::EC2::VPCEndpoint': ['VpcId'],
      'AWS::EC2::VPCGatewayAttachment': ['VpcId'],
      'AWS::EC2::VPCPeeringConnection': ['VpcId', 'PeerVpcId'],
      'AWS::ElasticLoadBalancingV2::TargetGroup': ['VpcId'],
    }),
  ],
  'association-subnet': [names('AWS::EC2::Subnet', { 'AWS::EC2::SubnetRouteTableAssociation': ['SubnetId'] })],
  'association-route-table': [
    names('AWS::EC2::RouteTable', {
      'AWS::EC2::SubnetRouteTableAssociation': ['RouteTableId'],
      'AWS::EC2::GatewayRouteTableAssociation': ['RouteTableId'],
    }),
  ],
  'association-gateway': [
    names(['AWS::EC2::InternetGateway', 'AWS::EC2::VPNGateway'], {
      'AWS::EC2::GatewayRouteTableAssociation': ['GatewayId'],
    }),
  ],
  'route-table': [names('AWS::EC2::RouteTable', { 'AWS::EC2::Route': ['RouteTableId'] })],
  'route-target': [
    names(['AWS::EC2::InternetGateway', 'AWS::EC2::VPNGateway'], { 'AWS::EC2::Route': ['GatewayId'] }),
    names('AWS::EC2::NatGateway', { 'AWS::EC2::Route': ['NatGatewayId'] }),
    names('AWS::EC2::EgressOnlyInternetGateway', { 'AWS::EC2::Route': ['EgressOnlyInternetGatewayId'] }),
    names('AWS::EC2::TransitGateway', { 'AWS::EC2::Route': ['TransitGatewayId'] }),
    names('AWS::EC2::VPCPeeringConnection', { 'AWS::EC2::Route': ['VpcPeeringConnectionId'] }),
    names('AWS::EC2::VPCEndpoint', { 'AWS::EC2::Route': ['VpcEndpointId'] }),
    names('AWS::EC2::CarrierGateway', { 'AWS::EC2::Route': ['CarrierGatewayId'] }),
    names(INTERFACE, { 'AWS::EC2::Route': ['NetworkInterfaceId'] }),
    names(INSTANCE, { 'AWS::EC2::Route': ['InstanceId'] }),
  ],
  'attached-gateway': [
    names('AWS::EC2::InternetGateway', { 'AWS::EC2::VPCGatewayAttachment': ['InternetGatewayId'] }),
    names('AWS::EC2::VPNGateway', { 'AWS::EC2::VPCGatewayAttachment': ['VpnGatewayId'] }),
  ],
  'acl-association-subnet': [names('AWS::EC2::Subnet', { 'AWS::EC2::SubnetNetworkAclAssociation': ['SubnetId'] })],
  'association-acl': [names('AWS::EC2::NetworkAcl', { 'AWS::EC2::SubnetNetworkAclAssociation': ['NetworkAclId'] })],
  'network-acl': [names('AWS::EC2::NetworkAcl', { 'AWS::EC2::NetworkAclEntry': ['NetworkAclId'] })],
  'endpoint-route-tables': [names('AWS::EC2::RouteTable', { 'AWS::EC2::VPCEndpoint': ['RouteTableIds[]'] })],
  'subnet-group': [
    names('AWS::RDS::DBSubnetGroup', {
      'AWS::RDS::DBInstance': ['DBSubnetGroupName'],
      'AWS::RDS::DBCluster': ['DBSubnetGroupName'],
    }),
    names('AWS::DocDB::DBSubnetGroup', { 'AWS::DocDB::DBCluster': ['DBSubnetGroupName'] }),
    names('AWS::Neptune::DBSubnetGroup', {
      'AWS::Neptune::DBCluster': ['DBSubnetGroupName'],
      'AWS::Neptune::DBInstance': ['DBSubnetGroupName'],
    }),
    names('AWS::ElastiCache::SubnetGroup', {
      'AWS::ElastiCache::CacheCluster': ['CacheSubnetGroupName'],
      'AWS::ElastiCache::ReplicationGroup': ['CacheSubnetGroupName'],
    }),
    names('AWS::Redshift::ClusterSubnetGroup', {
      'AWS::Redshift::Cluster': ['ClusterSubnetGroupName'],
      'AWS::Redshift::EndpointAccess': ['SubnetGroupName'],
    }),
    names('AWS::MemoryDB::SubnetGroup', { 'AWS::MemoryDB::Cluster': ['SubnetGroupName'] }),
    names('AWS::DAX::SubnetGroup', { 'AWS::DAX::Cluster': ['SubnetGroupName'] }),
    names('AWS::DMS::ReplicationSubnetGroup', {
      'AWS::DMS::ReplicationInstance': ['ReplicationSubnetGroupIdentifier'],
      'AWS::DMS::InstanceProfile': ['SubnetGroupIdentifier'],
    }),
  ],
  'elastic-ip-targets': [
    names(INSTANCE, { 'AWS::EC2::EIP': ['InstanceId'], 'AWS::EC2::EIPAssociation': ['InstanceId'] }),
    names(INTERFACE, { 'AWS::EC2::EIPAssociation': ['NetworkInterfaceId'] }),
  ],
  'elastic-ip': [
    names('AWS::EC2::EIP', {
      'AWS::EC2::EIPAssociation': ['AllocationId', 'EIP'],
      'AWS::EC2::NatGateway': ['AllocationId'],
      'AWS::ElasticLoadBalancingV2::LoadBalancer': ['SubnetMappings[].AllocationId'],
      'AWS::Transfer::Server': ['EndpointDetails.AddressAllocationIds[]'],
    }),
  ],
  'launch-template': [
    names('AWS::EC2::LaunchTemplate', {
      'AWS::AutoScaling::AutoScalingGroup': [
        'LaunchTemplate.LaunchTemplateId',
        'LaunchTemplate.LaunchTemplateName',
        'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId',
        'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateName',
        'MixedInstancesPolicy.LaunchTemplate.Overrides[].LaunchTemplateSpecification.LaunchTemplateId',
        'MixedInstancesPolicy.LaunchTemplate.Overrides[].LaunchTemplateSpecification.LaunchTemplateName',
      ],
      'AWS::Batch::ComputeEnvironment': [
        'ComputeResources.LaunchTemplate.LaunchTemplateId',
        'ComputeResources.LaunchTemplate.LaunchTemplateName',
      ],
      'AWS::EC2::EC2Fleet': [
        'LaunchTemplateConfigs[].LaunchTemplateSpecification.LaunchTemplateId',
        'LaunchTemplateConfigs[].LaunchTemplateSpecification.LaunchTemplateName',
      ],
      'AWS::EC2::Instance': ['LaunchTemplate.LaunchTemplateId', 'LaunchTemplate.LaunchTemplateName'],
      'AWS::EC2::SpotFleet': [
        'SpotFleetRequestConfigData.LaunchTemplateConfigs[].LaunchTemplateSpecification.LaunchTemplateId',
        'SpotFleetRequestConfigData.LaunchTemplateConfigs[].LaunchTemplateSpecification.LaunchTemplateName',
      ],
      'AWS::EKS::Nodegroup': ['LaunchTemplate.Id', 'LaunchTemplate.Name'],
      'AWS::GameLift::GameServerGroup': ['LaunchTemplate.LaunchTemplateId', 'LaunchTemplate.LaunchTemplateName'],
    }),
    names('AWS::AutoScaling::LaunchConfiguration', {
      'AWS::AutoScaling::AutoScalingGroup': ['LaunchConfigurationName'],
    }),
  ],
  volumes: [
    names('AWS::EC2::Volume', {
      'AWS::EC2::VolumeAttachment': ['VolumeId'],
      'AWS::EC2::Instance': ['Volumes[].VolumeId'],
    }),
  ],
  'attachment-instance': [
    names(INSTANCE, {
      'AWS::EC2::VolumeAttachment': ['InstanceId'],
      'AWS::EC2::NetworkInterfaceAttachment': ['InstanceId'],
    }),
  ],
  'network-interfaces': [
    names(INTERFACE, {
      'AWS::EC2::Instance': ['NetworkInterfaces[].NetworkInterfaceId'],
      'AWS::EC2::LaunchTemplate': ['LaunchTemplateData.NetworkInterfaces[].NetworkInterfaceId'],
      'AWS::EC2::NetworkInterfaceAttachment': ['NetworkInterfaceId'],
    }),
  ],
  'flow-log-source': [
    names(['AWS::EC2::VPC', 'AWS::EC2::Subnet', INTERFACE, 'AWS::EC2::TransitGateway', 'AWS::EC2::NatGateway'], {
      'AWS::EC2::FlowLog': ['ResourceId'],
    }),
  ],

  // Load balancing
  'load-balancer': [names(LOAD_BALANCER, { 'AWS::ElasticLoadBalancingV2::Listener': ['LoadBalancerArn'] })],
  listener: [
    names(LISTENER, {
      'AWS::ElasticLoadBalancingV2::ListenerRule': ['ListenerArn'],
      'AWS::ElasticLoadBalancingV2::ListenerCertificate': ['ListenerArn'],
    }),
  ],
  'forward-targets': [
    names(TARGET_GROUP, {
      'AWS::ElasticLoadBalancingV2::Listener': FORWARDING('DefaultActions'),
      'AWS::ElasticLoadBalancingV2::ListenerRule': FORWARDING('Actions'),
    }),
  ],
  targets: [
    names([INSTANCE, FUNCTION, ALIAS, LOAD_BALANCER], { 'AWS::ElasticLoadBalancingV2::TargetGroup': ['Targets[].Id'] }),
    names(
      TARGET_GROUP,
      {
        'AWS::AutoScaling::AutoScalingGroup': ['TargetGroupARNs[]'],
        'AWS::ECS::Service': ['LoadBalancers[].TargetGroupArn'],
        'AWS::ECS::TaskSet': ['LoadBalancers[].TargetGroupArn'],
      },
      { reversed: true },
    ),
  ],
  'balanced-targets': [
    names(INSTANCE, { 'AWS::ElasticLoadBalancing::LoadBalancer': ['Instances[]'] }),
    names(
      CLASSIC_BALANCER,
      {
        'AWS::AutoScaling::AutoScalingGroup': ['LoadBalancerNames[]'],
        'AWS::ECS::Service': ['LoadBalancers[].LoadBalancerName'],
      },
      { reversed: true },
    ),
  ],
  'web-acl': [
    names('AWS::WAFv2::WebACL', {
      'AWS::CloudFront::Distribution': ['DistributionConfig.WebACLId'],
      'AWS::WAFv2::WebACLAssociation': ['WebACLArn'],
    }),
  ],
  'protected-resource': [
    names([LOAD_BALANCER, 'AWS::ApiGateway::Stage', REST_API, 'AWS::Cognito::UserPool'], {
      'AWS::WAFv2::WebACLAssociation': ['ResourceArn'],
    }),
  ],
} satisfies Partial<Record<Connection, readonly Link[]>>;
