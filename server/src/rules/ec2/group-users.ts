/** Whom the rules of a security group concern: who uses the group, and how the internet gets there. */
import { all, judgement, type Judgement } from '../../model/judgement.ts';
import { stationsOf, waysToInternet } from '../../model/internet.ts';
import { connectionText } from '../../model/relation.ts';
import type { Edge, Resource } from '../../model/resource.ts';
import type { RelatedValue } from '../rule.ts';

/** The most users of a group that a finding names one by one. */
const MOST_USERS = 3;

/** The most users of a group for which a way to the internet is looked for. */
const MOST_TRIED = 16;

/** Where a rule beside a security group names it, where resources use the group, and the way from the internet to the first of them that has one. */
export function groupUsers(owner: Resource): readonly RelatedValue[] {
  if (owner.type === 'AWS::EC2::SecurityGroup') return usersOf(owner, judgement(owner.exists));
  return owner
    .related('security-group')
    .edges.flatMap(({ resource: group, when, via }) => [
      { value: via, when, message: `${connectionText('security-group', owner, group)}.` },
      ...usersOf(group, judgement(when)),
    ]);
}

function usersOf(group: Resource, there: Judgement): readonly RelatedValue[] {
  const users = group.related('security-group-users').edges;
  // Instances of one configured resource are named by one of them.
  const firsts = new Map<string, Edge>();
  for (const user of users) if (!firsts.has(user.resource.family)) firsts.set(user.resource.family, user);
  const named = [...firsts.values()].slice(0, MOST_USERS);
  const others = users.length - named.length;
  const places = named.map(({ resource: user, when, via }, index): RelatedValue => ({
    value: via,
    when: all(there, judgement(when)),
    message: `${connectionText('security-groups', user, group)}${others > 0 && index === named.length - 1 ? `, as ${others} more do` : ''}.`,
  }));
  const way = users.slice(0, MOST_TRIED).flatMap(({ resource }) => waysToInternet(resource).slice(0, 1))[0];
  return [...places, ...(way ? stationsOf(way) : [])];
}
