/**
 * Connections between resources of Terraform: the same as those of a template with the same resources, in a
 * configuration and in the plan of it.
 */
import assert from 'node:assert/strict';
import { describedHops, waysToInternet } from '../../server/src/model/internet.ts';
import type { ConnectionKind } from '../../server/src/model/relation.ts';
import type { Stack } from '../../server/src/model/resource.ts';
import { stackOf as templateStackOf } from './edges.ts';
import { planOf, type Resources } from './planned.ts';
import { stackOf } from './terraform-stack.ts';
import { UNREADABLE } from '../kit/memory-reader.ts';

/**
 * Resources of Terraform, each as `type.Name {body}`; `Other.attribute` in angle brackets stands for a reference:
 * `<aws_vpc.Vpc.id>`.
 */
function resourcesOf(...lines: readonly string[]): Resources {
  const resources: Record<string, Record<string, Record<string, unknown>>> = {};
  for (const line of lines) {
    const [, type, name, body = '{}'] = /^(\w+)\.(\w+)(?: (.*))?$/.exec(line)!;
    (resources[type!] ??= {})[name!] = JSON.parse(body.replace(/<([^>]*)>/g, '${$1}')) as Record<string, unknown>;
  }
  return resources;
}

/** The resources of a template, each as `Name: Type {properties}`. */
function templateOf(...lines: readonly string[]): string {
  return `Resources:\n${lines
    .map((line) => {
      const [, name, type, properties = '{}'] = /^(\w+): ([\w:]+)(?: (.*))?$/.exec(line)!;
      return `  ${name}: {Type: AWS::${type}, Properties: ${properties}}\n`;
    })
    .join('')}`;
}

/** What a resource, of whatever type, is connected with, by names without types. */
function connected(stack: Stack, name: string, kind: ConnectionKind): string {
  const named = stack.resources.filter(({ address }) => address.replace(/^\w+\./, '') === name);
  return [
    ...new Set(
      named.flatMap((resource) =>
        resource.related(kind).edges.map(({ resource: other }) => other.address.replace(/^\w+\./, '')),
      ),
    ),
  ].join(', ');
}

const SUBNET = 'aws_subnet.Subnet {"vpc_id": "<aws_vpc.Vpc.id>"}';
const ROLE = 'aws_iam_role.Role {"assume_role_policy": "{}"}';
const VPC = 'Vpc: EC2::VPC';

/** Each row: the kind, from which end, whom it leads to, the template, the same in Terraform. */
const ROWS: readonly (readonly [
  kind: ConnectionKind,
  of: string,
  expected: string,
  template: readonly string[],
  terraform: readonly string[],
])[] = [
  // Networks
  ['vpc', 'Subnet', 'Vpc', [VPC, 'Subnet: EC2::Subnet {VpcId: !Ref Vpc}'], ['aws_vpc.Vpc', SUBNET]],
  [
    'subnets',
    'Web',
    'Subnet',
    ['Subnet: EC2::Subnet', 'Web: EC2::Instance {SubnetId: !Ref Subnet}'],
    [SUBNET, 'aws_instance.Web {"subnet_id": "<aws_subnet.Subnet.id>"}'],
  ],
  [
    'subnet-users',
    'Subnet',
    'Nat',
    ['Subnet: EC2::Subnet', 'Nat: EC2::NatGateway {SubnetId: !Ref Subnet}'],
    [SUBNET, 'aws_nat_gateway.Nat {"subnet_id": "<aws_subnet.Subnet.id>"}'],
  ],
  [
    'subnets',
    'Fleet',
    'Subnet',
    ['Subnet: EC2::Subnet', 'Fleet: AutoScaling::AutoScalingGroup {VPCZoneIdentifier: [!Ref Subnet]}'],
    [SUBNET, 'aws_autoscaling_group.Fleet {"vpc_zone_identifier": ["<aws_subnet.Subnet.id>"]}'],
  ],
  [
    'subnets',
    'Cluster',
    'Subnet',
    ['Subnet: EC2::Subnet', 'Cluster: EKS::Cluster {ResourcesVpcConfig: {SubnetIds: [!Ref Subnet]}}'],
    [SUBNET, 'aws_eks_cluster.Cluster {"vpc_config": {"subnet_ids": ["<aws_subnet.Subnet.id>"]}}'],
  ],
  [
    'subnets',
    'Service',
    'Subnet',
    [
      'Subnet: EC2::Subnet',
      'Service: ECS::Service {NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref Subnet]}}}',
    ],
    [SUBNET, 'aws_ecs_service.Service {"network_configuration": {"subnets": ["<aws_subnet.Subnet.id>"]}}'],
  ],
  [
    'security-groups',
    'Web',
    'Group',
    ['Group: EC2::SecurityGroup', 'Web: EC2::Instance {SecurityGroupIds: [!Ref Group]}'],
    ['aws_security_group.Group', 'aws_instance.Web {"vpc_security_group_ids": ["<aws_security_group.Group.id>"]}'],
  ],
  [
    'security-group-users',
    'Group',
    'Face',
    ['Group: EC2::SecurityGroup', 'Face: EC2::NetworkInterface {GroupSet: [!Ref Group]}'],
    ['aws_security_group.Group', 'aws_network_interface.Face {"security_groups": ["<aws_security_group.Group.id>"]}'],
  ],
  [
    'security-group-users',
    'Group',
    'Face',
    ['Group: EC2::SecurityGroup', 'Face: EC2::NetworkInterface {GroupSet: [!Ref Group]}'],
    [
      'aws_security_group.Group',
      'aws_network_interface.Face',
      'aws_network_interface_sg_attachment.Attached {"security_group_id": "<aws_security_group.Group.id>", "network_interface_id": "<aws_network_interface.Face.id>"}',
    ],
  ],
  [
    'security-group-users',
    'Group',
    'Web',
    ['Group: EC2::SecurityGroup', 'Web: EC2::Instance {SecurityGroupIds: [!Ref Group]}'],
    [
      'aws_security_group.Group',
      'aws_instance.Web',
      'aws_network_interface_sg_attachment.Attached {"security_group_id": "<aws_security_group.Group.id>", "network_interface_id": "<aws_instance.Web.primary_network_interface_id>"}',
    ],
  ],
  [
    'gateway-route-table-associations',
    'Gateway',
    'Edge',
    [
      'Gateway: EC2::InternetGateway',
      'Edge: EC2::GatewayRouteTableAssociation {GatewayId: !Ref Gateway, RouteTableId: rtb-1}',
    ],
    [
      'aws_internet_gateway.Gateway',
      'aws_route_table_association.Edge {"gateway_id": "<aws_internet_gateway.Gateway.id>", "route_table_id": "rtb-1"}',
    ],
  ],
  [
    'vpc-links',
    'Balancer',
    'Link',
    [
      'Balancer: ElasticLoadBalancingV2::LoadBalancer',
      'Link: ApiGateway::VpcLink {Name: l, TargetArns: [!Ref Balancer]}',
    ],
    ['aws_lb.Balancer', 'aws_api_gateway_vpc_link.Link {"name": "l", "target_arns": ["<aws_lb.Balancer.arn>"]}'],
  ],
  [
    'vpc-link-users',
    'Link',
    'Integration',
    [
      'Link: ApiGatewayV2::VpcLink {Name: l}',
      'Integration: ApiGatewayV2::Integration {ConnectionType: VPC_LINK, ConnectionId: !Ref Link}',
    ],
    [
      'aws_apigatewayv2_vpc_link.Link {"name": "l"}',
      'aws_apigatewayv2_integration.Integration {"connection_type": "VPC_LINK", "connection_id": "<aws_apigatewayv2_vpc_link.Link.id>"}',
    ],
  ],
  [
    'domain-mappings',
    'Domain',
    'Mapping',
    [
      'Domain: ApiGateway::DomainName {DomainName: api.example.com}',
      'Mapping: ApiGateway::BasePathMapping {DomainName: !Ref Domain}',
    ],
    [
      'aws_api_gateway_domain_name.Domain {"domain_name": "api.example.com"}',
      'aws_api_gateway_base_path_mapping.Mapping {"domain_name": "<aws_api_gateway_domain_name.Domain.domain_name>"}',
    ],
  ],
  [
    'domain-mappings',
    'Domain',
    'Mapping',
    [
      'Domain: ApiGatewayV2::DomainName {DomainName: api.example.com}',
      'Mapping: ApiGatewayV2::ApiMapping {DomainName: !Ref Domain}',
    ],
    [
      'aws_apigatewayv2_domain_name.Domain {"domain_name": "api.example.com"}',
      'aws_apigatewayv2_api_mapping.Mapping {"domain_name": "<aws_apigatewayv2_domain_name.Domain.id>"}',
    ],
  ],
  [
    'registered-services',
    'Registry',
    'Service',
    [
      'Registry: ServiceDiscovery::Service {Name: s}',
      'Service: ECS::Service {ServiceRegistries: [{RegistryArn: !GetAtt Registry.Arn}]}',
    ],
    [
      'aws_service_discovery_service.Registry {"name": "s"}',
      'aws_ecs_service.Service {"service_registries": {"registry_arn": "<aws_service_discovery_service.Registry.arn>"}}',
    ],
  ],
  [
    'vpc-origins',
    'Balancer',
    'Origin',
    [
      'Balancer: ElasticLoadBalancingV2::LoadBalancer',
      'Origin: CloudFront::VpcOrigin {VpcOriginEndpointConfig: {Arn: !Ref Balancer}}',
    ],
    [
      'aws_lb.Balancer',
      'aws_cloudfront_vpc_origin.Origin {"vpc_origin_endpoint_config": {"arn": "<aws_lb.Balancer.arn>"}}',
    ],
  ],
  [
    'vpc-origin-users',
    'Origin',
    'Site',
    [
      'Origin: CloudFront::VpcOrigin',
      'Site: CloudFront::Distribution {DistributionConfig: {Origins: [{VpcOriginConfig: {VpcOriginId: !GetAtt Origin.Id}}]}}',
    ],
    [
      'aws_cloudfront_vpc_origin.Origin',
      'aws_cloudfront_distribution.Site {"origin": {"vpc_origin_config": {"vpc_origin_id": "<aws_cloudfront_vpc_origin.Origin.id>"}}}',
    ],
  ],
  [
    'security-group-users',
    'Group',
    'Cluster',
    ['Group: EC2::SecurityGroup', 'Cluster: EKS::Cluster {ResourcesVpcConfig: {SecurityGroupIds: [!Ref Group]}}'],
    [
      'aws_security_group.Group',
      'aws_eks_cluster.Cluster {"vpc_config": {"security_group_ids": ["<aws_security_group.Group.id>"]}}',
    ],
  ],
  [
    'security-group-users',
    'Group',
    'Cache',
    ['Group: EC2::SecurityGroup', 'Cache: ElastiCache::ReplicationGroup {SecurityGroupIds: [!Ref Group]}'],
    [
      'aws_security_group.Group',
      'aws_elasticache_replication_group.Cache {"security_group_ids": ["<aws_security_group.Group.id>"]}',
    ],
  ],
  [
    'security-group-users',
    'Group',
    'Balancer',
    ['Group: EC2::SecurityGroup', 'Balancer: ElasticLoadBalancingV2::LoadBalancer {SecurityGroups: [!Ref Group]}'],
    ['aws_security_group.Group', 'aws_lb.Balancer {"security_groups": ["<aws_security_group.Group.id>"]}'],
  ],
  [
    'security-group-users',
    'Group',
    'Data',
    ['Group: EC2::SecurityGroup', 'Data: RDS::DBInstance {VPCSecurityGroups: [!Ref Group]}'],
    ['aws_security_group.Group', 'aws_db_instance.Data {"vpc_security_group_ids": ["<aws_security_group.Group.id>"]}'],
  ],
  [
    'security-group-rules',
    'Group',
    'Rule',
    ['Group: EC2::SecurityGroup', 'Rule: EC2::SecurityGroupIngress {GroupId: !Ref Group}'],
    [
      'aws_security_group.Group',
      'aws_vpc_security_group_ingress_rule.Rule {"security_group_id": "<aws_security_group.Group.id>"}',
    ],
  ],
  [
    'subnet-route-table-associations',
    'Subnet',
    'Link',
    ['Subnet: EC2::Subnet', 'Link: EC2::SubnetRouteTableAssociation {SubnetId: !Ref Subnet}'],
    [SUBNET, 'aws_route_table_association.Link {"subnet_id": "<aws_subnet.Subnet.id>"}'],
  ],
  [
    'association-route-table',
    'Link',
    'Table',
    ['Table: EC2::RouteTable', 'Link: EC2::SubnetRouteTableAssociation {SubnetId: s, RouteTableId: !Ref Table}'],
    [
      'aws_route_table.Table',
      'aws_route_table_association.Link {"subnet_id": "s", "route_table_id": "<aws_route_table.Table.id>"}',
    ],
  ],
  [
    'association-route-table',
    'Link',
    'Table',
    ['Table: EC2::RouteTable', 'Link: EC2::GatewayRouteTableAssociation {GatewayId: g, RouteTableId: !Ref Table}'],
    [
      'aws_route_table.Table',
      'aws_route_table_association.Link {"gateway_id": "g", "route_table_id": "<aws_route_table.Table.id>"}',
    ],
  ],
  [
    'routes',
    'Table',
    'Route',
    ['Table: EC2::RouteTable', 'Route: EC2::Route {RouteTableId: !Ref Table}'],
    ['aws_route_table.Table', 'aws_route.Route {"route_table_id": "<aws_route_table.Table.id>"}'],
  ],
  [
    'route-target',
    'Route',
    'Gateway',
    ['Gateway: EC2::InternetGateway', 'Route: EC2::Route {GatewayId: !Ref Gateway}'],
    ['aws_internet_gateway.Gateway', 'aws_route.Route {"gateway_id": "<aws_internet_gateway.Gateway.id>"}'],
  ],
  [
    'route-target',
    'Route',
    'Nat',
    ['Nat: EC2::NatGateway', 'Route: EC2::Route {NatGatewayId: !Ref Nat}'],
    ['aws_nat_gateway.Nat', 'aws_route.Route {"nat_gateway_id": "<aws_nat_gateway.Nat.id>"}'],
  ],
  [
    'gateway-attachments',
    'Gateway',
    'Attached',
    [
      'Gateway: EC2::InternetGateway',
      'Attached: EC2::VPCGatewayAttachment {InternetGatewayId: !Ref Gateway, VpcId: v}',
    ],
    [
      'aws_internet_gateway.Gateway',
      'aws_internet_gateway_attachment.Attached {"internet_gateway_id": "<aws_internet_gateway.Gateway.id>", "vpc_id": "v"}',
    ],
  ],
  [
    'elastic-ip-users',
    'Address',
    'Nat',
    ['Address: EC2::EIP', 'Nat: EC2::NatGateway {AllocationId: !GetAtt Address.AllocationId}'],
    ['aws_eip.Address', 'aws_nat_gateway.Nat {"allocation_id": "<aws_eip.Address.id>"}'],
  ],
  [
    'elastic-ips',
    'Web',
    'Address',
    ['Web: EC2::Instance', 'Address: EC2::EIP {InstanceId: !Ref Web}'],
    ['aws_instance.Web', 'aws_eip.Address {"instance": "<aws_instance.Web.id>"}'],
  ],
  [
    'elastic-ip-targets',
    'Link',
    'Web',
    ['Web: EC2::Instance', 'Link: EC2::EIPAssociation {InstanceId: !Ref Web}'],
    ['aws_instance.Web', 'aws_eip_association.Link {"instance_id": "<aws_instance.Web.id>"}'],
  ],
  [
    'attachment-instance',
    'Link',
    'Web',
    ['Web: EC2::Instance', 'Link: EC2::VolumeAttachment {InstanceId: !Ref Web}'],
    ['aws_instance.Web', 'aws_volume_attachment.Link {"instance_id": "<aws_instance.Web.id>"}'],
  ],
  [
    'volume-users',
    'Disk',
    'Link',
    ['Disk: EC2::Volume', 'Link: EC2::VolumeAttachment {VolumeId: !Ref Disk}'],
    ['aws_ebs_volume.Disk', 'aws_volume_attachment.Link {"volume_id": "<aws_ebs_volume.Disk.id>"}'],
  ],
  [
    'launch-template',
    'Fleet',
    'Model',
    [
      'Model: EC2::LaunchTemplate',
      'Fleet: AutoScaling::AutoScalingGroup {LaunchTemplate: {LaunchTemplateId: !Ref Model}}',
    ],
    [
      'aws_launch_template.Model',
      'aws_autoscaling_group.Fleet {"launch_template": {"id": "<aws_launch_template.Model.id>"}}',
    ],
  ],
  [
    'launch-template',
    'Fleet',
    'Model',
    [
      'Model: AutoScaling::LaunchConfiguration',
      'Fleet: AutoScaling::AutoScalingGroup {LaunchConfigurationName: !Ref Model}',
    ],
    [
      'aws_launch_configuration.Model',
      'aws_autoscaling_group.Fleet {"launch_configuration": "<aws_launch_configuration.Model.name>"}',
    ],
  ],
  [
    'flow-logs',
    'Vpc',
    'Flow',
    [VPC, 'Flow: EC2::FlowLog {ResourceId: !Ref Vpc}'],
    ['aws_vpc.Vpc', 'aws_flow_log.Flow {"vpc_id": "<aws_vpc.Vpc.id>"}'],
  ],
  [
    'subnet-group',
    'Cache',
    'Group',
    ['Group: ElastiCache::SubnetGroup', 'Cache: ElastiCache::ReplicationGroup {CacheSubnetGroupName: !Ref Group}'],
    [
      'aws_elasticache_subnet_group.Group',
      'aws_elasticache_replication_group.Cache {"subnet_group_name": "<aws_elasticache_subnet_group.Group.name>"}',
    ],
  ],
  [
    'subnet-group',
    'Cache',
    'Group',
    ['Group: DAX::SubnetGroup', 'Cache: DAX::Cluster {SubnetGroupName: !Ref Group}'],
    ['aws_dax_subnet_group.Group', 'aws_dax_cluster.Cache {"subnet_group_name": "<aws_dax_subnet_group.Group.name>"}'],
  ],
  [
    'subnet-group',
    'Copy',
    'Group',
    [
      'Group: DMS::ReplicationSubnetGroup',
      'Copy: DMS::ReplicationInstance {ReplicationSubnetGroupIdentifier: !Ref Group}',
    ],
    [
      'aws_dms_replication_subnet_group.Group',
      'aws_dms_replication_instance.Copy {"replication_subnet_group_id": "<aws_dms_replication_subnet_group.Group.id>"}',
    ],
  ],
  [
    'subnet-group',
    'Data',
    'Group',
    ['Group: RDS::DBSubnetGroup', 'Data: RDS::DBInstance {DBSubnetGroupName: !Ref Group}'],
    ['aws_db_subnet_group.Group', 'aws_db_instance.Data {"db_subnet_group_name": "<aws_db_subnet_group.Group.name>"}'],
  ],
  [
    'subnets',
    'Group',
    'Subnet',
    ['Subnet: EC2::Subnet', 'Group: RDS::DBSubnetGroup {SubnetIds: [!Ref Subnet]}'],
    [SUBNET, 'aws_db_subnet_group.Group {"subnet_ids": ["<aws_subnet.Subnet.id>"]}'],
  ],
  [
    'subnet-group',
    'Data',
    'Group',
    ['Group: DocDB::DBSubnetGroup', 'Data: DocDB::DBCluster {DBSubnetGroupName: !Ref Group}'],
    [
      'aws_docdb_subnet_group.Group',
      'aws_docdb_cluster.Data {"db_subnet_group_name": "<aws_docdb_subnet_group.Group.id>"}',
    ],
  ],
  [
    'subnet-group',
    'Data',
    'Group',
    ['Group: Redshift::ClusterSubnetGroup', 'Data: Redshift::Cluster {ClusterSubnetGroupName: !Ref Group}'],
    [
      'aws_redshift_subnet_group.Group',
      'aws_redshift_cluster.Data {"cluster_subnet_group_name": "<aws_redshift_subnet_group.Group.name>"}',
    ],
  ],
  [
    'acl-association-subnet',
    'Link',
    'Subnet',
    ['Subnet: EC2::Subnet', 'Link: EC2::SubnetNetworkAclAssociation {SubnetId: !Ref Subnet}'],
    [SUBNET, 'aws_network_acl_association.Link {"subnet_id": "<aws_subnet.Subnet.id>"}'],
  ],
  [
    'network-acl-entries',
    'Acl',
    'Entry',
    ['Acl: EC2::NetworkAcl', 'Entry: EC2::NetworkAclEntry {NetworkAclId: !Ref Acl}'],
    ['aws_network_acl.Acl', 'aws_network_acl_rule.Entry {"network_acl_id": "<aws_network_acl.Acl.id>"}'],
  ],
  [
    'endpoint-route-tables',
    'Point',
    'Table',
    ['Table: EC2::RouteTable', 'Point: EC2::VPCEndpoint {RouteTableIds: [!Ref Table]}'],
    ['aws_route_table.Table', 'aws_vpc_endpoint.Point {"route_table_ids": ["<aws_route_table.Table.id>"]}'],
  ],
  [
    'endpoint-route-tables',
    'Point',
    'Table',
    ['Table: EC2::RouteTable', 'Point: EC2::VPCEndpoint {RouteTableIds: [!Ref Table]}'],
    [
      'aws_route_table.Table',
      'aws_vpc_endpoint.Point',
      'aws_vpc_endpoint_route_table_association.Link {"vpc_endpoint_id": "<aws_vpc_endpoint.Point.id>", "route_table_id": "<aws_route_table.Table.id>"}',
    ],
  ],
  [
    'network-interfaces',
    'Web',
    'Face',
    ['Face: EC2::NetworkInterface', 'Web: EC2::Instance {NetworkInterfaces: [{NetworkInterfaceId: !Ref Face}]}'],
    [
      'aws_network_interface.Face',
      'aws_instance.Web {"network_interface": {"device_index": 0, "network_interface_id": "<aws_network_interface.Face.id>"}}',
    ],
  ],
  // Load balancing
  [
    'listeners',
    'Balancer',
    'Door',
    [
      'Balancer: ElasticLoadBalancingV2::LoadBalancer',
      'Door: ElasticLoadBalancingV2::Listener {LoadBalancerArn: !Ref Balancer}',
    ],
    ['aws_lb.Balancer', 'aws_lb_listener.Door {"load_balancer_arn": "<aws_lb.Balancer.arn>"}'],
  ],
  [
    'forward-targets',
    'Door',
    'Group',
    [
      'Group: ElasticLoadBalancingV2::TargetGroup',
      'Door: ElasticLoadBalancingV2::Listener {DefaultActions: [{Type: forward, TargetGroupArn: !Ref Group}]}',
    ],
    [
      'aws_lb_target_group.Group',
      'aws_lb_listener.Door {"default_action": {"type": "forward", "target_group_arn": "<aws_lb_target_group.Group.arn>"}}',
    ],
  ],
  [
    'targets',
    'Group',
    'Fleet',
    [
      'Group: ElasticLoadBalancingV2::TargetGroup',
      'Fleet: AutoScaling::AutoScalingGroup {TargetGroupARNs: [!Ref Group]}',
    ],
    [
      'aws_lb_target_group.Group',
      'aws_autoscaling_group.Fleet {"target_group_arns": ["<aws_lb_target_group.Group.arn>"]}',
    ],
  ],
  [
    'targets',
    'Group',
    'Fleet',
    [
      'Group: ElasticLoadBalancingV2::TargetGroup',
      'Fleet: AutoScaling::AutoScalingGroup {TargetGroupARNs: [!Ref Group]}',
    ],
    [
      'aws_lb_target_group.Group',
      'aws_autoscaling_group.Fleet',
      'aws_autoscaling_attachment.Link {"autoscaling_group_name": "<aws_autoscaling_group.Fleet.name>", "lb_target_group_arn": "<aws_lb_target_group.Group.arn>"}',
    ],
  ],
  [
    'targets',
    'Group',
    'Service',
    [
      'Group: ElasticLoadBalancingV2::TargetGroup',
      'Service: ECS::Service {LoadBalancers: [{TargetGroupArn: !Ref Group}]}',
    ],
    [
      'aws_lb_target_group.Group',
      'aws_ecs_service.Service {"load_balancer": {"target_group_arn": "<aws_lb_target_group.Group.arn>"}}',
    ],
  ],
  [
    'web-acl',
    'Link',
    'Wall',
    ['Wall: WAFv2::WebACL', 'Link: WAFv2::WebACLAssociation {WebACLArn: !GetAtt Wall.Arn}'],
    ['aws_wafv2_web_acl.Wall', 'aws_wafv2_web_acl_association.Link {"web_acl_arn": "<aws_wafv2_web_acl.Wall.arn>"}'],
  ],
  [
    'web-acl-associations',
    'Balancer',
    'Link',
    ['Balancer: ElasticLoadBalancingV2::LoadBalancer', 'Link: WAFv2::WebACLAssociation {ResourceArn: !Ref Balancer}'],
    ['aws_lb.Balancer', 'aws_wafv2_web_acl_association.Link {"resource_arn": "<aws_lb.Balancer.arn>"}'],
  ],
  [
    'targets',
    'Group',
    'Web',
    ['Web: EC2::Instance', 'Group: ElasticLoadBalancingV2::TargetGroup {Targets: [{Id: !Ref Web}]}'],
    [
      'aws_instance.Web',
      'aws_lb_target_group.Group',
      'aws_lb_target_group_attachment.Link {"target_group_arn": "<aws_lb_target_group.Group.arn>", "target_id": "<aws_instance.Web.id>"}',
    ],
  ],
  [
    'listener-rules',
    'Door',
    'Rule',
    ['Door: ElasticLoadBalancingV2::Listener', 'Rule: ElasticLoadBalancingV2::ListenerRule {ListenerArn: !Ref Door}'],
    ['aws_lb_listener.Door', 'aws_lb_listener_rule.Rule {"listener_arn": "<aws_lb_listener.Door.arn>"}'],
  ],
  [
    'balanced-targets',
    'Balancer',
    'Web',
    ['Web: EC2::Instance', 'Balancer: ElasticLoadBalancing::LoadBalancer {Instances: [!Ref Web]}'],
    ['aws_instance.Web', 'aws_elb.Balancer {"instances": ["<aws_instance.Web.id>"]}'],
  ],
  [
    'web-acl',
    'Site',
    'Wall',
    ['Wall: WAFv2::WebACL', 'Site: CloudFront::Distribution {DistributionConfig: {WebACLId: !GetAtt Wall.Arn}}'],
    ['aws_wafv2_web_acl.Wall', 'aws_cloudfront_distribution.Site {"web_acl_id": "<aws_wafv2_web_acl.Wall.arn>"}'],
  ],
  // Identities
  [
    'roles',
    'Job',
    'Role',
    ['Role: IAM::Role', 'Job: Lambda::Function {Role: !GetAtt Role.Arn}'],
    [ROLE, 'aws_lambda_function.Job {"role": "<aws_iam_role.Role.arn>"}'],
  ],
  [
    'role-users',
    'Role',
    'Task',
    ['Role: IAM::Role', 'Task: ECS::TaskDefinition {TaskRoleArn: !GetAtt Role.Arn}'],
    [ROLE, 'aws_ecs_task_definition.Task {"task_role_arn": "<aws_iam_role.Role.arn>"}'],
  ],
  [
    'role-users',
    'Role',
    'Machine',
    ['Role: IAM::Role', 'Machine: StepFunctions::StateMachine {RoleArn: !GetAtt Role.Arn}'],
    [ROLE, 'aws_sfn_state_machine.Machine {"role_arn": "<aws_iam_role.Role.arn>"}'],
  ],
  [
    'role-users',
    'Role',
    'Build',
    ['Role: IAM::Role', 'Build: CodeBuild::Project {ServiceRole: !GetAtt Role.Arn}'],
    [ROLE, 'aws_codebuild_project.Build {"service_role": "<aws_iam_role.Role.arn>"}'],
  ],
  [
    'role-policies',
    'Role',
    'Policy',
    ['Role: IAM::Role', 'Policy: IAM::Policy {Roles: [!Ref Role]}'],
    [ROLE, 'aws_iam_role_policy.Policy {"role": "<aws_iam_role.Role.name>", "policy": "{}"}'],
  ],
  [
    'role-policies',
    'Role',
    'Policy',
    ['Role: IAM::Role', 'Policy: IAM::Policy {Roles: [!Ref Role]}'],
    [ROLE, 'aws_iam_role_policy.Policy {"role": "<aws_iam_role.Role.id>", "policy": "{}"}'],
  ],
  [
    'role-policies',
    'Role',
    'Policy',
    ['Role: IAM::Role {ManagedPolicyArns: [!Ref Policy]}', 'Policy: IAM::ManagedPolicy'],
    [
      ROLE,
      'aws_iam_policy.Policy {"policy": "{}"}',
      'aws_iam_role_policy_attachment.Link {"role": "<aws_iam_role.Role.name>", "policy_arn": "<aws_iam_policy.Policy.arn>"}',
    ],
  ],
  [
    'instance-profile',
    'Web',
    'Profile',
    ['Profile: IAM::InstanceProfile', 'Web: EC2::Instance {IamInstanceProfile: !Ref Profile}'],
    [
      'aws_iam_instance_profile.Profile',
      'aws_instance.Web {"iam_instance_profile": "<aws_iam_instance_profile.Profile.name>"}',
    ],
  ],
  [
    'instance-profile',
    'Model',
    'Profile',
    [
      'Profile: IAM::InstanceProfile',
      'Model: EC2::LaunchTemplate {LaunchTemplateData: {IamInstanceProfile: {Arn: !GetAtt Profile.Arn}}}',
    ],
    [
      'aws_iam_instance_profile.Profile',
      'aws_launch_template.Model {"iam_instance_profile": {"arn": "<aws_iam_instance_profile.Profile.arn>"}}',
    ],
  ],
  [
    'role-users',
    'Role',
    'Profile',
    ['Role: IAM::Role', 'Profile: IAM::InstanceProfile {Roles: [!Ref Role]}'],
    [ROLE, 'aws_iam_instance_profile.Profile {"role": "<aws_iam_role.Role.name>"}'],
  ],
  [
    'permissions-boundary',
    'Role',
    'Policy',
    ['Role: IAM::Role {PermissionsBoundary: !Ref Policy}', 'Policy: IAM::ManagedPolicy'],
    [
      'aws_iam_role.Role {"assume_role_policy": "{}", "permissions_boundary": "<aws_iam_policy.Policy.arn>"}',
      'aws_iam_policy.Policy {"policy": "{}"}',
    ],
  ],
  // Functions
  [
    'function-log-groups',
    'Job',
    'Logs',
    ['Job: Lambda::Function', 'Logs: Logs::LogGroup {LogGroupName: !Sub "/aws/lambda/${Job}"}'],
    ['aws_lambda_function.Job {"function_name": "job"}', 'aws_cloudwatch_log_group.Logs {"name": "/aws/lambda/job"}'],
  ],
  [
    'function-permissions',
    'Job',
    'Grant',
    ['Job: Lambda::Function', 'Grant: Lambda::Permission {FunctionName: !Ref Job}'],
    [
      'aws_lambda_function.Job',
      'aws_lambda_permission.Grant {"function_name": "<aws_lambda_function.Job.function_name>"}',
    ],
  ],
  [
    'function-urls',
    'Job',
    'Url',
    ['Job: Lambda::Function', 'Url: Lambda::Url {TargetFunctionArn: !Ref Job}'],
    ['aws_lambda_function.Job', 'aws_lambda_function_url.Url {"function_name": "<aws_lambda_function.Job.arn>"}'],
  ],
  [
    'event-source',
    'Link',
    'Queue',
    ['Queue: SQS::Queue', 'Link: Lambda::EventSourceMapping {EventSourceArn: !GetAtt Queue.Arn}'],
    ['aws_sqs_queue.Queue', 'aws_lambda_event_source_mapping.Link {"event_source_arn": "<aws_sqs_queue.Queue.arn>"}'],
  ],
  [
    'function-aliases',
    'Job',
    'Alias',
    ['Job: Lambda::Function', 'Alias: Lambda::Alias {FunctionName: !Ref Job}'],
    ['aws_lambda_function.Job', 'aws_lambda_alias.Alias {"function_name": "<aws_lambda_function.Job.function_name>"}'],
  ],
  [
    'invocation-source',
    'Grant',
    'Bucket',
    ['Bucket: S3::Bucket', 'Grant: Lambda::Permission {SourceArn: !GetAtt Bucket.Arn}'],
    ['aws_s3_bucket.Bucket', 'aws_lambda_permission.Grant {"source_arn": "<aws_s3_bucket.Bucket.arn>"}'],
  ],
  [
    'invocation-source',
    'Grant',
    'Api',
    [
      'Api: ApiGateway::RestApi',
      'Grant: Lambda::Permission {SourceArn: !Sub "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/GET/x"}',
    ],
    [
      'aws_api_gateway_rest_api.Api',
      'aws_lambda_permission.Grant {"source_arn": "<aws_api_gateway_rest_api.Api.execution_arn>/*/GET/x"}',
    ],
  ],
  // Messages
  [
    'topic-policies',
    'Topic',
    'Policy',
    ['Topic: SNS::Topic', 'Policy: SNS::TopicPolicy {Topics: [!Ref Topic]}'],
    ['aws_sns_topic.Topic', 'aws_sns_topic_policy.Policy {"arn": "<aws_sns_topic.Topic.arn>", "policy": "{}"}'],
  ],
  [
    'queue-policies',
    'Queue',
    'Policy',
    ['Queue: SQS::Queue', 'Policy: SQS::QueuePolicy {Queues: [!Ref Queue]}'],
    ['aws_sqs_queue.Queue', 'aws_sqs_queue_policy.Policy {"queue_url": "<aws_sqs_queue.Queue.id>", "policy": "{}"}'],
  ],
  [
    'subscribed-topic',
    'Reader',
    'Topic',
    ['Topic: SNS::Topic', 'Reader: SNS::Subscription {TopicArn: !Ref Topic}'],
    ['aws_sns_topic.Topic', 'aws_sns_topic_subscription.Reader {"topic_arn": "<aws_sns_topic.Topic.arn>"}'],
  ],
  [
    'notification-targets',
    'Trail',
    'Topic',
    ['Topic: SNS::Topic', 'Trail: CloudTrail::Trail {SnsTopicName: !Ref Topic}'],
    ['aws_sns_topic.Topic', 'aws_cloudtrail.Trail {"sns_topic_name": "<aws_sns_topic.Topic.name>"}'],
  ],
  [
    'notification-targets',
    'Alarm',
    'Topic',
    ['Topic: SNS::Topic', 'Alarm: CloudWatch::Alarm {AlarmActions: [!Ref Topic]}'],
    ['aws_sns_topic.Topic', 'aws_cloudwatch_metric_alarm.Alarm {"alarm_actions": ["<aws_sns_topic.Topic.arn>"]}'],
  ],
  [
    'notification-targets',
    'Bucket',
    'Queue',
    [
      'Queue: SQS::Queue',
      'Bucket: S3::Bucket {NotificationConfiguration: {QueueConfigurations: [{Queue: !GetAtt Queue.Arn}]}}',
    ],
    [
      'aws_sqs_queue.Queue',
      'aws_s3_bucket.Bucket',
      'aws_s3_bucket_notification.Link {"bucket": "<aws_s3_bucket.Bucket.id>", "queue": {"queue_arn": "<aws_sqs_queue.Queue.arn>"}}',
    ],
  ],
  [
    'event-targets',
    'Rule',
    'Job',
    ['Job: Lambda::Function', 'Rule: Events::Rule {Targets: [{Arn: !GetAtt Job.Arn}]}'],
    [
      'aws_lambda_function.Job',
      'aws_cloudwatch_event_rule.Rule',
      'aws_cloudwatch_event_target.Link {"rule": "<aws_cloudwatch_event_rule.Rule.name>", "arn": "<aws_lambda_function.Job.arn>"}',
    ],
  ],
  // Keys
  [
    'key-users',
    'Key',
    'Disk',
    ['Key: KMS::Key', 'Disk: EC2::Volume {KmsKeyId: !Ref Key}'],
    ['aws_kms_key.Key', 'aws_ebs_volume.Disk {"kms_key_id": "<aws_kms_key.Key.arn>"}'],
  ],
  [
    'key-users',
    'Key',
    'Vault',
    ['Key: KMS::Key', 'Vault: Backup::BackupVault {EncryptionKeyArn: !Ref Key}'],
    ['aws_kms_key.Key', 'aws_backup_vault.Vault {"kms_key_arn": "<aws_kms_key.Key.arn>"}'],
  ],
  [
    'key-users',
    'Key',
    'Search',
    ['Key: KMS::Key', 'Search: OpenSearchService::Domain {EncryptionAtRestOptions: {KmsKeyId: !Ref Key}}'],
    [
      'aws_kms_key.Key',
      'aws_opensearch_domain.Search {"encrypt_at_rest": {"enabled": true, "kms_key_id": "<aws_kms_key.Key.key_id>"}}',
    ],
  ],
  [
    'aliased-key',
    'Alias',
    'Key',
    ['Key: KMS::Key', 'Alias: KMS::Alias {TargetKeyId: !Ref Key}'],
    ['aws_kms_key.Key', 'aws_kms_alias.Alias {"target_key_id": "<aws_kms_key.Key.key_id>"}'],
  ],
  [
    'keys',
    'Disk',
    'Alias',
    ['Alias: KMS::Alias {AliasName: alias/disks}', 'Disk: EC2::Volume {KmsKeyId: alias/disks}'],
    ['aws_kms_alias.Alias {"name": "alias/disks"}', 'aws_ebs_volume.Disk {"kms_key_id": "alias/disks"}'],
  ],
  [
    'keys',
    'Disk',
    'Alias',
    ['Alias: KMS::Alias', 'Disk: EC2::Volume {KmsKeyId: !Ref Alias}'],
    [
      'aws_kms_alias.Alias {"name": "alias/disks"}',
      'aws_ebs_volume.Disk {"kms_key_id": "<aws_kms_alias.Alias.target_key_arn>"}',
    ],
  ],
  // Logs and storage
  [
    'log-groups',
    'Trail',
    'Logs',
    ['Logs: Logs::LogGroup', 'Trail: CloudTrail::Trail {CloudWatchLogsLogGroupArn: !GetAtt Logs.Arn}'],
    [
      'aws_cloudwatch_log_group.Logs',
      'aws_cloudtrail.Trail {"cloud_watch_logs_group_arn": "<aws_cloudwatch_log_group.Logs.arn>:*"}',
    ],
  ],
  [
    'log-groups',
    'Flow',
    'Logs',
    ['Logs: Logs::LogGroup', 'Flow: EC2::FlowLog {LogDestination: !GetAtt Logs.Arn}'],
    [
      'aws_cloudwatch_log_group.Logs',
      'aws_flow_log.Flow {"vpc_id": "v", "log_destination": "<aws_cloudwatch_log_group.Logs.arn>"}',
    ],
  ],
  [
    'log-groups',
    'Machine',
    'Logs',
    [
      'Logs: Logs::LogGroup',
      'Machine: StepFunctions::StateMachine {LoggingConfiguration: {Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !GetAtt Logs.Arn}}]}}',
    ],
    [
      'aws_cloudwatch_log_group.Logs',
      'aws_sfn_state_machine.Machine {"logging_configuration": {"log_destination": "<aws_cloudwatch_log_group.Logs.arn>:*"}}',
    ],
  ],
  [
    'log-groups',
    'Stage',
    'Logs',
    ['Logs: Logs::LogGroup', 'Stage: ApiGateway::Stage {AccessLogSetting: {DestinationArn: !GetAtt Logs.Arn}}'],
    [
      'aws_cloudwatch_log_group.Logs',
      'aws_api_gateway_stage.Stage {"access_log_settings": {"destination_arn": "<aws_cloudwatch_log_group.Logs.arn>"}}',
    ],
  ],
  [
    'log-group',
    'Filter',
    'Logs',
    ['Logs: Logs::LogGroup', 'Filter: Logs::MetricFilter {LogGroupName: !Ref Logs}'],
    [
      'aws_cloudwatch_log_group.Logs',
      'aws_cloudwatch_log_metric_filter.Filter {"log_group_name": "<aws_cloudwatch_log_group.Logs.name>"}',
    ],
  ],
  [
    'log-buckets',
    'Balancer',
    'Bucket',
    [
      'Bucket: S3::Bucket',
      'Balancer: ElasticLoadBalancingV2::LoadBalancer {LoadBalancerAttributes: [{Key: access_logs.s3.bucket, Value: !Ref Bucket}]}',
    ],
    ['aws_s3_bucket.Bucket', 'aws_lb.Balancer {"access_logs": {"bucket": "<aws_s3_bucket.Bucket.id>"}}'],
  ],
  [
    'api-members',
    'Api',
    'Stage',
    ['Api: ApiGateway::RestApi', 'Stage: ApiGateway::Stage {RestApiId: !Ref Api}'],
    [
      'aws_api_gateway_rest_api.Api',
      'aws_api_gateway_stage.Stage {"rest_api_id": "<aws_api_gateway_rest_api.Api.id>"}',
    ],
  ],
  [
    'log-buckets',
    'Trail',
    'Bucket',
    ['Bucket: S3::Bucket', 'Trail: CloudTrail::Trail {S3BucketName: !Ref Bucket}'],
    ['aws_s3_bucket.Bucket', 'aws_cloudtrail.Trail {"s3_bucket_name": "<aws_s3_bucket.Bucket.id>"}'],
  ],
  [
    'log-buckets',
    'Channel',
    'Bucket',
    ['Bucket: S3::Bucket', 'Channel: Config::DeliveryChannel {S3BucketName: !Ref Bucket}'],
    ['aws_s3_bucket.Bucket', 'aws_config_delivery_channel.Channel {"s3_bucket_name": "<aws_s3_bucket.Bucket.bucket>"}'],
  ],
  [
    'log-buckets',
    'Site',
    'Bucket',
    [
      'Bucket: S3::Bucket',
      'Site: CloudFront::Distribution {DistributionConfig: {Logging: {Bucket: !GetAtt Bucket.DomainName}}}',
    ],
    [
      'aws_s3_bucket.Bucket',
      'aws_cloudfront_distribution.Site {"logging_config": {"bucket": "<aws_s3_bucket.Bucket.bucket_domain_name>"}}',
    ],
  ],
  [
    'access-log-sources',
    'Logs',
    'Bucket',
    ['Logs: S3::Bucket', 'Bucket: S3::Bucket {LoggingConfiguration: {DestinationBucketName: !Ref Logs}}'],
    [
      'aws_s3_bucket.Logs',
      'aws_s3_bucket.Bucket',
      'aws_s3_bucket_logging.Link {"bucket": "<aws_s3_bucket.Bucket.id>", "target_bucket": "<aws_s3_bucket.Logs.id>"}',
    ],
  ],
  [
    'bucket-policy',
    'Bucket',
    'Policy',
    ['Bucket: S3::Bucket', 'Policy: S3::BucketPolicy {Bucket: !Ref Bucket}'],
    ['aws_s3_bucket.Bucket', 'aws_s3_bucket_policy.Policy {"bucket": "<aws_s3_bucket.Bucket.id>", "policy": "{}"}'],
  ],
  [
    'bucket-policy',
    'Bucket',
    'Policy',
    ['Bucket: S3::Bucket {BucketName: data}', 'Policy: S3::BucketPolicy {Bucket: data}'],
    ['aws_s3_bucket.Bucket {"bucket": "data"}', 'aws_s3_bucket_policy.Policy {"bucket": "data", "policy": "{}"}'],
  ],
  [
    'origins',
    'Site',
    'Bucket',
    [
      'Bucket: S3::Bucket',
      'Site: CloudFront::Distribution {DistributionConfig: {Origins: [{DomainName: !GetAtt Bucket.RegionalDomainName}]}}',
    ],
    [
      'aws_s3_bucket.Bucket',
      'aws_cloudfront_distribution.Site {"origin": {"domain_name": "<aws_s3_bucket.Bucket.bucket_regional_domain_name>"}}',
    ],
  ],
  [
    'origin-access',
    'Site',
    'Access',
    [
      'Access: CloudFront::OriginAccessControl',
      'Site: CloudFront::Distribution {DistributionConfig: {Origins: [{OriginAccessControlId: !Ref Access}]}}',
    ],
    [
      'aws_cloudfront_origin_access_control.Access',
      'aws_cloudfront_distribution.Site {"origin": {"origin_access_control_id": "<aws_cloudfront_origin_access_control.Access.id>"}}',
    ],
  ],
  // Databases and containers
  [
    'db-cluster-instances',
    'Cluster',
    'Data',
    ['Cluster: RDS::DBCluster', 'Data: RDS::DBInstance {DBClusterIdentifier: !Ref Cluster}'],
    ['aws_rds_cluster.Cluster', 'aws_rds_cluster_instance.Data {"cluster_identifier": "<aws_rds_cluster.Cluster.id>"}'],
  ],
  [
    'parameter-group',
    'Cache',
    'Group',
    ['Group: ElastiCache::ParameterGroup', 'Cache: ElastiCache::CacheCluster {CacheParameterGroupName: !Ref Group}'],
    [
      'aws_elasticache_parameter_group.Group',
      'aws_elasticache_cluster.Cache {"parameter_group_name": "<aws_elasticache_parameter_group.Group.name>"}',
    ],
  ],
  [
    'secret-members',
    'Secret',
    'Policy',
    ['Secret: SecretsManager::Secret', 'Policy: SecretsManager::ResourcePolicy {SecretId: !Ref Secret}'],
    [
      'aws_secretsmanager_secret.Secret',
      'aws_secretsmanager_secret_policy.Policy {"secret_arn": "<aws_secretsmanager_secret.Secret.arn>", "policy": "{}"}',
    ],
  ],
  [
    'task-definition',
    'Service',
    'Task',
    ['Task: ECS::TaskDefinition', 'Service: ECS::Service {TaskDefinition: !Ref Task}'],
    [
      'aws_ecs_task_definition.Task',
      'aws_ecs_service.Service {"task_definition": "<aws_ecs_task_definition.Task.arn>"}',
    ],
  ],
  [
    'ecs-cluster-members',
    'Cluster',
    'Service',
    ['Cluster: ECS::Cluster', 'Service: ECS::Service {Cluster: !Ref Cluster}'],
    ['aws_ecs_cluster.Cluster', 'aws_ecs_service.Service {"cluster": "<aws_ecs_cluster.Cluster.id>"}'],
  ],
];

describe('a connection between resources of Terraform', () => {
  for (const [kind, of, expected, template, terraform] of ROWS) {
    it(`is as in a template: ${kind} of ${of}, ${terraform.join(', ')}`, () => {
      const resources = resourcesOf(...terraform);
      assert.equal(connected(templateStackOf(templateOf(...template)), of, kind), expected, 'in the template');
      assert.equal(
        connected(stackOf({ 'main.tf.json': { resource: resources } }), of, kind),
        expected,
        'in the configuration',
      );
      assert.equal(connected(stackOf({ 'plan.json': planOf(resources) }), of, kind), expected, 'in the plan');
    });
  }
});
/** What is said of the ways from Web to the internet, with names without types. */
function waysOf(stack: Stack): readonly string[] {
  const web = stack.resources.find(({ address }) => /^(?:\w+\.)?Web$/.test(address))!;
  return waysToInternet(web).flatMap((way) =>
    describedHops(way).map(
      ({ message }) =>
        `${message.replace(/\baws_\w+\./g, '')}${way.when.yes.isAlways() ? '' : way.when.yes.satisfiable() ? ' in some scenarios' : ' perhaps'}`,
    ),
  );
}

const WEB = 'aws_instance.Web {"subnet_id": "<aws_subnet.Subnet.id>"}';
const GATEWAY = 'aws_internet_gateway.Gateway {"vpc_id": "<aws_vpc.Vpc.id>"}';
const ROUTE =
  'aws_route.Route {"route_table_id": "<aws_route_table.Table.id>", "destination_cidr_block": "0.0.0.0/0", "gateway_id": "<aws_internet_gateway.Gateway.id>"}';
const TABLE = 'aws_route_table.Table {"vpc_id": "<aws_vpc.Vpc.id>"}';
const LINK =
  'aws_route_table_association.Link {"subnet_id": "<aws_subnet.Subnet.id>", "route_table_id": "<aws_route_table.Table.id>"}';
const NETWORK = ['aws_vpc.Vpc', SUBNET, GATEWAY, TABLE];
const WRITTEN = [...NETWORK, ROUTE, LINK];
const INLINE =
  'aws_route_table.Table {"vpc_id": "<aws_vpc.Vpc.id>", "route": [{"cidr_block": "10.0.0.0/8", "gateway_id": "local"}, {"cidr_block": "0.0.0.0/0", "gateway_id": "<aws_internet_gateway.Gateway.id>"}]}';
const MAIN =
  'aws_main_route_table_association.Main {"vpc_id": "<aws_vpc.Vpc.id>", "route_table_id": "<aws_route_table.Table.id>"}';
const DEFAULT =
  'aws_default_route_table.Default {"default_route_table_id": "<aws_vpc.Vpc.default_route_table_id>", "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "<aws_internet_gateway.Gateway.id>"}]}';
const OTHER = [
  'aws_route_table.Other {"vpc_id": "<aws_vpc.Vpc.id>"}',
  'aws_route_table_association.Link {"subnet_id": "<aws_subnet.Subnet.id>", "route_table_id": "<aws_route_table.Other.id>"}',
];
const OPEN = ['Web is in the subnet Subnet.', 'Subnet routes 0.0.0.0/0 to Gateway.'];
const TEMPLATE = [
  'Vpc: EC2::VPC',
  'Subnet: EC2::Subnet {VpcId: !Ref Vpc}',
  'Gateway: EC2::InternetGateway',
  'Table: EC2::RouteTable {VpcId: !Ref Vpc}',
  'Link: EC2::SubnetRouteTableAssociation {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}',
  'Route: EC2::Route {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}',
];

describe('a way to the internet in Terraform', () => {
  /** The resources, what is said, and where a template can say the same, what it has besides the network. */
  const rows: readonly (readonly [
    what: string,
    terraform: readonly string[],
    expected: readonly string[],
    template?: readonly string[],
  ])[] = [
    ['of an instance', [...WRITTEN, WEB], OPEN, ['Web: EC2::Instance {SubnetId: !Ref Subnet}']],
    [
      'of an interface',
      [...WRITTEN, 'aws_network_interface.Web {"subnet_id": "<aws_subnet.Subnet.id>"}'],
      OPEN,
      ['Web: EC2::NetworkInterface {SubnetId: !Ref Subnet}'],
    ],
    [
      'of a function',
      [
        ...WRITTEN,
        'aws_lambda_function.Web {"vpc_config": {"subnet_ids": ["<aws_subnet.Subnet.id>"], "security_group_ids": []}}',
      ],
      OPEN,
      ['Web: Lambda::Function {VpcConfig: {SubnetIds: [!Ref Subnet]}}'],
    ],
    [
      'of a cluster',
      [...WRITTEN, 'aws_eks_cluster.Web {"vpc_config": {"subnet_ids": ["<aws_subnet.Subnet.id>"]}}'],
      OPEN,
      ['Web: EKS::Cluster {ResourcesVpcConfig: {SubnetIds: [!Ref Subnet]}}'],
    ],
    [
      'of a template of instances',
      [
        ...WRITTEN,
        'aws_launch_template.Web',
        'aws_autoscaling_group.Fleet {"launch_template": {"id": "<aws_launch_template.Web.id>"}, "vpc_zone_identifier": ["<aws_subnet.Subnet.id>"]}',
      ],
      ['Fleet launches instances from Web.', 'Fleet is in the subnet Subnet.', OPEN[1]!],
      [
        'Web: EC2::LaunchTemplate',
        'Fleet: AutoScaling::AutoScalingGroup {LaunchTemplate: {LaunchTemplateId: !Ref Web}, VPCZoneIdentifier: [!Ref Subnet]}',
      ],
    ],
    [
      'of a cache',
      [
        ...WRITTEN,
        'aws_elasticache_subnet_group.Group {"name": "g", "subnet_ids": ["<aws_subnet.Subnet.id>"]}',
        'aws_elasticache_replication_group.Web {"subnet_group_name": "<aws_elasticache_subnet_group.Group.name>"}',
      ],
      ['Web is in the subnet group Group.', 'Group is in the subnet Subnet.', OPEN[1]!],
      [
        'Group: ElastiCache::SubnetGroup {SubnetIds: [!Ref Subnet]}',
        'Web: ElastiCache::ReplicationGroup {CacheSubnetGroupName: !Ref Group}',
      ],
    ],
    ['by a route within its table', ['aws_vpc.Vpc', SUBNET, GATEWAY, INLINE, LINK, WEB], OPEN],
    ['by the main route table of its VPC', [...NETWORK, ROUTE, MAIN, WEB], OPEN],
    [
      'by the main route table of its VPC, with a route within',
      ['aws_vpc.Vpc', SUBNET, GATEWAY, INLINE, MAIN, WEB],
      OPEN,
    ],
    ['by the default route table of its VPC', ['aws_vpc.Vpc', SUBNET, GATEWAY, DEFAULT, WEB], OPEN],
    ['by a main route table that its subnet does not use', [...NETWORK, ROUTE, MAIN, ...OTHER, WEB], []],
    [
      'by the main route table of another VPC',
      [
        'aws_vpc.Vpc',
        SUBNET,
        GATEWAY,
        TABLE,
        ROUTE,
        'aws_vpc.Elsewhere',
        'aws_main_route_table_association.Main {"vpc_id": "<aws_vpc.Elsewhere.id>", "route_table_id": "<aws_route_table.Table.id>"}',
        WEB,
      ],
      [],
    ],
    [
      'by a NAT gateway, which lets nobody in',
      [
        ...NETWORK,
        LINK,
        WEB,
        'aws_nat_gateway.Nat',
        'aws_route.Route {"route_table_id": "<aws_route_table.Table.id>", "destination_cidr_block": "0.0.0.0/0", "nat_gateway_id": "<aws_nat_gateway.Nat.id>"}',
      ],
      [],
    ],
    ['without a route', [...NETWORK, LINK, WEB], [], []],
  ];
  for (const [what, terraform, expected, template] of rows) {
    it(what, () => {
      const resources = resourcesOf(...terraform);
      if (template && expected.length > 0)
        assert.deepEqual(waysOf(templateStackOf(templateOf(...TEMPLATE, ...template))), expected, 'in the template');
      assert.deepEqual(waysOf(stackOf({ 'main.tf.json': { resource: resources } })), expected, 'in the configuration');
      assert.deepEqual(waysOf(stackOf({ 'plan.json': planOf(resources) })), expected, 'in the plan');
    });
  }

  it('is there in the scenarios in which its subnet has no other route table', () => {
    const resources = resourcesOf(...NETWORK, ROUTE, MAIN, ...OTHER, WEB);
    const counted = {
      ...resources,
      aws_route_table_association: {
        Link: { ...resources['aws_route_table_association']!['Link'], count: '${var.own ? 1 : 0}' },
      },
    };
    assert.deepEqual(
      waysOf(stackOf({ 'main.tf.json': { variable: { own: { type: 'bool' } }, resource: counted } })),
      OPEN.map((message) => `${message} in some scenarios`),
    );
  });

  it('is that of the instance that is meant', () => {
    const resources = resourcesOf(
      'aws_vpc.Vpc',
      GATEWAY,
      TABLE,
      ROUTE,
      'aws_subnet.Subnet {"vpc_id": "<aws_vpc.Vpc.id>", "for_each": "<toset([\\"a\\", \\"b\\"])>"}',
      'aws_route_table_association.Link {"for_each": "<toset([\\"a\\"])>", "subnet_id": "<aws_subnet.Subnet[each.key].id>", "route_table_id": "<aws_route_table.Table.id>"}',
      'aws_instance.Web {"subnet_id": "<aws_subnet.Subnet[\\"a\\"].id>"}',
    );
    assert.deepEqual(waysOf(stackOf({ 'main.tf.json': { resource: resources } })), [
      'Web is in the subnet Subnet["a"].',
      'Subnet["a"] routes 0.0.0.0/0 to Gateway.',
    ]);
    const private_ = { ...resources, aws_instance: { Web: { subnet_id: '${aws_subnet.Subnet["b"].id}' } } };
    assert.deepEqual(waysOf(stackOf({ 'main.tf.json': { resource: private_ } })), []);
    const main = { ...private_, ...resourcesOf(MAIN) };
    assert.deepEqual(waysOf(stackOf({ 'main.tf.json': { resource: main } })), [
      'Web is in the subnet Subnet["b"].',
      'Subnet["b"] routes 0.0.0.0/0 to Gateway.',
    ]);
  });

  it('crosses modules', () => {
    const files = {
      'main.tf.json': {
        module: { net: { source: './net' }, app: { source: './app', subnet: '${module.net.subnet}' } },
      },
      'net/main.tf.json': {
        resource: resourcesOf(...WRITTEN),
        output: { subnet: { value: '${aws_subnet.Subnet.id}' } },
      },
      'app/main.tf.json': {
        variable: { subnet: {} },
        resource: { aws_instance: { Web: { subnet_id: '${var.subnet}' } } },
      },
    };
    const web = stackOf(files).byAddress('module.app.aws_instance.Web')!;
    assert.deepEqual(
      waysToInternet(web)
        .flatMap(describedHops)
        .map(({ message }) => message),
      [
        'module.app.aws_instance.Web is in the subnet module.net.aws_subnet.Subnet.',
        'module.net.aws_subnet.Subnet routes 0.0.0.0/0 to module.net.aws_internet_gateway.Gateway.',
      ],
    );
  });

  it('may not be there where files are not read', () => {
    const stack = stackOf({
      'main.tf.json': { resource: resourcesOf(...NETWORK, ROUTE, MAIN, WEB) },
      'more.tf': UNREADABLE,
    });
    assert.deepEqual(waysOf(stack), []);
  });

  it('leads from its table to the table, not to its routes', () => {
    assert.equal(
      stackOf({ 'main.tf.json': { resource: resourcesOf(INLINE) } }).byAddress('aws_route_table.Table')?.type,
      'AWS::EC2::RouteTable',
    );
  });
});

describe('a connection with something that is there already', () => {
  const ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1';
  /** The bodies as a plan knows them, from which end, the kind, and whom it leads to. */
  const rows: readonly (readonly [
    what: string,
    resources: Resources,
    of: string,
    kind: ConnectionKind,
    expected: string,
  ])[] = [
    [
      'by its id',
      { aws_security_group: { Group: { id: 'sg-1' } }, aws_instance: { Web: { vpc_security_group_ids: ['sg-1'] } } },
      'Group',
      'security-group-users',
      'Web',
    ],
    [
      'by another id',
      { aws_security_group: { Group: { id: 'sg-1' } }, aws_instance: { Web: { vpc_security_group_ids: ['sg-2'] } } },
      'Group',
      'security-group-users',
      '',
    ],
    [
      'by its ARN',
      { aws_kms_key: { Key: { arn: ARN, key_id: '1', id: '1' } }, aws_ebs_volume: { Disk: { kms_key_id: ARN } } },
      'Disk',
      'keys',
      'Key',
    ],
    [
      'by an attribute that stands for it',
      { aws_kms_key: { Key: { arn: ARN, key_id: '1', id: '1' } }, aws_kms_alias: { Alias: { target_key_id: '1' } } },
      'Key',
      'key-aliases',
      'Alias',
    ],
    [
      'by its ARN with a star',
      {
        aws_cloudwatch_log_group: { Logs: { arn: 'arn:aws:logs:eu-west-1:111122223333:log-group:/t' } },
        aws_cloudtrail: { Trail: { cloud_watch_logs_group_arn: 'arn:aws:logs:eu-west-1:111122223333:log-group:/t:*' } },
      },
      'Logs',
      'log-group-writers',
      'Trail',
    ],
    [
      'by its name',
      {
        aws_iam_role: { Role: { name: 'runner', id: 'runner', arn: 'arn:aws:iam::111122223333:role/runner' } },
        aws_iam_role_policy: { Policy: { role: 'runner', policy: '{}' } },
      },
      'Role',
      'role-policies',
      'Policy',
    ],
    [
      'of a subnet and a table',
      {
        aws_subnet: { Subnet: { id: 'subnet-1' } },
        aws_route_table: { Table: { id: 'rtb-1' } },
        aws_route_table_association: { Link: { subnet_id: 'subnet-1', route_table_id: 'rtb-1' } },
      },
      'Link',
      'association-route-table',
      'Table',
    ],
  ];
  for (const [what, resources, of, kind, expected] of rows)
    it(what, () => assert.equal(connected(stackOf({ 'plan.json': planOf(resources) }), of, kind), expected));
});
