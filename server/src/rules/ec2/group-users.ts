/** The resources that use a security group, and how they are reachable from the internet. */
import { flatMap } from '../../base/flat-map.ts';
import { all, judgement, type Judgement } from '../../model/judgement.ts';
import { describedHops, waysToInternet } from '../../model/internet.ts';
import { connectionText } from '../../model/relation.ts';
import type { Edge, Resource } from '../../model/resource.ts';
import type { RelatedValue } from '../rule.ts';

/** The most users of a group that a finding lists. */
const MOST_USERS = 3;

/** The most users of a group for which a path to the internet is searched. */
const MOST_TRIED = 16;

/**
 * The related places of a security group: where a separate rule refers to it, where resources use it, and the path from
 * the internet to the first reachable one.
 */
export function groupUsers(owner: Resource): readonly RelatedValue[] {
  if (owner.type === 'AWS::EC2::SecurityGroup') return usersOf(owner, judgement(owner.when));
  return flatMap(owner.related('security-group').edges, ({ resource: group, when, via }) => [
    { value: via, when, message: `${connectionText('security-group', owner, group)}.` },
    ...usersOf(group, judgement(when)),
  ]);
}

function usersOf(group: Resource, there: Judgement): readonly RelatedValue[] {
  const users = group.related('security-group-users').edges;
  // Instances of one configured resource are listed once.
  const firsts = new Map<string, Edge>();
  for (const user of users) if (!firsts.has(user.resource.family)) firsts.set(user.resource.family, user);
  const named = [...firsts.values()].slice(0, MOST_USERS);
  const others = users.length - named.length;
  const places = named.map(({ resource: user, when, via }, index): RelatedValue => ({
    value: via,
    when: all(there, judgement(when)),
    message: `${connectionText('security-groups', user, group)}${others > 0 && index === named.length - 1 ? `, as do ${others} more` : ''}.`,
  }));
  const way = flatMap(users.slice(0, MOST_TRIED), ({ resource }) => waysToInternet(resource).slice(0, 1))[0];
  return [...places, ...(way ? describedHops(way) : [])];
}
