/** Paths to resources that name no security groups, so that they get the default one of their VPC. */
import { flatMap } from '../base/flat-map.ts';
import { table, type Table } from '../base/table.ts';
import { all, is, isAbsent, isPresent, not, UNKNOWABLE, YES, type Judgement } from '../model/judgement.ts';
import { oneOf } from '../model/predicate.ts';
import type { Resource } from '../model/resource.ts';
import type { AccessPath, PathStep } from './access-path.ts';
import { webAclsOf } from './endpoint.ts';
import { ownPortOf } from './listening-port.ts';
import { guardsOf, unguardedPathsTo, type AcceptingPort } from './network-path.ts';

/** When a type gets a default security group. */
interface DefaultGroup {
  /** The properties that name security groups, or something else that has them. */
  readonly without: readonly string[];
  /** What else must hold. */
  readonly where?: (resource: Resource) => Judgement;
}

/** The types that get a default security group. Others require security groups, have none, or it is not known. */
const TYPES: Table<DefaultGroup> = table({
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html (SecurityGroupId)
  'AWS::EC2::Instance': { without: ['SecurityGroupIds', 'SecurityGroups', 'NetworkInterfaces', 'LaunchTemplate'] },
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-awsvpcconfiguration.html
  'AWS::ECS::Service': {
    without: ['NetworkConfiguration.AwsvpcConfiguration.SecurityGroups'],
    where: (service) => isPresent(service.get('NetworkConfiguration.AwsvpcConfiguration')),
  },
  // In a default VPC, the load balancer gets a security group of Elastic Load Balancing instead, which a later change
  // of the account can have closed.
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-vpc-security-groups.html
  'AWS::ElasticLoadBalancing::LoadBalancer': { without: ['SecurityGroups'] },
  // AWS states it for Classic Load Balancers only; users see it here too.
  // https://github.com/ansible-collections/amazon.aws/issues/10
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    without: ['SecurityGroups'],
    where: (balancer) => not(is(balancer.get('Type'), oneOf('gateway', 'network'))),
  },
  // https://docs.aws.amazon.com/msk/1.0/apireference/clusters.html
  'AWS::MSK::Cluster': { without: ['BrokerNodeGroupInfo.SecurityGroups'] },
  // The instances of a cluster have its security groups. AWS states the default for an instance only.
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html (VpcSecurityGroupIds)
  'AWS::RDS::DBCluster': { without: ['VpcSecurityGroupIds'] },
  'AWS::RDS::DBInstance': { without: ['VPCSecurityGroups', 'DBSecurityGroups', 'DBClusterIdentifier'] },
  // https://docs.aws.amazon.com/redshift/latest/APIReference/API_CreateCluster.html (VpcSecurityGroupIds)
  'AWS::Redshift::Cluster': { without: ['VpcSecurityGroupIds', 'ClusterSecurityGroups'] },
});

/** Whether a resource gets a default security group, because it names none. */
function hasDefaultGroup(resource: Resource): Judgement | undefined {
  const group = TYPES[resource.type];
  return group && all(...group.without.map((path) => isAbsent(resource.get(path))), group.where?.(resource) ?? YES);
}

/** Whether a resource gets a default security group, unless parameters decide otherwise. */
export function usesDefaultGroup(resource: Resource): boolean {
  return hasDefaultGroup(resource)?.yes.holdsByDefault() === true;
}

/**
 * The paths to a resource through a default security group, whose rules are not known. A path of which nothing else is
 * known is omitted.
 */
export function defaultGroupPathsTo(resource: Resource, at?: AcceptingPort): readonly AccessPath[] {
  return flatMap(guardsOf(resource).filter(usesDefaultGroup), (user) =>
    unguardedPathsTo(resource, at, user)
      .filter(({ steps }) => steps.some(({ open }) => open.yes.holdsByDefault() || open.no.holdsByDefault()))
      .map((path) => ({
        ...path,
        steps: [...path.steps, groupStep(user)],
        traffic: trafficTo(resource),
        limits: webAclsOf(resource),
      })),
  );
}

function groupStep(user: Resource): PathStep {
  const { displayName: name, self } = user;
  return {
    resource: user,
    text: `${name} names no security groups, so the default one applies`,
    at: self,
    open: all(hasDefaultGroup(user)!, UNKNOWABLE),
    missing: `whether the default security group of ${name} allows traffic from the internet`,
  };
}

function trafficTo(resource: Resource): string {
  if (/^AWS::ElasticLoadBalancing/.test(resource.type)) return 'traffic of its listeners';
  const port = ownPortOf(resource);
  return port === undefined ? 'traffic' : `TCP port ${port}`;
}
