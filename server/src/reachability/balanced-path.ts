/** Paths through load balancers to their targets. */
import { memoize } from '../base/memoize.ts';
import { sameSpan } from '../base/span.ts';
import { all, among, any, is, isPresent, judgement, NO, UNKNOWABLE, type Judgement } from '../model/judgement.ts';
import { oneOf } from '../model/predicate.ts';
import { never, sometimes } from '../model/quantified.ts';
import { connectionText } from '../model/relation.ts';
import type { Edge, Resource } from '../model/resource.ts';
import { limitsBy } from './endpoint.ts';
import type { AccessPath, PathStep } from './access-path.ts';
import { approachesTo, inboundRulesOf, networkPathsTo, openingsOf } from './network-path.ts';

/** The maximum number of load balancers of a resource that are followed. */
const MOST_BALANCERS = 16;

/**
 * The paths to a load balancer, or to another resource with security groups: through these or, for a Network Load
 * Balancer without any, through its subnets.
 */
export const balancerPathsTo = memoize((balancer: Resource): readonly AccessPath[] => {
  const paths = networkPathsTo(balancer);
  const isGuarded = balancer.related('security-groups').edges.length > 0;
  if (paths.length > 0 || isGuarded || !sometimes(is(balancer.get('Type'), oneOf('network')))) return paths;
  return approachesTo(balancer, 'IPv4').map(({ inbound, own }) => ({
    from: 'internet',
    to: balancer,
    steps: [...inbound, ...own, listenerStep(balancer)],
    traffic: 'traffic of its listeners',
    limits: [],
  }));
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

/** The paths to a target of load balancers. */
export const balancedPathsTo = memoize((target: Resource): readonly AccessPath[] => {
  const found: AccessPath[] = [];
  for (const { balancer, steps, limits } of balancersOf(target).slice(0, MOST_BALANCERS))
    for (const front of balancerPathsTo(balancer))
      found.push({
        ...front,
        to: target,
        steps: [...front.steps, ...steps, ...guardSteps(target, balancer)],
        traffic: 'requests that the load balancer forwards',
        limits: [...front.limits, ...limits],
      });
  return found;
});

interface Balanced {
  readonly balancer: Resource;
  readonly steps: readonly PathStep[];
  readonly limits: readonly string[];
}

/** The load balancers that distribute requests to a resource, directly or through target groups and listeners. */
function balancersOf(target: Resource): readonly Balanced[] {
  const classic = target
    .related('balancers')
    .edges.map((edge): Balanced => ({
      balancer: edge.resource,
      steps: [stepOf(target, connectionText('balancers', target, edge.resource), edge)],
      limits: [],
    }));
  const groups = target.related('target-groups').edges.flatMap((group) =>
    group.resource.related('forwarding-listeners').edges.flatMap((forward): readonly Balanced[] => {
      const listener = forward.resource;
      const listeners =
        listener.type === 'AWS::ElasticLoadBalancingV2::ListenerRule'
          ? listener.related('listener').edges.map((edge) => edge.resource)
          : [listener];
      return listeners.flatMap((one) =>
        one
          .related('load-balancer')
          .edges.map(({ resource: balancer }): Balanced => ({
            balancer,
            steps: [
              stepOf(group.resource, connectionText('forward-targets', listener, group.resource), forward),
              stepOf(target, connectionText('target-groups', target, group.resource), group),
            ],
            limits: authenticationOf(listener),
          })),
      );
    }),
  );
  return [...classic, ...groups];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html */
const SIGN_IN = {
  'authenticate-cognito': 'sign-in with Amazon Cognito',
  'authenticate-oidc': 'sign-in with OpenID Connect',
};

/** What a listener requires of users before it forwards their requests. */
function authenticationOf(listener: Resource): readonly string[] {
  const path = listener.type === 'AWS::ElasticLoadBalancingV2::ListenerRule' ? 'Actions' : 'DefaultActions';
  return [...new Set(listener.each(path).items.flatMap((action) => limitsBy(action.get('Type'), SIGN_IN)))];
}

function stepOf(resource: Resource, text: string, { when, via }: Edge): PathStep {
  return { resource, text, at: via, open: judgement(when) };
}

/** Whether the security groups of a target allow traffic of a load balancer; no step without security groups. */
function guardSteps(target: Resource, balancer: Resource): readonly PathStep[] {
  const own = target.related('security-groups').edges;
  if (own.length === 0) return [];
  const others = new Set(balancer.related('security-groups').edges.map(({ resource }) => resource));
  const admits = own.map((edge) => ({ edge, open: all(judgement(edge.when), admitsGroups(edge.resource, others)) }));
  const shown = admits.find(({ open }) => sometimes(open)) ?? admits.find(({ open }) => !never(open)) ?? admits[0]!;
  const { resource: group, via } = shown.edge;
  const verb = sometimes(shown.open) ? 'allows' : never(shown.open) ? 'does not allow' : 'can allow';
  return [
    {
      resource: group,
      text: `${group.displayName} ${verb} traffic from ${balancer.displayName}`,
      at: via,
      open: any(...admits.map(({ open }) => open)),
      missing: `whether ${group.displayName} allows traffic from ${balancer.displayName}`,
    },
  ];
}

/** Whether a group allows traffic from members of other groups. Whether an address range contains a load balancer is not known, unless it has all addresses. */
function admitsGroups(group: Resource, others: ReadonlySet<Resource>): Judgement {
  const rules = inboundRulesOf(group);
  const named = rules.flatMap(({ rule, when }) => {
    const peer = rule.properties.get('SourceSecurityGroupId');
    return rule.owner
      .related('peer-security-groups')
      .edges.filter(({ resource, via }) => others.has(resource) && sameSpan(via.origin.use, peer.origin.use))
      .map((edge) => all(when, rule.there, judgement(edge.when)));
  });
  const open = openingsOf(group)
    .filter(({ end }) => end.family === 'IPv4')
    .map(({ when, end }) => all(when, end.open));
  const admits = any(...named, ...open);
  if (sometimes(admits)) return admits;
  const isRange = rules.some(({ rule }) =>
    ['CidrIp', 'CidrIpv6', 'SourcePrefixListId'].some((path) => sometimes(isPresent(rule.properties.get(path)))),
  );
  return isRange || !group.related('security-group-rules').complete.yes.isAlways() ? UNKNOWABLE : NO;
}
