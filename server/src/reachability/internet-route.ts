/** How traffic from the internet gets into the subnets of a resource. */
import { flatMap } from '../base/flat-map.ts';
import type { Truth } from '../base/guard.ts';
import { memoize } from '../base/memoize.ts';
import { chainsFrom, type Chain, type Hop } from '../model/chain.ts';
import { isTemplate } from '../model/format.ts';
import { isEverywhere, routeText, TO_SUBNET, toGateway } from '../model/internet.ts';
import { all, among, any, isAbsent, judgement, NO, not, UNKNOWABLE, YES, type Judgement } from '../model/judgement.ts';
import { never, sometimes } from '../model/quantified.ts';
import type { Resource } from '../model/resource.ts';
import type { PathStep } from './access-path.ts';
import { attachmentSteps } from './gateway-attachment.ts';
import { poolSteps } from './ipv6-pool.ts';
import { detourStep, inspectionSteps } from './middle-box.ts';
import { hasEntryFor, allowsResponses, allowsInbound } from './network-acl.ts';
import type { IpFamily } from './remote-addresses.ts';
import type { Protocol } from './traffic.ts';

/** A subnet of a resource. */
export interface Placement {
  readonly subnet: Resource;
  /** The relations from the resource to the subnet. */
  readonly chain: Chain;
}

/** The subnets of a resource: its own, those of what launches it, and those of its subnet group. */
export const placementsOf = memoize((resource: Resource): readonly Placement[] =>
  flatMap(TO_SUBNET, (hops) =>
    chainsFrom(resource, ...hops, 'subnets').chains.map((chain) => ({ subnet: chain.hops.at(-1)!.to, chain })),
  ),
);

/** The destination property of a route for a family of addresses, and that for the other one. */
const DESTINATIONS = {
  IPv4: { own: 'DestinationCidrBlock', other: 'DestinationIpv6CidrBlock', name: 'route' },
  IPv6: { own: 'DestinationIpv6CidrBlock', other: 'DestinationCidrBlock', name: 'IPv6 route' },
} as const;

/** Whether a route is for all addresses of a family. */
function isForAll(route: Resource, family: IpFamily): Judgement {
  return isEverywhere(route.get(DESTINATIONS[family].own));
}

/** A function of a subnet and a family of addresses. */
function bySubnet<Result>(compute: (subnet: Resource, family: IpFamily) => Result): typeof compute {
  const [ipv4, ipv6] = [
    memoize((subnet: Resource) => compute(subnet, 'IPv4')),
    memoize((subnet: Resource) => compute(subnet, 'IPv6')),
  ];
  return (subnet, family) => (family === 'IPv4' ? ipv4(subnet) : ipv6(subnet));
}

/** The steps of a path through the internet gateway to which a subnet routes traffic. */
export const routeSteps = bySubnet((subnet, family): readonly PathStep[] => {
  const { chains, complete } = chainsFrom(subnet, ...toGateway((route) => isForAll(route, family)));
  const [first] = chains;
  const missing = missingRoute(subnet, family);
  if (!first) return [elsewhereStep(subnet, family, complete)];
  const last = first.hops.at(-1)!;
  const step: PathStep = {
    resource: last.to,
    text: routeText(subnet, last),
    at: last.via,
    open: among(any(...chains.map(({ when }) => judgement(when))), complete),
    missing,
  };
  return [
    step,
    ...attachmentSteps(last.to),
    ...inspectionSteps(subnet, last.to, family),
    ...(family === 'IPv6' ? poolSteps(subnet) : []),
  ];
});

function missingRoute(subnet: Resource, family: IpFamily): string {
  return `whether ${subnet.displayName} routes ${family === 'IPv6' ? 'IPv6 ' : ''}traffic to an internet gateway`;
}

/** The step of a subnet without a known route to an internet gateway. */
function elsewhereStep(subnet: Resource, family: IpFamily, complete: Truth): PathStep {
  const { chains } = chainsFrom(subnet, 'subnet-route-table-associations', 'association-route-table', {
    kinds: ['routes'],
    where: (route) => isForAll(route, family),
  });
  const detour = detourStep(subnet, chains);
  if (detour) return detour;
  const missing = missingRoute(subnet, family);
  const outbound = flatMap(chains, ({ hops, when }) => outboundOnly(hops.at(-1)!, when));
  const [first] = outbound;
  const text = first
    ? `${routeText(subnet, first.hop)}, which only allows outbound traffic`
    : `${subnet.displayName} has no known ${DESTINATIONS[family].name} to an internet gateway`;
  // A route for other destinations can be for a part of the internet.
  const isRouted =
    chainsFrom(subnet, ...toGateway((route) => isAbsent(route.get(DESTINATIONS[family].other)))).chains.length > 0;
  const otherwise = complete.yes.isAlways() && !isRouted ? unrouted(subnet) : UNKNOWABLE;
  // A route table has one route for each destination.
  const open = all(otherwise, ...outbound.map(({ open: leads }) => not(leads)));
  return { resource: subnet, text, at: first?.hop.via ?? subnet.self, open, missing };
}

/**
 * The gateways that allow no inbound connections.
 * https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
 */
const OUTBOUND: ReadonlySet<string> = new Set(['AWS::EC2::EgressOnlyInternetGateway', 'AWS::EC2::NatGateway']);

/** The hops from a route to gateways for outbound traffic only. */
function outboundOnly({ to: route }: Hop, when: Truth): readonly { readonly hop: Hop; readonly open: Judgement }[] {
  return route
    .related('route-target')
    .edges.filter(({ resource }) => OUTBOUND.has(resource.type))
    .map(({ resource: to, via, when: there }) => ({
      hop: { from: route, to, kind: 'route-target', via },
      open: all(judgement(when), judgement(there)),
    }));
}

/**
 * A subnet without an association uses the main route table of its VPC. A template cannot add routes to it, while
 * Terraform can.
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
 */
function unrouted(subnet: Resource): Judgement {
  return isTemplate(subnet.format) && !subnet.external ? NO : UNKNOWABLE;
}

/** The number of the protocol whose connections need responses. */
const TCP = 6;

/**
 * The steps of a path through the network ACLs of a subnet; none without an association in these documents, because the
 * default network ACL allows all traffic.
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
 * @param port A TCP port, or undefined for other traffic.
 * @param protocol The number and name of the only protocol of the traffic.
 */
export function aclSteps(
  subnet: Resource,
  port: number | undefined,
  family: IpFamily,
  protocol?: Protocol,
): readonly PathStep[] {
  return flatMap(subnet.related('subnet-acl-associations').edges, ({ resource: association, when }) =>
    association.related('association-acl').edges.map(({ resource: acl, when: there, via }): PathStep => {
      // Other protocols need no response.
      const responds = !protocol || protocol.number === TCP ? allowsResponses(acl, family) : YES;
      const through = allowsInbound(acl, port, family);
      // A part of the ports can be allowed.
      const part = protocol ? all(hasEntryFor(acl, protocol.number), UNKNOWABLE) : UNKNOWABLE;
      const enters = port === undefined ? any(through, part) : through;
      const allows = all(enters, responds);
      const applies = all(judgement(when), judgement(there));
      const whole = protocol && never(enters) ? protocol.name : 'all inbound traffic';
      const traffic = port === undefined ? whole : `TCP port ${port}`;
      const [source, clients] =
        family === 'IPv6' ? ['IPv6 addresses', 'IPv6 addresses'] : ['the internet', 'clients on the internet'];
      const name = `the network ACL ${acl.displayName}`;
      return {
        resource: acl,
        text:
          never(responds) && !never(enters)
            ? `${name} does not allow responses to ${clients}`
            : `${name} ${never(allows) ? 'does not allow' : 'allows'} ${traffic} from ${source}`,
        at: via,
        open: any(not(applies), allows),
        missing:
          sometimes(enters) && !sometimes(responds)
            ? `whether ${name} allows responses to the ports of clients`
            : `whether ${name} allows ${traffic}`,
      };
    }),
  );
}
