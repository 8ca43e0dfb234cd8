/** Whether an identity may do something at all, as far as all that it is granted can be seen. */
import { all, among, any, judge, judgement, not, YES, type Judgement } from '../model/judgement.ts';
import type { ActionIndex } from './action-index.ts';
import { accessOf, type Lookup } from './identity-access.ts';
import type { Identity } from './identity.ts';
import { managedPolicy } from './managed-policy.ts';

/**
 * Whether some policy grants an action of an index for something: no, where all its policies are seen and none does. A policy of which nothing is
 * seen is taken to grant it, as nothing can be said of what such a policy lacks.
 */
export function mayDo(identity: Identity, action: string, lookup: Lookup, index: ActionIndex): Judgement {
  const granted = accessOf(identity, lookup, index).permissions(action).map((permission) => permission.somewhere());
  const unseen = identity.grants.map(({ policy, when }) => all(judgement(when), not(judgement(policy.seen))));
  return among(any(...granted, ...unseen), allSeen(identity, lookup));
}

/** Where all that an identity is granted is seen: what attaches policies, and what these say. */
function allSeen(identity: Identity, { iam }: Lookup): Judgement {
  const own = new Set(identity.grants.map(({ policy }) => policy.host.address));
  const seen = identity.managed.map(({ value, when }) => {
    const known = judge(value, (leaf) => leaf.state === 'reference' ? own.has(leaf.to) || undefined : managedPolicy(leaf, iam) ? true : undefined);
    return { yes: when.no.or(known.yes), no: known.no };
  });
  return [identity.complete, ...identity.grants.map(({ policy }) => policy.complete), ...seen].reduce<Judgement>((sum, truth) => judgement({ yes: sum.yes.and(truth.yes), no: sum.no.or(truth.no) }), YES);
}
