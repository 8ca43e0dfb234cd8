/** Whether the security groups of a target allow what sends requests to it. */
import { memoize } from '../base/memoize.ts';
import { all, any, isPresent, judgement, NO, UNKNOWABLE, type Judgement } from '../model/judgement.ts';
import { never, sometimes } from '../model/quantified.ts';
import type { Edge, Resource } from '../model/resource.ts';
import type { PathStep } from './access-path.ts';
import { guardsOf } from './network-path.ts';
import { inboundRulesOf, openingsOf } from './opening.ts';
import { namesSame } from './same-resource.ts';
import type { GroupRule } from './security-group-rules.ts';

/** The port of a target. */
export interface TargetPort {
  /** `port 8080`, or undefined if it is not one known port. */
  readonly text: string | undefined;
  /** Whether a rule of a security group allows connections to it. */
  readonly allowed: (rule: GroupRule) => Judgement;
}

/** The types of targets that no security group protects. */
const UNGUARDED: ReadonlySet<string> = new Set(['AWS::Lambda::Alias', 'AWS::Lambda::Function']);

/** The security groups of a target: its own, or those of what has them in its place, such as a launch template. */
const groupsOf = memoize((target: Resource): readonly Edge[] => {
  const own = target.related('security-groups').edges;
  return own.length > 0 ? own : guardsOf(target).flatMap((one) => one.related('security-groups').edges);
});

/**
 * The step through the security groups of a target; none for a target that they cannot protect, or a load balancer without
 * any.
 * @param sender What sends the requests, with its security groups.
 */
export function guardSteps(target: Resource, sender: Resource, port: TargetPort): readonly PathStep[] {
  if (UNGUARDED.has(target.type)) return [];
  const own = groupsOf(target);
  const to = port.text === undefined ? '' : ` to ${port.text}`;
  if (own.length === 0) {
    // A Network Load Balancer can do without security groups.
    if (target.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer') return [];
    const missing = `whether the security groups of ${target.displayName} allow traffic from ${sender.displayName}${to}`;
    const text = `the security groups of ${target.displayName} are not in these documents`;
    return [{ resource: target, text, at: target.self, open: UNKNOWABLE, missing }];
  }
  const others = new Set(sender.related('security-groups').edges.map(({ resource }) => resource));
  const admits = own.map((edge) => ({
    edge,
    open: all(judgement(edge.when), admitsGroups(edge.resource, others, port)),
  }));
  const shown = admits.find(({ open }) => sometimes(open)) ?? admits.find(({ open }) => !never(open)) ?? admits[0]!;
  const { resource: group, via } = shown.edge;
  const verb = sometimes(shown.open) ? 'allows' : never(shown.open) ? 'does not allow' : 'can allow';
  return [
    {
      resource: group,
      text: `${group.displayName} ${verb} traffic from ${sender.displayName}${to}`,
      at: via,
      open: any(...admits.map(({ open }) => open)),
      missing: `whether ${group.displayName} allows traffic from ${sender.displayName}${to}`,
    },
  ];
}

const RANGES = ['CidrIp', 'CidrIpv6', 'SourcePrefixListId'] as const;

/** Whether a group allows traffic from members of other groups. Whether an address range contains a load balancer is not known, unless it has all addresses. */
function admitsGroups(group: Resource, others: ReadonlySet<Resource>, { allowed }: TargetPort): Judgement {
  const rules = inboundRulesOf(group);
  const named = rules.flatMap(({ rule, when }) => {
    const peer = rule.properties.get('SourceSecurityGroupId');
    return rule.owner
      .related('peer-security-groups')
      .edges.filter(({ resource }) => others.has(resource))
      .map((edge) => all(when, rule.there, judgement(edge.when), namesSame(peer, edge.via), allowed(rule)));
  });
  const open = openingsOf(group)
    .filter(({ end }) => end.family === 'IPv4')
    .map(({ when, end, rule }) => all(when, end.open, allowed(rule)));
  const admits = any(...named, ...open);
  if (sometimes(admits)) return admits;
  const isRange = rules.some(
    ({ rule }) => RANGES.some((path) => sometimes(isPresent(rule.properties.get(path)))) && !never(allowed(rule)),
  );
  const isUnknown = [...named, ...open].some((one) => !never(one));
  return isRange || isUnknown || !group.related('security-group-rules').complete.yes.isAlways() ? UNKNOWABLE : NO;
}
