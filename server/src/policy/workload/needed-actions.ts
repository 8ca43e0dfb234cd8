/**
 * The actions of a service that the configuration of functions with a policy requires, so that a narrower policy keeps
 * them.
 */
import { flatMap } from '../../base/flat-map.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Resource } from '../../model/resource.ts';
import type { Action, ServiceActions } from '../data/action.ts';
import { needsOf } from './function-needs.ts';

/** The maximum number of functions of a policy that are examined. */
const MOST_FUNCTIONS = 32;

export interface NeededActions {
  /** The needed actions among the given ones, in their order. */
  readonly needed: readonly Action[];
  /** The functions that need them, in words: `Reader needs`, `3 functions need`. */
  readonly by: string;
}

/** The actions of a service that functions with the role of a policy need. */
export function neededBy(policy: PolicyDocument, { service }: ServiceActions, some: readonly Action[]): NeededActions {
  const found = new Set<string>();
  const asking = new Set<Resource>();
  for (const lambda of functionsWith(policy))
    for (const { actions, also = [] } of needsOf(lambda))
      for (const action of [...actions, ...also]) {
        const [prefix, name] = action.split(':');
        if (prefix !== service) continue;
        found.add(name!);
        asking.add(lambda);
      }
  const [first] = asking;
  return {
    needed: some.filter(({ name }) => found.has(name)),
    by: asking.size === 1 ? `${first!.displayName} needs` : `${asking.size} functions need`,
  };
}

function functionsWith({ host }: PolicyDocument): readonly Resource[] {
  const roles =
    host.type === 'AWS::IAM::Role' ? [host] : host.related('policy-roles').edges.map(({ resource }) => resource);
  const users = flatMap(roles, (role) => role.related('role-users').edges.map(({ resource }) => resource));
  return [...new Set(users.filter(({ type }) => type === 'AWS::Lambda::Function'))].slice(0, MOST_FUNCTIONS);
}
