/** Whether the security groups of a target allow what sends requests to it. */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import { all, any, isPresent, judgement, NO, not, UNKNOWABLE, type Judgement } from '../model/judgement.ts';
import { always, never, sometimes } from '../model/quantified.ts';
import type { Edge, Resource } from '../model/resource.ts';
import type { PathStep } from './access-path.ts';
import { guardsOf } from './network-path.ts';
import { inboundRulesOf, openingsOf } from './opening.ts';
import { outboundSteps } from './outbound-rules.ts';
import { includesSubnets } from './subnet-range.ts';
import { namesSame } from './same-resource.ts';
import type { GroupRule } from './security-group-rules.ts';
import { isUnguarded } from './unguarded.ts';

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
  return own.length > 0 ? own : flatMap(guardsOf(target), (one) => one.related('security-groups').edges);
});

/**
 * The steps through the security groups of a sender and of a target; none for a target that they cannot protect.
 * @param sender What sends the requests, with its security groups.
 * @param isFromClients Whether they have the addresses of clients on the internet.
 */
export function guardSteps(
  target: Resource,
  sender: Resource,
  port: TargetPort,
  isFromClients: Judgement = NO,
): readonly PathStep[] {
  if (UNGUARDED.has(target.type)) return [];
  const own = groupsOf(target);
  return [...outboundSteps(sender, target, own, port), ...inboundSteps(target, sender, own, port, isFromClients)];
}

/** The step through the security groups of a target; none for a load balancer without any. */
function inboundSteps(
  target: Resource,
  sender: Resource,
  own: readonly Edge[],
  port: TargetPort,
  isFromClients: Judgement,
): readonly PathStep[] {
  const to = port.text === undefined ? '' : ` to ${port.text}`;
  if (own.length === 0) {
    const unguarded = isUnguarded(target);
    if (always(unguarded)) return [];
    const missing = `whether the security groups of ${target.displayName} allow traffic from ${sender.displayName}${to}`;
    const text = `the security groups of ${target.displayName} are not in these documents`;
    return [{ resource: target, text, at: target.self, open: any(unguarded, UNKNOWABLE), missing }];
  }
  const others = groupsOfSender(sender);
  const admits = own.map((edge) => ({
    edge,
    open: all(judgement(edge.when), admitsGroups(edge.resource, sender, others, port, isFromClients)),
  }));
  const shown = admits.find(({ open }) => sometimes(open)) ?? admits.find(({ open }) => !never(open)) ?? admits[0]!;
  const { resource: group, via } = shown.edge;
  const verb = sometimes(shown.open) ? 'allows' : never(shown.open) ? 'does not allow' : 'can allow';
  return [
    {
      resource: group,
      text:
        never(shown.open) && always(isFromClients)
          ? `${group.displayName} does not allow traffic from clients${to}, whose addresses ${sender.displayName} preserves`
          : `${group.displayName} ${verb} traffic from ${sender.displayName}${to}`,
      at: via,
      open: any(isUnguarded(target), ...admits.map(({ open }) => open)),
      missing: `whether ${group.displayName} allows traffic from ${sender.displayName}${to}`,
    },
  ];
}

/** The security groups of a sender, with the scenarios in which it has them. */
interface SenderGroups {
  readonly known: ReadonlyMap<Resource, Judgement>;
  /** Whether it can have others. */
  readonly areMore: boolean;
  /** Whether it can have the default one of its VPC instead of others. */
  readonly isDefault: boolean;
}

const groupsOfSender = memoize((sender: Resource): SenderGroups => {
  const { edges, complete } = sender.related('security-groups');
  const known = new Map<Resource, Judgement>();
  for (const { resource, when } of edges) known.set(resource, any(known.get(resource) ?? NO, judgement(when)));
  return { known, areMore: !always(complete), isDefault: edges.length === 0 && !always(isUnguarded(sender)) };
});

/** The properties of a rule with addresses that are not compared. */
const RANGES = ['CidrIpv6', 'SourcePrefixListId'] as const;

/** The properties of a rule that name another group. */
const PEERS = ['SourceSecurityGroupId', 'SourceSecurityGroupName'] as const;

/**
 * Whether a group allows traffic from a sender: from its groups, or from the addresses of its subnets, which it sends
 * from unless it preserves those of clients.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-register-targets.html#target-security-groups
 */
function admitsGroups(
  group: Resource,
  sender: Resource,
  { known, areMore, isDefault }: SenderGroups,
  { allowed }: TargetPort,
  isFromClients: Judgement,
): Judgement {
  const rules = inboundRulesOf(group);
  const peersOf = ({ rule }: (typeof rules)[number]): readonly Edge[] => {
    const named = PEERS.map((path) => rule.properties.get(path));
    return rule.owner
      .related('peer-security-groups')
      .edges.filter(({ via }) => named.some((peer) => !never(namesSame(peer, via))));
  };
  const named = flatMap(rules, (one) =>
    peersOf(one).map(({ resource, when, via }) => {
      const isNamed = any(...PEERS.map((path) => namesSame(one.rule.properties.get(path), via)));
      return all(one.when, one.rule.there, judgement(when), known.get(resource) ?? NO, isNamed, allowed(one.rule));
    }),
  );
  const open = openingsOf(group)
    .filter(({ end }) => end.family === 'IPv4')
    .map(({ when, end, rule }) => all(when, end.open, allowed(rule)));
  // A subnet that is not known can be outside of a range.
  const isPlaced = always(sender.related('subnets').complete);
  const ranged = rules.map(({ when, rule }) => {
    const range = rule.properties.get('CidrIp');
    const includes = isPlaced ? includesSubnets(range, sender) : UNKNOWABLE;
    return all(when, rule.there, allowed(rule), not(isFromClients), isPresent(range), includes);
  });
  const admits = any(...named, ...open, ...ranged);
  if (sometimes(admits)) return admits;
  const hasAny = ({ rule }: (typeof rules)[number], paths: readonly string[]): boolean =>
    paths.some((path) => sometimes(isPresent(rule.properties.get(path)))) && !never(allowed(rule));
  const isRange = !always(isFromClients) && rules.some((one) => hasAny(one, RANGES));
  // An unknown group of the sender can be the one that a rule names, and the default one is not in these documents.
  const isOther = rules.some((one) => hasAny(one, PEERS) && (areMore || (isDefault && peersOf(one).length === 0)));
  const isUnknown = [...named, ...open, ...ranged].some((one) => !never(one));
  const isComplete = always(group.related('security-group-rules').complete);
  return isRange || isOther || isUnknown || !isComplete ? UNKNOWABLE : NO;
}
