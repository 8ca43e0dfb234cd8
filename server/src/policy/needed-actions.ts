/** The actions of a service that functions are configured for which have a policy, so that a narrower one keeps them. */
import type { PolicyDocument } from '../model/policy.ts';
import type { Resource } from '../model/resource.ts';
import type { Action, ServiceActions } from './action.ts';
import { needsOf } from './function-needs.ts';

/** The number of functions of one policy that are asked. */
const MOST_FUNCTIONS = 32;

export interface Needed {
  /** Those of some actions, in their order. */
  readonly needed: readonly Action[];
  /** Who needs them: `Reader needs`, `3 functions need`. */
  readonly by: string;
}

/** Which of some actions of a service the functions need whose role has a policy. */
export function neededBy(policy: PolicyDocument, { service }: ServiceActions, some: readonly Action[]): Needed {
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
  const users = roles.flatMap((role) => role.related('role-users').edges.map(({ resource }) => resource));
  return [...new Set(users.filter(({ type }) => type === 'AWS::Lambda::Function'))].slice(0, MOST_FUNCTIONS);
}
