/**
 * Firewalls, appliances and transit gateways on the way between an internet gateway and a subnet. What they let through
 * is not evaluated.
 * https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
 */
import { flatMap } from '../base/flat-map.ts';
import { chainsFrom, type Chain } from '../model/chain.ts';
import { all, any, is, isPresent, judge, judgement, not, UNKNOWABLE, type Judgement } from '../model/judgement.ts';
import { leaves } from '../model/navigate.ts';
import { isBlank } from '../model/predicate.ts';
import { never } from '../model/quantified.ts';
import type { Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { ipRange, isInRange } from '../policy/text/ip-range.ts';
import type { PathStep } from './access-path.ts';
import type { IpFamily } from './remote-addresses.ts';

/**
 * What routes lead to that can pass traffic on, by the property of a route. Firewalls and Gateway Load Balancers have
 * VPC endpoints.
 */
const BOXES = {
  VpcEndpointId: 'a VPC endpoint',
  NetworkInterfaceId: 'a network interface',
  InstanceId: 'an instance',
  TransitGatewayId: 'a transit gateway',
  CoreNetworkArn: 'a core network',
  LocalGatewayId: 'a local gateway',
  CarrierGatewayId: 'a carrier gateway',
} as const;

/** What a route leads to. */
interface Box {
  /** The resource, or the route if the resource is not in these documents. */
  readonly resource: Resource;
  readonly name: string;
  readonly at: Value;
  readonly open: Judgement;
}

function boxesOf(route: Resource): readonly Box[] {
  return flatMap(Object.entries(BOXES), ([path, kind]): readonly Box[] => {
    const at = route.get(path);
    // A plan has empty strings for what is not set.
    const open = all(isPresent(at), not(is(at, isBlank)));
    if (never(open) || leaves(at).every(({ value }) => value.state === 'absent')) return [];
    const [edge] = route.related('route-target').edges;
    const resource = edge?.resource ?? route;
    return [{ resource, name: edge ? edge.resource.displayName : kind, at, open }];
  });
}

/**
 * The step of a subnet whose routes for all addresses lead to something that can pass traffic on; undefined without
 * such a route.
 */
export function detourStep(subnet: Resource, routes: readonly Chain[]): PathStep | undefined {
  const [box] = flatMap(routes, ({ hops }) => boxesOf(hops.at(-1)!.to));
  if (!box) return undefined;
  const { displayName } = subnet;
  return {
    resource: box.resource,
    text: `${displayName} routes traffic for the internet to ${box.name}`,
    at: box.at,
    open: UNKNOWABLE,
    missing: `whether ${box.name} forwards traffic from the internet to ${displayName}`,
  };
}

const DESTINATIONS = {
  IPv4: { route: 'DestinationCidrBlock', subnet: 'CidrBlock' },
  IPv6: { route: 'DestinationIpv6CidrBlock', subnet: 'Ipv6CidrBlock' },
} as const;

/** The steps of a path through what the route table of an internet gateway puts before a subnet. */
export function inspectionSteps(subnet: Resource, gateway: Resource, family: IpFamily): readonly PathStep[] {
  const { chains } = chainsFrom(gateway, 'gateway-route-table-associations', 'association-route-table', 'routes');
  const { route: destination, subnet: block } = DESTINATIONS[family];
  return flatMap(chains, ({ hops, when }) => {
    const route = hops.at(-1)!.to;
    const applies = all(judgement(when), contains(route.get(destination), subnet.get(block)));
    return flatMap(boxesOf(route), ({ resource, name, at, open }): readonly PathStep[] => {
      const passes = all(applies, open);
      if (never(passes)) return [];
      return [
        {
          resource,
          text: `${gateway.displayName} routes traffic for ${subnet.displayName} to ${name}`,
          at,
          open: any(not(passes), UNKNOWABLE),
          missing: `whether ${name} forwards traffic from the internet to ${subnet.displayName}`,
        },
      ];
    });
  });
}

/** Whether the destination of a route contains the addresses of a subnet. */
function contains(destination: Value, block: Value): Judgement {
  const [only, ...others] = leaves(block);
  const narrow = only?.value.state === 'known' && others.length === 0 ? ipRange(only.value.raw.trim()) : undefined;
  return judge(destination, (leaf) => {
    if (leaf.state === 'absent') return leaf.open ? undefined : false;
    const wide = leaf.state === 'known' ? ipRange(leaf.raw.trim()) : undefined;
    return narrow && wide ? isInRange(narrow, wide) : undefined;
  });
}
