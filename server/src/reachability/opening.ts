/** The inbound rules of security groups, and those that allow all addresses. */
import { flatMap } from '../base/flat-map.ts';
import { memoize } from '../base/memoize.ts';
import { all, judgement, YES, type Judgement } from '../model/judgement.ts';
import { leavesWhere, never, sometimes } from '../model/quantified.ts';
import type { Resource } from '../model/resource.ts';
import { shown } from '../model/shown.ts';
import type { PathStep } from './access-path.ts';
import { remoteAddresses, type RemoteAddresses } from './remote-addresses.ts';
import { rulesOf, type GroupRule } from './security-group-rules.ts';
import { trafficOf } from './traffic.ts';

/** An inbound rule of a security group that allows traffic from all addresses of IPv4 or IPv6. */
export interface Opening {
  readonly group: Resource;
  readonly rule: GroupRule;
  readonly end: RemoteAddresses;
  /** Whether the rule belongs to the group. */
  readonly when: Judgement;
}

/** The inbound rules of a group, in its own list and in separate resources. */
export const inboundRulesOf = memoize(
  (group: Resource): readonly { readonly rule: GroupRule; readonly when: Judgement }[] => [
    ...rulesOf(group, 'SecurityGroupIngress').map((rule) => ({ rule, when: YES })),
    ...flatMap(
      group
        .related('security-group-rules')
        .edges.filter(({ resource: { type } }) => type === 'AWS::EC2::SecurityGroupIngress'),
      ({ resource, when }) =>
        rulesOf(resource, 'SecurityGroupIngress').map((rule) => ({
          rule,
          when: all(judgement(resource.when), judgement(when)),
        })),
    ),
  ],
);

/** The inbound rules of a group that can allow all addresses of a family. */
export const openingsOf = memoize((group: Resource): readonly Opening[] =>
  flatMap(inboundRulesOf(group), ({ rule, when }) =>
    remoteAddresses(rule, () => YES)
      .filter(({ open }) => !never(all(open, when)))
      .map((end) => ({ group, rule, end, when })),
  ),
);

/** The step of a path through a security group. */
export function openingStep({ group, rule, end, when }: Opening): PathStep {
  const traffic = trafficOf(rule.properties);
  const range = end.words(shown(leavesWhere(end.value, end.open)[0] ?? end.value));
  const open = all(when, end.open);
  // A rule of a dynamic block without elements, or a range that callers decide.
  const isShutByDefault = open.no.holdsByDefault() && !sometimes(open);
  return {
    resource: group,
    text: isShutByDefault
      ? `${group.displayName} does not allow ${traffic} from all addresses by default`
      : `${group.displayName} allows ${traffic} from ${range}`,
    at: end.value,
    open,
    missing: `whether ${group.displayName} allows ${traffic} from all addresses`,
  };
}
