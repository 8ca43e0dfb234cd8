/** How traffic from the internet gets into the subnets of a resource. */
import { TRUE } from '../base/guard.ts';
import { memoize } from '../base/memoize.ts';
import { chainsFrom, type Chain, type Leg } from '../model/chain.ts';
import { isTemplate } from '../model/format.ts';
import { isEverywhere, routeText, TO_SUBNET, toGateway } from '../model/internet.ts';
import { all, among, any, judgement, NO, not, UNKNOWABLE, type Judgement } from '../model/judgement.ts';
import { never } from '../model/quantified.ts';
import type { Resource } from '../model/resource.ts';
import type { PathStep } from './access-path.ts';
import { letsThrough } from './network-acl.ts';

/** A subnet of a resource. */
export interface Placement {
  readonly subnet: Resource;
  /** The relations from the resource to the subnet. */
  readonly chain: Chain;
}

/** The subnets of a resource: its own, those of what launches it, and those of its subnet group. */
export const placementsOf = memoize((resource: Resource): readonly Placement[] =>
  TO_SUBNET.flatMap((legs) =>
    chainsFrom(resource, ...legs, 'subnets').chains.map((chain) => ({ subnet: chain.hops.at(-1)!.to, chain })),
  ),
);

/** Public addresses are IPv4 addresses. */
const FROM_SUBNET: readonly Leg[] = toGateway((route) => isEverywhere(route.get('DestinationCidrBlock')));

/** The step of a path through the internet gateway to which a subnet routes traffic. */
export const routeStep = memoize((subnet: Resource): PathStep => {
  const { chains, complete } = chainsFrom(subnet, ...FROM_SUBNET);
  const [first] = chains;
  const missing = `whether ${subnet.displayName} routes traffic to an internet gateway`;
  if (!first) {
    const text = `${subnet.displayName} has no known route to an internet gateway`;
    // A route for other destinations can be for a part of the internet.
    const isRouted = chainsFrom(subnet, ...toGateway(() => TRUE)).chains.length > 0;
    const open = complete.yes.isAlways() && !isRouted ? unrouted(subnet) : UNKNOWABLE;
    return { resource: subnet, text, at: subnet.self, open, missing };
  }
  const last = first.hops.at(-1)!;
  return {
    resource: last.to,
    text: routeText(subnet, last),
    at: last.via,
    open: among(any(...chains.map(({ when }) => judgement(when))), complete),
    missing,
  };
});

/**
 * A subnet without an association uses the main route table of its VPC. A template cannot add routes to it, while
 * Terraform can.
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
 */
function unrouted(subnet: Resource): Judgement {
  return isTemplate(subnet.format) && !subnet.external ? NO : UNKNOWABLE;
}

/**
 * The steps of a path through the network ACLs of a subnet; none without an association in these documents, because the
 * default network ACL allows all traffic.
 * https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html
 * @param port A TCP port, or undefined for other traffic.
 */
export function aclSteps(subnet: Resource, port: number | undefined): readonly PathStep[] {
  return subnet.related('subnet-acl-associations').edges.flatMap(({ resource: association, when }) =>
    association.related('association-acl').edges.map(({ resource: acl, when: there, via }): PathStep => {
      const through = letsThrough(acl, port);
      // A part of the ports can be allowed.
      const allows = port === undefined ? any(through, UNKNOWABLE) : through;
      const applies = all(judgement(when), judgement(there));
      const traffic = port === undefined ? 'all inbound traffic' : `TCP port ${port}`;
      return {
        resource: acl,
        text: `the network ACL ${acl.displayName} ${never(allows) ? 'does not allow' : 'allows'} ${traffic} from the internet`,
        at: via,
        open: any(not(applies), allows),
        missing: `whether the network ACL ${acl.displayName} allows ${traffic}`,
      };
    }),
  );
}
