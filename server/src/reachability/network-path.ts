/**
 * Paths through networks: from the internet through the internet gateway, the network ACL of a subnet and a security
 * group to a resource with a public address.
 */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import { all, any, judgement, UNKNOWABLE, YES, type Judgement } from '../model/judgement.ts';
import { always, never } from '../model/quantified.ts';
import { connectionText } from '../model/relation.ts';
import type { Edge, Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { isOpen, type AccessPath, type PathStep } from './access-path.ts';
import { attachmentsOf, type Attachment } from './attachment.ts';
import { aclSteps, placementsOf, routeSteps, type Placement } from './internet-route.ts';
import { canHaveIpv6Address, ipv6AddressStep } from './ipv6-address.ts';
import { acceptsTrafficOf, ownPortOf } from './listening-port.ts';
import type { IpFamily } from './remote-addresses.ts';
import { openingsOf, openingStep, type Opening } from './opening.ts';
import { allowsPort, onlyNumber, portText, type Port } from './ports.ts';
import type { GroupRule } from './security-group-rules.ts';
import { onlyPortOf, protocolOf, trafficOf } from './traffic.ts';
import { canHavePublicAddress, publicAddressStep } from './public-address.ts';

/** How the internet gets to a resource, security groups and network ACLs aside. */
export interface Approach {
  readonly family: IpFamily;
  /** The resource that accepts the traffic. */
  readonly target: Resource;
  readonly subnet: Resource | undefined;
  /** Through the gateway into the subnet. */
  readonly inbound: readonly PathStep[];
  /** From the network interface to the resource. */
  readonly own: readonly PathStep[];
  /** Whether all of these steps are open. */
  readonly open: Judgement;
  /**
   * Whether a security group is one of the network interface that is approached, given the value that names the group.
   */
  readonly hasGroup: (via: Value) => Judgement;
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

const byIpv4 = memoize((user: Resource) => approachesBy(user, 'IPv4'));
const byIpv6 = memoize((user: Resource) => approachesBy(user, 'IPv6'));

/**
 * How the internet gets to what a resource with security groups protects: one approach for each subnet and network
 * interface.
 */
export function approachesTo(user: Resource, family: IpFamily): readonly Approach[] {
  return family === 'IPv4' ? byIpv4(user) : byIpv6(user);
}

function approachesBy(user: Resource, family: IpFamily): readonly Approach[] {
  const canHaveAddress = family === 'IPv4' ? canHavePublicAddress : canHaveIpv6Address;
  return flatMap(
    attachmentsOf(user).filter(({ addressed }) => canHaveAddress(addressed)),
    (attachment) => {
      const placements = firstOf(
        placementsOf(attachment.placed).filter((placement) => !never(isPlaced(attachment, placement))),
        MOST_SUBNETS,
        ({ subnet }) => routeSteps(subnet, family).some(({ open }) => never(open)),
      );
      if (placements.length === 0) return [approach(family, attachment, undefined, YES)];
      const routed = IN_ONE_SUBNET.has(attachment.target.type)
        ? all(...flatMap(placements, ({ subnet }) => routeSteps(subnet, family).map(({ open }) => open)))
        : YES;
      return placements.map((placement) => approach(family, attachment, placement, routed));
    },
  );
}

/** Whether a network interface is in a subnet. What is not written in its list has the subnets of the whole. */
function isPlaced({ own, addressed }: Attachment, { chain: { hops } }: Placement): Judgement {
  const [first] = hops;
  return own && first?.kind === 'subnets' && first.from === addressed ? own.holds('subnets', first.via) : YES;
}

/** @param routed Whether all subnets in which the target can be are routed to a gateway. */
function approach(
  family: IpFamily,
  attachment: Attachment,
  placement: Placement | undefined,
  routed: Judgement,
): Approach {
  const { target, addressed, when, steps, own: one } = attachment;
  const subnet = placement?.subnet;
  const address =
    family === 'IPv4'
      ? publicAddressStep(target, addressed, subnet, attachment)!
      : ipv6AddressStep(target, addressed, subnet, one?.item)!;
  const own = [...steps, address];
  const inbound = placement
    ? [...routeSteps(placement.subnet, family), ...placementSteps(attachment, placement, routed)]
    : [unplaced(target)];
  return {
    family,
    target,
    subnet,
    inbound,
    own,
    open: all(when, ...[...inbound, ...own].map(({ open }) => open)),
    hasGroup: (via) => one?.holds('security-groups', via) ?? YES,
  };
}

/** The step into a subnet. */
function placementSteps(attachment: Attachment, placement: Placement, routed: Judgement): readonly PathStep[] {
  const { target } = attachment;
  const { hops, when } = placement.chain;
  const [first, last] = [hops[0]!, hops.at(-1)!];
  // The subnet group or what launches it is between them.
  const text = connectionText('subnets', first.from, last.to);
  const open = all(judgement(when), isPlaced(attachment, placement), any(routed, UNKNOWABLE));
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

/**
 * The path through an opening of a security group.
 * @param at The port that accepts the connections, if it is one of several.
 * @param membership The step in which the resource has the group, if it may not.
 */
function pathThrough(
  approach: Approach,
  opening: Opening,
  at: AcceptingPort | undefined,
  membership: readonly PathStep[],
): AccessPath {
  const { target, inbound, own } = approach;
  const last = at ? portSteps(opening, at) : listeningSteps(target, opening.rule);
  return {
    from: 'internet',
    to: target,
    steps: [
      ...inbound,
      ...aclStepsOf(approach, opening.rule, at),
      ...membership,
      openingStep(opening),
      ...own,
      ...last,
    ],
    traffic: trafficOf(opening.rule.properties),
    limits: [],
  };
}

/** A port, and the resource whose port it is, such as a listener. */
export interface AcceptingPort extends Port {
  readonly owner: Resource;
}

function aclStepsOf(
  { subnet, family }: Approach,
  rule: GroupRule | undefined,
  at?: AcceptingPort,
): readonly PathStep[] {
  if (!subnet) return [];
  const number = at && at.transports.includes('tcp') ? onlyNumber(at.value) : undefined;
  const port = number ?? (rule && onlyPortOf(rule.properties));
  return aclSteps(subnet, port, family, rule && protocolOf(rule.properties));
}

/** The step of a rule that does not allow connections to a port in all scenarios. */
function portSteps({ group, rule, end }: Opening, at: AcceptingPort): readonly PathStep[] {
  const open = allowsPort(rule, at);
  if (always(open)) return [];
  const verb = never(open) ? 'does not allow' : 'allows';
  const what = `connections to ${portText(at, at.owner)}`;
  const missing = `whether ${group.displayName} allows ${what}`;
  return [{ resource: group, text: `${group.displayName} ${verb} ${what}`, at: end.value, open, missing }];
}

/** The step of a target that does not accept connections at each port. */
function listeningSteps(target: Resource, rule: GroupRule): readonly PathStep[] {
  const open = acceptsTrafficOf(target, rule);
  if (always(open)) return [];
  const port = onlyPortOf(rule.properties);
  const where = port === undefined ? 'the ports of the rule' : `port ${port}`;
  const own = ownPortOf(target);
  const { displayName: name } = target;
  const text = !never(open)
    ? `${name} accepts connections at ${where}`
    : own === undefined
      ? `${name} does not accept connections at ${where}`
      : `${name} accepts connections at port ${own}, not at ${where}`;
  return [
    { resource: target, text, at: target.self, open, missing: `whether ${name} accepts connections at ${where}` },
  ];
}

/** The paths to a resource with security groups of its own, or behind one with security groups. */
export const networkPathsTo = memoize((resource: Resource): readonly AccessPath[] =>
  flatMap(guardsOf(resource), (user) =>
    firstOf(openedPaths(resource, user), MOST_PATHS, (path) => never(isOpen(path))),
  ),
);

/**
 * The paths to a port of a resource with security groups. Those through rules for other ports are left out, if there
 * are others.
 */
export function pathsToPort(resource: Resource, at: AcceptingPort): readonly AccessPath[] {
  const allowing = openedPaths(resource, resource, at, (rule) => !never(allowsPort(rule, at)));
  return allowing.length > 0 ? allowing : openedPaths(resource, resource, at);
}

/**
 * The paths to a port of a resource, or of the network interfaces that another one stands for, security groups aside.
 */
export function unguardedPathsTo(resource: Resource, at?: AcceptingPort, user = resource): readonly UnguardedPath[] {
  const isPossible = ({ family, own }: Approach): boolean => family === 'IPv4' || !own.some(({ open }) => never(open));
  return flatMap(FAMILIES, (family) => approachesTo(user, family))
    .filter((approach) => approach.target === resource && isPossible(approach))
    .map((approach) => ({
      from: 'internet',
      to: resource,
      steps: [...approach.inbound, ...(at ? aclStepsOf(approach, undefined, at) : []), ...approach.own],
      limits: [],
    }));
}

type UnguardedPath = Omit<AccessPath, 'traffic'>;

/** The paths to a resource through the security groups of another one, or of itself. */
function openedPaths(
  resource: Resource,
  user: Resource,
  at?: AcceptingPort,
  isMeant: (rule: GroupRule) => boolean = () => true,
): readonly AccessPath[] {
  return flatMap(FAMILIES, (family) => {
    const openings = firstOf(
      flatMap(user.related('security-groups').edges, (edge) =>
        openingsOf(edge.resource)
          .filter(({ end, rule }) => end.family === family && isMeant(rule))
          .map((opening) => ({ opening, edge })),
      ),
      MOST_OPENINGS,
      ({ opening }) => never(acceptsTrafficOf(resource, opening.rule)),
    );
    if (openings.length === 0) return [];
    const approaches = approachesTo(user, family).filter(({ target }) => target === resource);
    return flatMap(openings, ({ opening, edge }) =>
      flatMap(approaches, (one) => {
        const uses = all(judgement(edge.when), one.hasGroup(edge.via));
        return never(uses) ? [] : [pathThrough(one, opening, at, membershipSteps(user, edge, uses))];
      }),
    );
  });
}

/** The step in which a resource has a security group; none if it always has. */
function membershipSteps(user: Resource, { resource: group, via }: Edge, uses: Judgement): readonly PathStep[] {
  if (always(uses)) return [];
  const missing = `whether ${user.displayName} uses the security group ${group.displayName}`;
  return [{ resource: group, text: connectionText('security-groups', user, group), at: via, open: uses, missing }];
}

const FAMILIES = ['IPv4', 'IPv6'] as const;

/** The resources whose security groups protect a resource: itself, and what has them in its place. */
export function guardsOf(resource: Resource): readonly Resource[] {
  const attached = flatMap(
    resource.related('instance-attachments').edges,
    (edge) => edge.resource.related('network-interfaces').edges,
  );
  return [
    ...new Set([
      resource,
      ...[...flatMap(GUARDED_BY, (kind) => resource.related(kind).edges), ...attached].map((edge) => edge.resource),
    ]),
  ];
}

/**
 * The relations from a resource to what has the security groups in its place: the inverse of those in `attachment.ts`.
 */
const GUARDED_BY = ['launch-template', 'network-interfaces', 'db-cluster'] as const;

/** The maximum number of rules through which paths lead to a resource. */
const MOST_OPENINGS = 64;

/** The maximum number of paths through networks to a resource. */
const MOST_PATHS = 32;

/** At most some items, of which those that stop the traffic are the first to be left out. */
function firstOf<Item>(items: readonly Item[], most: number, isClosed: (item: Item) => boolean): readonly Item[] {
  if (items.length <= most) return items;
  const closed = new Set(items.filter(isClosed));
  return [...items.filter((item) => !closed.has(item)), ...closed].slice(0, most);
}
