/** Paths through accelerators of AWS Global Accelerator, which lead to endpoints in private subnets too. */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import {
  all,
  any,
  exists,
  is,
  isPresent,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
} from '../model/judgement.ts';
import { itemsOfProperty, member } from '../model/navigate.ts';
import { integer, isFalse, isTrue, oneOf, oneOfIgnoringCase } from '../model/predicate.ts';
import { always, never, sometimes } from '../model/quantified.ts';
import { connectionText } from '../model/relation.ts';
import type { Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { AccessPath, PathStep } from './access-path.ts';
import { placementsOf } from './internet-route.ts';
import { acceptsTrafficOf } from './listening-port.ts';
import { allowsResponses, allowsInbound } from './network-acl.ts';
import { guardsOf } from './network-path.ts';
import { openingsOf } from './opening.ts';
import { onlyNumber } from './ports.ts';
import { namesSame } from './same-resource.ts';
import { coversSome, type GroupRule } from './security-group-rules.ts';
import { isUnguarded } from './unguarded.ts';

/**
 * The paths through the endpoint groups of accelerators that contain a resource. Listeners without all of their ports
 * known make them possible.
 * https://docs.aws.amazon.com/global-accelerator/latest/dg/secure-vpc-connections.html
 */
export const acceleratorPathsTo = memoize((target: Resource): readonly AccessPath[] =>
  target.related('accelerators').edges.map(({ resource: group, when, via }): AccessPath => {
    const accepts = acceptsAnyone(target, group);
    const forwards = all(judgement(when), judgement(group.when), isForwarding(group, via));
    const { displayName: name } = target;
    return {
      from: 'internet',
      to: target,
      steps: [
        {
          resource: group,
          text: never(forwards)
            ? `${group.displayName} sends no traffic to ${name}`
            : connectionText('accelerators', target, group),
          at: via,
          open: forwards,
          missing: `whether ${group.displayName} forwards traffic to ${name}`,
        },
        ...gatewaySteps(target),
        ...aclSteps(target, portsOf(group)),
        {
          resource: target,
          text: never(accepts)
            ? `the security groups of ${name} do not allow all addresses to the ports of ${group.displayName}`
            : `${name} accepts the traffic of ${group.displayName}`,
          at: target.self,
          open: accepts,
          missing: `whether ${name} accepts the ports of the accelerator of ${group.displayName}`,
        },
      ],
      traffic: 'traffic of an accelerator',
      limits: [],
    };
  }),
);

/** The step of a VPC that is not known to have an internet gateway, which an accelerator requires. */
function gatewaySteps(target: Resource): readonly PathStep[] {
  const attachments = flatMap(
    flatMap(
      flatMap(guardsOf(target), (guard) => placementsOf(guard)),
      ({ subnet }) => subnet.related('vpc').edges,
    ),
    ({ resource: vpc }) => vpc.related('vpc-members').edges,
  ).filter(({ resource: { type } }) => type === 'AWS::EC2::VPCGatewayAttachment');
  if (attachments.some(({ resource }) => sometimes(isPresent(resource.get('InternetGatewayId'))))) return [];
  const { displayName: name, self } = target;
  const text = `the VPC of ${name} has no internet gateway here`;
  const missing = `whether the VPC of ${name} has an internet gateway`;
  return [{ resource: target, text, at: self, open: UNKNOWABLE, missing }];
}

/**
 * The steps of network ACLs that are not known to let the traffic through. AWS pages differ on whether they apply to
 * the traffic at all, to responses to clients or in both directions, so that none is certain to stop it. Firewalls and
 * Gateway Load Balancers do not: it bypasses them.
 * https://docs.aws.amazon.com/global-accelerator/latest/dg/preserve-client-ip-address.how-to-enable-preservation.html
 * https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints.sipp-caveats.html
 * https://docs.aws.amazon.com/global-accelerator/latest/dg/best-practices-aga.html
 */
function aclSteps(target: Resource, ports: Ports): readonly PathStep[] {
  const needsResponse = !ports?.every(({ transport }) => transport === 'udp');
  const [first, ...others] = ports ?? [];
  const port = first?.transport === 'tcp' && first.from === first.to && others.length === 0 ? first.from : undefined;
  return flatMap(
    flatMap(
      flatMap(guardsOf(target), (guard) => placementsOf(guard)),
      ({ subnet }) => subnet.related('subnet-acl-associations').edges,
    ),
    ({ resource: association, when }) =>
      flatMap(association.related('association-acl').edges, ({ resource: acl, when: there, via }) => {
        const responds = needsResponse ? allowsResponses(acl, 'IPv4') : YES;
        const allows = all(responds, allowsInbound(acl, port, 'IPv4'));
        const open = any(not(all(judgement(when), judgement(there))), allows, UNKNOWABLE);
        if (always(open)) return [];
        const name = `the network ACL ${acl.displayName}`;
        return [
          {
            resource: acl,
            text: `${name} allows the traffic`,
            at: via,
            open,
            missing: `whether ${name} allows the traffic of accelerators`,
          },
        ];
      }),
  );
}

/**
 * Whether a group sends traffic to an endpoint: its accelerator is enabled, and its traffic dial and the weight of the
 * endpoint are not 0, which they are not by default.
 * https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoint-groups-traffic-dial.html
 * https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints-endpoint-weights.html
 */
function isForwarding(group: Resource, via: Value): Judgement {
  const accelerators = flatMap(group.related('accelerator-listener').edges, ({ resource: listener, when }) =>
    listener
      .related('listener-accelerator')
      .edges.map((edge) => all(judgement(when), judgement(edge.when), not(is(edge.resource.get('Enabled'), isFalse)))),
  );
  const isNone = (value: Value): Judgement => all(isPresent(value), is(value, ZERO));
  const weights = group
    .each('EndpointConfigurations')
    .items.filter((item) => !never(namesSame(item.get('EndpointId'), via)))
    .map((item) => isNone(item.get('Weight')));
  return all(
    accelerators.length > 0 ? any(...accelerators) : UNKNOWABLE,
    not(isNone(group.get('TrafficDialPercentage'))),
    not(any(...weights)),
  );
}

const ZERO = integer((number) => number === 0);

/** Whether a security group allows clients on the internet, unless the accelerator can replace their addresses. */
function acceptsAnyone(target: Resource, group: Resource): Judgement {
  const related = guardsOf(target).map((guard) => guard.related('security-groups'));
  const ports = portsOf(group);
  const opened = flatMap(related, ({ edges }) =>
    flatMap(edges, (edge) =>
      openingsOf(edge.resource).map(({ end, when, rule }) =>
        all(
          judgement(edge.when),
          end.open,
          when,
          allowsSome(rule, ports),
          acceptsTrafficOf(target, rule),
          // Only dual-stack accelerators have IPv6 addresses, and only dual-stack endpoints get traffic from these.
          end.family === 'IPv6' ? UNKNOWABLE : YES,
        ),
      ),
    ),
  );
  // Without any, it has a default one.
  const areKnown =
    related.some(({ edges }) => edges.length > 0) && related.every(({ complete }) => complete.yes.isAlways());
  const isReplaced = replacesAddresses(target, group);
  // A load balancer also needs a listener for the port.
  const listens = target.type === INSTANCE ? YES : UNKNOWABLE;
  return any(
    all(any(isUnguarded(target), ...opened), not(isReplaced), listens),
    areKnown && never(isReplaced) ? NO : UNKNOWABLE,
  );
}

const INSTANCE = 'AWS::EC2::Instance';

/** The ports at which endpoints get traffic; undefined if they are not known. */
type Ports = readonly { readonly transport: 'tcp' | 'udp'; readonly from: number; readonly to: number }[] | undefined;

/**
 * The ports of the listener of an endpoint group, with those that the group overrides.
 * https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoint-groups-port-override.html
 */
function portsOf(group: Resource): Ports {
  const { edges, complete } = group.related('accelerator-listener');
  const [edge, ...others] = edges;
  if (!edge || others.length > 0 || !complete.yes.isAlways()) return undefined;
  const listener = edge.resource;
  const transport = always(is(listener.get('Protocol'), oneOfIgnoringCase('UDP')))
    ? 'udp'
    : always(is(listener.get('Protocol'), oneOfIgnoringCase('TCP')))
      ? 'tcp'
      : undefined;
  const ranges = rangesIn(listener.get('PortRanges'), 'FromPort', 'ToPort');
  const overrides = rangesIn(group.get('PortOverrides'), 'ListenerPort', 'EndpointPort');
  if (!transport || !ranges || !overrides) return undefined;
  const kept = overrides.reduce((left, [port]) => flatMap(left, ([from, to]) => withoutPort(from, to, port)), ranges);
  return [...kept, ...overrides.map(([, port]) => [port, port] as const)].map(([from, to]) => ({
    transport,
    from,
    to,
  }));
}

type Pair = readonly [number, number];

/** The numbers at two paths of each item of a list; undefined if one of them is not known. */
function rangesIn(list: Value, first: string, second: string): readonly Pair[] | undefined {
  const { items, complete } = itemsOfProperty(list);
  if (!complete.yes.isAlways()) return undefined;
  const pairs = items.map(({ value, when }) => {
    const [from, to] = [onlyNumber(member(value, first)), onlyNumber(member(value, second))];
    return from === undefined || to === undefined || !when.yes.isAlways() ? undefined : ([from, to] as const);
  });
  return pairs.every((pair) => pair !== undefined) ? pairs : undefined;
}

function withoutPort(from: number, to: number, port: number): readonly Pair[] {
  if (port < from || port > to) return [[from, to]];
  const sides: readonly Pair[] = [
    [from, port - 1],
    [port + 1, to],
  ];
  return sides.filter(([first, last]) => first <= last);
}

/** Whether a rule allows one of some ports. */
function allowsSome(rule: GroupRule, ports: Ports): Judgement {
  return ports ? any(...ports.map(({ transport, from, to }) => coversSome(rule, from, to, transport))) : UNKNOWABLE;
}

/**
 * Whether an endpoint of a group can have the addresses of an accelerator as sources. Instances always have those of
 * clients, Application Load Balancers by default, and Network Load Balancers if the target group enables it.
 * https://docs.aws.amazon.com/global-accelerator/latest/dg/preserve-client-ip-address.html
 */
function replacesAddresses(target: Resource, group: Resource): Judgement {
  if (target.type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer') return NO;
  const isNetwork = is(target.get('Type'), oneOf('network'));
  return exists(itemsOfProperty(group.get('EndpointConfigurations')), ({ value }) => {
    const preserves = member(value, 'ClientIPPreservationEnabled');
    return any(is(preserves, isFalse), all(isNetwork, not(is(preserves, isTrue))));
  });
}
