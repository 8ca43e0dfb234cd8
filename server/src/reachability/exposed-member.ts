/** The members of a security group that the internet reaches, if the group allows it. */
import { memoize } from '../base/memoize.ts';
import { all, judgement, type Judgement } from '../model/judgement.ts';
import { never, sometimes } from '../model/quantified.ts';
import { connectionText } from '../model/relation.ts';
import type { Resource } from '../model/resource.ts';
import type { PathStep } from './access-path.ts';
import { approachesTo, type Approach } from './network-path.ts';
import type { IpFamily } from './remote-addresses.ts';

export interface ExposedMember extends Approach {
  /** The step from the group to the member. */
  readonly membership: PathStep;
}

/** The maximum number of members of a group that are evaluated. */
const MOST_MEMBERS = 512;

/** The maximum number of approaches that are returned. */
const MOST_EXPOSED = 16;

const byIpv4 = memoize((group: Resource) => membersBy(group, 'IPv4'));
const byIpv6 = memoize((group: Resource) => membersBy(group, 'IPv6'));

/**
 * The members of a group with a route from the internet that have a public address of a family, or can have one: one
 * for each subnet and network interface.
 */
export function exposedMembersOf(group: Resource, family: IpFamily): readonly ExposedMember[] {
  return family === 'IPv4' ? byIpv4(group) : byIpv6(group);
}

function membersBy(group: Resource, family: IpFamily): readonly ExposedMember[] {
  const found: ExposedMember[] = [];
  for (const { resource: user, when, via } of group.related('security-group-users').edges.slice(0, MOST_MEMBERS))
    for (const approach of approachesTo(user, family)) {
      const there: Judgement = all(judgement(when), approach.hasGroup(via));
      const open = all(there, judgement(user.when), approach.open);
      // Where the subnets or their routes are not known, nothing is known of the member.
      if (never(open) || !sometimes(all(...approach.inbound.map((step) => step.open)))) continue;
      const text = connectionText('security-groups', user, group);
      found.push({ ...approach, open, membership: { resource: user, text, at: via, open: there } });
      if (found.length === MOST_EXPOSED) return found;
    }
  return found;
}
