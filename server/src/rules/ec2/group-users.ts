/** Whom the rules of a security group concern: who uses the group, and how the internet gets there. */
import { all, judgement, type Judgement } from '../../model/judgement.ts';
import { stationsOf, waysToInternet } from '../../model/internet.ts';
import { connectionText } from '../../model/relation.ts';
import type { Resource } from '../../model/resource.ts';
import type { RelatedValue } from '../rule.ts';

/** The most users of a group that a finding names one by one. */
const MOST_USERS = 3;

/** The most users of a group for which a way to the internet is looked for. */
const MOST_TRIED = 16;

/** Where a rule beside a security group names it, where resources use the group, and the way from the internet to the first of them that has one. */
export function groupUsers(owner: Resource): readonly RelatedValue[] {
  if (owner.type === 'AWS::EC2::SecurityGroup') return usersOf(owner, judgement(owner.exists));
  return owner.related('security-group').edges.flatMap(({ resource: group, when, via }) => [
    { value: via, when, message: `${connectionText('security-group', owner, group)}.` }, ...usersOf(group, judgement(when)),
  ]);
}

function usersOf(group: Resource, there: Judgement): readonly RelatedValue[] {
  const users = group.related('security-group-users').edges;
  const named = users.slice(0, MOST_USERS).map(({ resource: user, when, via }, index): RelatedValue => {
    const others = index === MOST_USERS - 1 ? users.length - MOST_USERS : 0;
    return { value: via, when: all(there, judgement(when)), message: `${connectionText('security-groups', user, group)}${others > 0 ? `, as ${others} more do` : ''}.` };
  });
  const way = users.slice(0, MOST_TRIED).flatMap(({ resource }) => waysToInternet(resource).slice(0, 1))[0];
  return [...named, ...way ? stationsOf(way) : []];
}
