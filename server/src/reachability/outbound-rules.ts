/** Whether the outbound rules of the security groups of a sender let its requests through to a target. */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import { isTemplate } from '../model/format.ts';
import { isEverywhere } from '../model/internet.ts';
import {
  all,
  among,
  any,
  isAbsent,
  isPresent,
  judgement,
  NO,
  UNKNOWABLE,
  YES,
  type Judgement,
} from '../model/judgement.ts';
import { always, never } from '../model/quantified.ts';
import type { Edge, Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import type { PathStep } from './access-path.ts';
import { namesSame } from './same-resource.ts';
import { rulesOf, type GroupRule } from './security-group-rules.ts';
import { includesSubnets } from './subnet-range.ts';
import type { TargetPort } from './target-guard.ts';

/**
 * The step of requests that leave the security groups of a sender; none if some outbound rule certainly allows them, or
 * if the groups are not in these documents. Groups are stateful, so responses need no rule.
 * @param groups The security groups of the target.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html
 */
export function outboundSteps(
  sender: Resource,
  target: Resource,
  groups: readonly Edge[],
  port: TargetPort,
): readonly PathStep[] {
  const { edges, complete } = sender.related('security-groups');
  const [first] = edges;
  if (!first || !always(complete)) return [];
  const open = any(
    ...edges.map(({ resource, when }) => all(judgement(when), allowsOutbound(resource, target, groups, port))),
  );
  if (always(open)) return [];
  const to = port.text === undefined ? target.displayName : `${port.text} of ${target.displayName}`;
  const { displayName: name } = first.resource;
  const verb = never(open) ? 'do not allow' : 'allow';
  return [
    {
      resource: target,
      text: `the outbound rules of ${name} ${verb} traffic to ${to}`,
      at: first.via,
      open,
      missing: `whether the outbound rules of ${name} allow traffic to ${to}`,
    },
  ];
}

/** The outbound rules of a group, in its own list and in separate resources. */
const outboundRulesOf = memoize(
  (group: Resource): readonly { readonly rule: GroupRule; readonly when: Judgement }[] => [
    ...rulesOf(group, 'SecurityGroupEgress').map((rule) => ({ rule, when: rule.there })),
    ...flatMap(
      group
        .related('security-group-rules')
        .edges.filter(({ resource: { type } }) => type === 'AWS::EC2::SecurityGroupEgress'),
      ({ resource, when }) =>
        rulesOf(resource, 'SecurityGroupEgress').map((rule) => ({
          rule,
          when: all(judgement(resource.when), judgement(when)),
        })),
    ),
  ],
);

function allowsOutbound(group: Resource, target: Resource, groups: readonly Edge[], port: TargetPort): Judgement {
  const allowed = outboundRulesOf(group).map(({ rule, when }) =>
    all(when, port.allowed(rule), includes(rule, target, groups)),
  );
  const { complete } = group.related('security-group-rules');
  return any(byDefault(group), among(among(any(...allowed), complete), group.each('SecurityGroupEgress').complete));
}

/**
 * Whether a group keeps the outbound rule for all traffic that Amazon EC2 creates: in a template, one without outbound
 * rules of its own. Terraform removes it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
 */
function byDefault(group: Resource): Judgement {
  if (group.external) return UNKNOWABLE;
  if (!isTemplate(group.format)) return NO;
  const own = group.get('SecurityGroupEgress');
  const isEmpty = group.each('SecurityGroupEgress').items.length === 0;
  return any(isAbsent(own), isEmpty ? UNKNOWABLE : NO);
}

/** Whether the destination of a rule includes a target. Whether a prefix list does is not known. */
function includes({ properties, owner }: GroupRule, target: Resource, groups: readonly Edge[]): Judgement {
  const range = properties.get('CidrIp');
  const peer = properties.get('DestinationSecurityGroupId');
  const named = flatMap(
    owner.related('peer-security-groups').edges.filter(({ via }) => !never(namesSame(peer, via))),
    ({ resource, when, via }) =>
      groups
        .filter((group) => group.resource === resource)
        .map((group) => all(judgement(when), judgement(group.when), namesSame(peer, via))),
  );
  const isOther = any(
    ...['CidrIpv6', 'DestinationPrefixListId'].map((path) => isPresent(properties.get(path))),
    all(isPresent(peer), isUnseen(peer, owner)),
  );
  return any(
    isEverywhere(range),
    all(isPresent(range), includesSubnets(range, target)),
    ...named,
    all(isOther, UNKNOWABLE),
  );
}

/** Whether a group that a rule names is not in these documents. */
function isUnseen(peer: Value, owner: Resource): Judgement {
  const isSeen = owner.related('peer-security-groups').edges.some(({ via }) => !never(namesSame(peer, via)));
  return isSeen ? NO : YES;
}
