import { flatMap } from '../base/flat-map.ts';
import { FALSE, TRUE, type Truth } from '../base/guard.ts';
import { EVERYWHERE } from './all-addresses.ts';
import { chainsFrom, type Chain, type Hop, type HopPattern } from './chain.ts';
import { any, is, type Judgement } from './judgement.ts';
import { leaves } from './navigate.ts';
import { connectionText } from './relation.ts';
import type { Resource } from './resource.ts';
import { shown } from './shown.ts';
import type { Value } from './value.ts';

/** Whether a CIDR block is the range of all addresses. */
export function isEverywhere(cidr: Value): Judgement {
  return is(cidr, EVERYWHERE);
}

/** The destination properties of a route. */
const DESTINATIONS = ['DestinationCidrBlock', 'DestinationIpv6CidrBlock'];

/**
 * From a subnet to an internet gateway, through the routes of its route table that meet a condition. A subnet without
 * an association uses the main route table of its VPC, to which a template cannot add routes.
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
 */
export function toGateway(where: (route: Resource) => Truth): readonly HopPattern[] {
  return [
    { kinds: ['subnet-route-table-associations'] },
    { kinds: ['association-route-table'] },
    { kinds: ['routes'], where },
    { kinds: ['route-target'], where: ({ type }) => (type === 'AWS::EC2::InternetGateway' ? TRUE : FALSE) },
  ];
}

const FROM_SUBNET = toGateway((route) => any(...DESTINATIONS.map((path) => isEverywhere(route.get(path)))));

/**
 * How a resource is connected to its subnets: directly, through the resource that launches it, or through its subnet
 * group.
 */
export const TO_SUBNET: readonly (readonly HopPattern[])[] = [
  [],
  [{ kinds: ['launch-template-users'] }],
  [{ kinds: ['subnet-group'] }],
];

/**
 * The known paths from a resource through its subnets to an internet gateway. A path does not imply that the resource
 * has a public address.
 */
export function waysToInternet(resource: Resource): readonly Chain[] {
  return flatMap(TO_SUBNET, (hops) => chainsFrom(resource, ...hops, 'subnets', ...FROM_SUBNET).chains);
}

/** A step of a path with its message. */
export interface DescribedHop {
  readonly value: Value;
  readonly message: string;
  readonly when: Truth;
}

/** The steps of a path to the internet: the resource's subnet, and the subnet's route to the gateway. */
export function describedHops({ hops, when }: Chain): readonly DescribedHop[] {
  const subnet = hops.find(({ kind }) => kind === 'subnets')?.to;
  return flatMap(hops, (hop): readonly DescribedHop[] => {
    if (hop.kind === 'route-target' && subnet) return [{ value: hop.via, when, message: `${routeText(subnet, hop)}.` }];
    return SHOWN.has(hop.kind)
      ? [{ value: hop.via, when, message: `${connectionText(hop.kind, hop.from, hop.to)}.` }]
      : [];
  });
}

/** The last step of a path to the internet. */
export function lastStepOf({ hops }: Chain): string {
  return routeText(hops.find(({ kind }) => kind === 'subnets')!.to, hops.at(-1)!);
}

const SHOWN: ReadonlySet<string> = new Set<Hop['kind']>(['launch-template-users', 'subnet-group', 'subnets']);

/**
 * The step from a subnet through a route to a gateway, without its period: `PublicSubnet routes 0.0.0.0/0 to Gateway`.
 */
export function routeText(subnet: Resource, { from: route, to: gateway }: Hop): string {
  const range = DESTINATIONS.map((path) => route.get(path)).find((value) => isEverywhere(value).yes.satisfiable());
  const leaf =
    range &&
    (leaves(range).find(({ value, guard }) => guard.satisfiable() && isEverywhere(value).yes.satisfiable())?.value ??
      range);
  return `${subnet.displayName} routes ${leaf ? shown(leaf) : 'everything'} to ${gateway.displayName}`;
}
