/** Paths through load balancers to their targets. */
import { flatMap } from '../base/flat-map.ts';
import { groupedBy } from '../base/groups.ts';
import { memoize } from '../base/memoize.ts';
import { all, among, any, judgement, NO, UNKNOWABLE, YES, type Judgement } from '../model/judgement.ts';
import { always, never } from '../model/quantified.ts';
import type { Resource } from '../model/resource.ts';
import { isOpen, type AccessPath, type PathStep } from './access-path.ts';
import { defaultGroupPathsTo } from './default-group.ts';
import { webAclsOf } from './endpoint.ts';
import { forwardingsTo, type Forwarding } from './forwarding.ts';
import { stepBehind } from './forwarding-action.ts';
import { mostOpen } from './most-open.ts';
import { approachesTo, networkPathsTo, pathsToPort, unguardedPathsTo, type AcceptingPort } from './network-path.ts';
import { portText } from './ports.ts';
import { requestPathsTo } from './request-path.ts';
import { guardSteps } from './target-guard.ts';
import { isUnguarded, unguardedSteps } from './unguarded.ts';

/** The maximum number of ways from load balancers to a resource that are followed. */
const MOST_FORWARDINGS = 16;

/** The maximum number of paths to a load balancer that are continued to a target. */
const MOST_FRONTS = 32;

/**
 * The paths to a load balancer, or to another resource with security groups: through these or, for a Network Load
 * Balancer without any, through its subnets.
 */
export const balancerPathsTo = memoize((balancer: Resource): readonly AccessPath[] => {
  const paths = networkPathsTo(balancer).map((path) => ({ ...path, limits: webAclsOf(balancer) }));
  if (never(isUnguarded(balancer))) return paths;
  const unguarded = unguardedPathsTo(balancer).map((path) => ({
    ...path,
    steps: [...path.steps, ...unguardedSteps(balancer), listenerStep(balancer)],
    traffic: 'traffic of its listeners',
  }));
  return [...paths, ...unguarded];
});

function listenerStep(balancer: Resource): PathStep {
  const { edges, complete } = balancer.related('listeners');
  const { displayName: name, self } = balancer;
  return {
    resource: balancer,
    text: edges.length > 0 ? `${name} has listeners` : `${name} has no listeners here`,
    at: self,
    open: among(any(...edges.map(({ when }) => judgement(when))), complete),
    missing: `whether ${name} has listeners`,
  };
}

/** The ways from load balancers to a target that are followed: of many, those that are open. */
function mostForwardings(target: Resource): readonly Forwarding[] {
  return mostOpen(forwardingsTo(target), MOST_FORWARDINGS, ({ balancer, steps, requirements, port, isFromClients }) => {
    const guards = guardSteps(target, balancer, port, isFromClients);
    const then = [...requirements.map(({ step }) => step), ...steps, ...guards];
    const families = ['IPv4', 'IPv6'] as const;
    // Requests can also come through something else.
    const reached = flatMap(families, (family) => approachesTo(balancer, family).map(({ open }) => open));
    return all(any(UNKNOWABLE, ...reached), ...then.map(({ open }) => open));
  });
}

/** The paths to a target of load balancers. */
export const balancedPathsTo = memoize((target: Resource): readonly AccessPath[] =>
  flatMap(mostForwardings(target), (forwarding) =>
    frontsOf(forwarding).map((front) => continued(front, forwarding, target)),
  ),
);

/** The paths to a load balancer that is a target of others. A chain has two load balancers. */
const chainsTo = memoize((target: Resource): readonly Chain[] => {
  if (target.type !== 'AWS::ElasticLoadBalancingV2::LoadBalancer') return [];
  return flatMap(mostForwardings(target), (forwarding) =>
    [...directFronts(forwarding), ...requestFronts(forwarding)].map((front) => ({
      front: { ...front, path: continued(front, forwarding, target) },
      isPort: forwarding.isPort,
    })),
  );
});

/** A path to a load balancer, before one of its listeners. */
interface Front {
  readonly path: AccessPath;
  /** The names of the headers that something on the way sets, in lower case. */
  readonly headers: ReadonlySet<string>;
  /** Whether something on the way sends the requests, instead of the caller. */
  readonly isSent: boolean;
}

/** A path to a load balancer behind another one, and whether it is to a port. */
interface Chain {
  readonly front: Front;
  readonly isPort: Forwarding['isPort'];
}

/** The paths to a listener of a load balancer, from the network alone. */
function directFronts({ balancer, listener }: Forwarding): readonly Front[] {
  const unguarded = never(isUnguarded(balancer)) ? [] : unguardedPathsTo(balancer, listener);
  const paths = [
    ...pathsToPort(balancer, listener),
    ...defaultGroupPathsTo(balancer, listener),
    ...unguarded.map((path): AccessPath => ({
      ...path,
      steps: [...path.steps, ...unguardedSteps(balancer)],
      traffic: '',
    })),
  ];
  return paths.map((path) => ({ path, headers: new Set<string>(), isSent: false }));
}

/**
 * The paths to a listener of a load balancer: from the network, and through other load balancers, distributions and
 * APIs.
 */
function frontsOf(forwarding: Forwarding): readonly Front[] {
  const { balancer, listener } = forwarding;
  const chained = flatMap(chainsTo(balancer), ({ front, isPort }): readonly Front[] => {
    const open = isPort(listener.value);
    return never(open) ? [] : [{ ...front, path: withPort(front.path, listener, open) }];
  });
  return mostOpen([...directFronts(forwarding), ...chained, ...requestFronts(forwarding)], MOST_FRONTS, ({ path }) =>
    isOpen(path),
  );
}

/** A path with the step to a port, unless it is certain to lead there. */
function withPort(path: AccessPath, listener: AcceptingPort, open: Judgement): AccessPath {
  if (always(open)) return path;
  const where = portText(listener, listener.owner);
  const { displayName } = listener.owner;
  const missing = `whether requests arrive at ${where} of ${displayName}`;
  const verb = open.no.holdsByDefault() ? 'do not arrive' : 'arrive';
  const step = { resource: listener.owner, text: `requests ${verb} at ${where} of ${displayName}`, at: listener.value };
  return { ...path, steps: [...path.steps, { ...step, open, missing }] };
}

/**
 * The paths of requests that distributions and APIs send to a load balancer, by the listener that they name, if any.
 */
const sentPathsTo = memoize((balancer: Resource) =>
  groupedBy(
    requestPathsTo(balancer),
    ({ steps }) => steps.find(({ resource }) => resource.type === LISTENER)?.resource,
  ),
);

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';

/**
 * The paths of requests that distributions and APIs send to a listener. To which of several listeners an API sends them
 * is not evaluated, unless its integration names one.
 */
function requestFronts({ balancer, listener }: Forwarding): readonly Front[] {
  const sent = sentPathsTo(balancer);
  const isOnly = balancer.related('listeners').edges.length < 2;
  const named = (sent.get(listener.owner) ?? []).map((path) => ({ path, open: YES }));
  const others = mostOpen(sent.get(undefined) ?? [], MOST_FRONTS, isOpen).map((path) => {
    const senders = flatMap(path.steps, ({ sends }) => sends ?? []);
    const byPort = any(...senders.map(({ isPort }) => isPort(listener.value)));
    return { path, open: senders.length > 0 ? byPort : isOnly ? YES : UNKNOWABLE };
  });
  return [...named, ...others]
    .filter(({ open }) => !never(open))
    .map(({ path, open }) => ({ path: withPort(path, listener, open), headers: headersOf(path), isSent: true }));
}

/** The headers that the distributions of a path add to requests. */
function headersOf({ steps }: AccessPath): ReadonlySet<string> {
  return new Set(flatMap(steps, ({ sends }) => sends?.headers ?? []));
}

/** A path to a load balancer, continued to a target. */
function continued({ path, headers, isSent }: Front, forwarding: Forwarding, target: Resource): AccessPath {
  const { balancer, requirements, steps, port, isFromClients } = forwarding;
  const required = requirements.filter(({ header }) => header === undefined || !headers.has(header));
  return {
    ...path,
    to: target,
    steps: [
      ...path.steps,
      ...required.map((one) => (isSent ? stepBehind(one) : one.step)),
      ...steps,
      ...guardSteps(target, balancer, port, isSent ? NO : isFromClients),
    ],
    traffic: 'requests that the load balancer forwards',
    limits: [...path.limits, ...webAclsOf(balancer), ...flatMap(required, ({ limit }) => limit ?? [])],
  };
}
