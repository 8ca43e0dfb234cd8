/**
 * Paths through networks: from the internet through the internet gateway, the network ACL of a subnet and a security group
 * to a resource with a public address.
 */
import { memoize } from '../base/memoize.ts';
import { ownEntry, table, type Table } from '../base/table.ts';
import { all, any, judgement, UNKNOWABLE, YES, type Judgement } from '../model/judgement.ts';
import { always, leavesWhere, never } from '../model/quantified.ts';
import { connectionText } from '../model/relation.ts';
import type { Resource } from '../model/resource.ts';
import { shown } from '../model/shown.ts';
import type { AccessPath, PathStep } from './access-path.ts';
import { attachmentsOf, type Attachment } from './attachment.ts';
import { aclSteps, placementsOf, routeStep, type Placement } from './internet-route.ts';
import { listensAt } from './listening-port.ts';
import { openEnds, type OpenEnd } from './open-ends.ts';
import { rulesOf, type GroupRule } from './security-group-rules.ts';
import { onlyPortOf, trafficOf } from './traffic.ts';
import { canHavePublicAddress, publicAddressStep } from './public-address.ts';

/** How the internet gets to a resource, security groups and network ACLs aside. */
export interface Approach {
  /** The resource that accepts the traffic. */
  readonly target: Resource;
  readonly subnet: Resource | undefined;
  /** Through the gateway into the subnet. */
  readonly inbound: readonly PathStep[];
  /** From the network interface to the resource. */
  readonly own: readonly PathStep[];
  /** Whether all of these steps are open. */
  readonly open: Judgement;
}

/** The maximum number of subnets of a resource through which paths lead. */
const MOST_SUBNETS = 8;

/** The types that are in one of their subnets, which AWS chooses. */
const IN_ONE_SUBNET: ReadonlySet<string> = new Set([
  'AWS::Neptune::DBInstance',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
]);

/** How the internet gets to what a resource with security groups protects: one approach for each subnet. */
export const approachesTo = memoize((user: Resource): readonly Approach[] =>
  attachmentsOf(user)
    .filter(({ addressed }) => canHavePublicAddress(addressed))
    .flatMap((attachment) => {
      const placements = placementsOf(attachment.placed).slice(0, MOST_SUBNETS);
      if (placements.length === 0) return [approach(attachment, undefined, YES)];
      const routed = IN_ONE_SUBNET.has(attachment.target.type)
        ? all(...placements.map(({ subnet }) => routeStep(subnet).open))
        : YES;
      return placements.map((placement) => approach(attachment, placement, routed));
    }),
);

/** @param routed Whether all subnets in which the target can be are routed to a gateway. */
function approach(
  { target, addressed, when, steps }: Attachment,
  placement: Placement | undefined,
  routed: Judgement,
): Approach {
  const subnet = placement?.subnet;
  const own = [...steps, ...interfaceSteps(target, addressed), publicAddressStep(target, addressed, subnet)!];
  const inbound = placement
    ? [routeStep(placement.subnet), ...placementSteps(target, placement, routed)]
    : [unplaced(target)];
  return { target, subnet, inbound, own, open: all(when, ...[...inbound, ...own].map(({ open }) => open)) };
}

/** The lists of network interfaces. */
const INTERFACES: Table<string> = table({
  'AWS::EC2::Instance': 'NetworkInterfaces',
  'AWS::EC2::LaunchTemplate': 'LaunchTemplateData.NetworkInterfaces',
});

/** With several network interfaces, it is not evaluated which of them has the group, the subnet and the address of a path. */
function interfaceSteps(target: Resource, addressed: Resource): readonly PathStep[] {
  const list = ownEntry(INTERFACES, addressed.type);
  if (list === undefined || addressed.each(list).items.length < 2) return [];
  const { displayName: name } = target;
  return [
    {
      resource: target,
      text: `${name} has several network interfaces`,
      at: addressed.get(list),
      open: UNKNOWABLE,
      missing: `whether one network interface of ${name} has the security group, the route and the public IP address`,
    },
  ];
}

/** The step into a subnet. */
function placementSteps(
  target: Resource,
  { chain: { hops, when } }: Placement,
  routed: Judgement,
): readonly PathStep[] {
  const [first, last] = [hops[0]!, hops.at(-1)!];
  // The subnet group or what launches it is between them.
  const text = connectionText('subnets', first.from, last.to);
  const open = all(judgement(when), any(routed, UNKNOWABLE));
  return [{ resource: last.to, text, at: last.via, open, missing: `in which of its subnets ${target.displayName} is` }];
}

function unplaced(target: Resource): PathStep {
  const { displayName: name, self } = target;
  return {
    resource: target,
    text: `the subnets of ${name} are not in these documents`,
    at: self,
    open: UNKNOWABLE,
    missing: `whether the subnets of ${name} route traffic to an internet gateway`,
  };
}

/** An inbound rule of a security group that allows traffic from all addresses of IPv4. */
export interface Opening {
  readonly group: Resource;
  readonly rule: GroupRule;
  readonly end: OpenEnd;
  /** Whether the rule belongs to the group. */
  readonly when: Judgement;
}

/** The inbound rules of a group, in its own list and in separate resources. */
export const inboundRulesOf = memoize(
  (group: Resource): readonly { readonly rule: GroupRule; readonly when: Judgement }[] => [
    ...rulesOf(group, 'SecurityGroupIngress').map((rule) => ({ rule, when: YES })),
    ...group
      .related('security-group-rules')
      .edges.filter(({ resource: { type } }) => type === 'AWS::EC2::SecurityGroupIngress')
      .flatMap(({ resource, when }) =>
        rulesOf(resource, 'SecurityGroupIngress').map((rule) => ({
          rule,
          when: all(judgement(resource.when), judgement(when)),
        })),
      ),
  ],
);

/** The inbound rules of a group that can allow all IPv4 addresses. */
export const openingsOf = memoize((group: Resource): readonly Opening[] =>
  inboundRulesOf(group).flatMap(({ rule, when }) =>
    openEnds(rule, () => YES)
      .filter(({ family, open }) => family === 'IPv4' && !never(all(open, when)))
      .map((end) => ({ group, rule, end, when })),
  ),
);

/** The step of a path through a security group. */
export function openingStep({ group, rule, end, when }: Opening): PathStep {
  const traffic = trafficOf(rule.properties);
  const range = end.words(shown(leavesWhere(end.value, end.open)[0] ?? end.value));
  return {
    resource: group,
    text: `${group.displayName} allows ${traffic} from ${range}`,
    at: end.value,
    open: all(when, end.open),
    missing: `whether ${group.displayName} allows ${traffic} from all addresses`,
  };
}

/** The path through an opening of a security group. */
export function pathThrough({ target, subnet, inbound, own }: Approach, opening: Opening): AccessPath {
  const port = onlyPortOf(opening.rule.properties);
  const acl = subnet ? aclSteps(subnet, port) : [];
  return {
    from: 'internet',
    to: target,
    steps: [...inbound, ...acl, openingStep(opening), ...own, ...listeningSteps(target, port)],
    traffic: trafficOf(opening.rule.properties),
    limits: [],
  };
}

/** The step of a target that does not accept connections at each port. */
function listeningSteps(target: Resource, port: number | undefined): readonly PathStep[] {
  const open = port === undefined ? YES : listensAt(target, port);
  if (always(open)) return [];
  const verb = never(open) ? 'does not accept' : 'accepts';
  return [
    {
      resource: target,
      text: `${target.displayName} ${verb} connections at port ${port!}`,
      at: target.self,
      open,
      missing: `whether ${target.displayName} accepts connections at port ${port!}`,
    },
  ];
}

/** The paths to a resource with security groups of its own, or behind one with security groups. */
export const networkPathsTo = memoize((resource: Resource): readonly AccessPath[] => {
  const users = [resource, ...GUARDED_BY.flatMap((kind) => resource.related(kind).edges.map((edge) => edge.resource))];
  return users.flatMap((user) => {
    const approaches = approachesTo(user).filter(({ target }) => target === resource);
    if (approaches.length === 0) return [];
    return user
      .related('security-groups')
      .edges.flatMap(({ resource: group, when }) =>
        openingsOf(group).flatMap((opening) =>
          approaches.map((one) => pathThrough(one, { ...opening, when: all(opening.when, judgement(when)) })),
        ),
      )
      .slice(0, MOST_PATHS);
  });
});

/** The relations from a resource to what has the security groups in its place: the inverse of those in `attachment.ts`. */
const GUARDED_BY = ['launch-template', 'network-interfaces', 'db-cluster'] as const;

/** The maximum number of paths through networks to a resource. */
const MOST_PATHS = 32;
