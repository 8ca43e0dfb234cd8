/** How load balancers forward requests to a target: directly, or through listeners and target groups. */
import { flatMap } from '../base/flat-map.ts';
import { sameSpan } from '../base/span.ts';
import {
  all,
  any,
  is,
  isAbsent,
  isPresent,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  type Judgement,
} from '../model/judgement.ts';
import { integer } from '../model/predicate.ts';
import { never } from '../model/quantified.ts';
import { connectionText } from '../model/relation.ts';
import type { Edge, Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { PathStep } from './access-path.ts';
import { preservesClients } from './client-address.ts';
import { actionsPath, requirementsOf, type Requirement } from './forwarding-action.ts';
import type { AcceptingPort } from './network-path.ts';
import { allowsPort, isSamePort, numberText, onlyNumber, transportsOf } from './ports.ts';
import { namesSame } from './same-resource.ts';
import type { TargetPort } from './target-guard.ts';

/** A way from the listener of a load balancer to a target. */
export interface Forwarding {
  readonly balancer: Resource;
  /** The port of the load balancer. */
  readonly listener: AcceptingPort;
  readonly requirements: readonly Requirement[];
  /** From the listener to the target. */
  readonly steps: readonly PathStep[];
  readonly port: TargetPort;
  /** Whether the target sees the addresses of clients instead of those of the load balancer. */
  readonly isFromClients: Judgement;
  /** Whether the port of the target is a given one. */
  readonly isPort: (port: Value) => Judgement;
}

/** The ways from load balancers to a target. */
export function forwardingsTo(target: Resource): readonly Forwarding[] {
  return [...classicForwardings(target), ...groupForwardings(target)];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-listener-config.html */
function classicForwardings(target: Resource): readonly Forwarding[] {
  return flatMap(target.related('balancers').edges, (edge) => {
    const { resource: balancer } = edge;
    const step = stepOf(target, connectionText('balancers', target, balancer), edge);
    return balancer
      .each('Listeners')
      .items.map((listener): Forwarding => ({
        balancer,
        listener: { value: listener.get('LoadBalancerPort'), transports: ['tcp'], owner: balancer },
        requirements: [],
        steps: [{ ...step, open: all(step.open, judgement(listener.when)) }],
        isFromClients: NO,
        ...portsOf([{ value: listener.get('InstancePort'), when: judgement(listener.when) }], listener.get('Protocol')),
      }));
  });
}

function groupForwardings(target: Resource): readonly Forwarding[] {
  return flatMap(target.related('target-groups').edges, (group) =>
    flatMap(group.resource.related('forwarding-listeners').edges, (forward) => {
      const { resource: forwarding } = forward;
      const isRule = forwarding.type === 'AWS::ElasticLoadBalancingV2::ListenerRule';
      const listeners = isRule ? forwarding.related('listener').edges.map((edge) => edge.resource) : [forwarding];
      return flatMap(listeners, (listener) =>
        listener
          .related('load-balancer')
          .edges.map(({ resource: balancer }): Forwarding => ({
            balancer,
            listener: {
              value: listener.get('Port'),
              transports: transportsOf(listener.get('Protocol')),
              owner: listener,
            },
            requirements: requirementsOf(forwarding, listener),
            steps: [
              stepOf(group.resource, connectionText('forward-targets', forwarding, group.resource), forward),
              ...weightSteps(forwarding, group.resource, forward.via),
              stepOf(target, connectionText('target-groups', target, group.resource), group),
            ],
            isFromClients: preservesClients(balancer, group.resource),
            ...portsOf(targetPorts(target, group), group.resource.get('Protocol')),
          })),
      );
    }),
  );
}

function stepOf(resource: Resource, text: string, { when, via }: Edge): PathStep {
  return { resource, text, at: via, open: judgement(when) };
}

/**
 * The step of a target group with the weight 0, which gets no requests until a deployment changes the weight.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
 */
function weightSteps(forwarding: Resource, group: Resource, via: Value): readonly PathStep[] {
  return flatMap(forwarding.each(actionsPath(forwarding)).items, (action) =>
    flatMap(action.each('ForwardConfig.TargetGroups').items, (weighted): readonly PathStep[] => {
      if (!sameSpan(weighted.get('TargetGroupArn').origin.use, via.origin.use)) return [];
      const at = weighted.get('Weight');
      const isNone = all(isPresent(at), is(at, ZERO));
      if (never(isNone)) return [];
      const open = any(not(isNone), UNKNOWABLE);
      const { displayName: name } = group;
      const text = `${forwarding.displayName} forwards to ${name} by weight`;
      return [{ resource: group, text, at, open, missing: `whether ${name} gets a weight other than 0` }];
    }),
  );
}

const ZERO = integer((weight) => weight === 0);

/** A possible port of a target, and whether it is the one. */
interface PossiblePort {
  readonly value: Value;
  readonly when: Judgement;
}

/**
 * The ports at which a target receives requests: that of its registration, that of its container, or that of the target
 * group. The port of health checks does not matter, because a load balancer sends requests to all targets if none is
 * healthy.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
function targetPorts(target: Resource, { resource: group, via }: Edge): readonly PossiblePort[] {
  const byDefault = group.get('Port');
  const registered = flatMap(
    [
      ...group.each('Targets').items.map((item) => ({ item, port: 'Port', names: item.get('Id') })),
      ...target
        .each('LoadBalancers')
        .items.map((item) => ({ item, port: 'ContainerPort', names: item.get('TargetGroupArn') })),
    ],
    ({ item, port, names }) => {
      const isMeant = all(judgement(item.when), namesSame(names, via));
      return never(isMeant) ? [] : portsOfItem(item.get(port), isMeant, byDefault);
    },
  );
  return registered.length > 0 ? registered : [{ value: byDefault, when: judgement(group.when) }];
}

function portsOfItem(own: Value, isMeant: Judgement, byDefault: Value): readonly PossiblePort[] {
  const candidates = [
    { value: own, when: all(isMeant, isPresent(own)) },
    { value: byDefault, when: all(isMeant, isAbsent(own)) },
  ];
  return candidates.filter(({ when }) => !never(when));
}

function portsOf(ports: readonly PossiblePort[], protocol: Value): Pick<Forwarding, 'port' | 'isPort'> {
  const transports = transportsOf(protocol);
  const someOf = (statement: (value: Value) => Judgement): Judgement =>
    any(...ports.map(({ value, when }) => all(when, never(isPresent(value)) ? UNKNOWABLE : statement(value))));
  const numbers = new Set(ports.map(({ value }) => onlyNumber(value)));
  const [number] = numbers;
  return {
    port: {
      text: numbers.size === 1 && number !== undefined ? numberText(number, transports) : undefined,
      allowed: (rule) => someOf((value) => allowsPort(rule, { value, transports })),
    },
    isPort: (port) => someOf((value) => isSamePort(value, port)),
  };
}
