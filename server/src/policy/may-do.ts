/** Whether an identity may do something at all, as far as all that it is granted can be seen. */
import { bothTruths } from '../base/guard.ts';
import { all, among, any, judge, judgement, not, YES, type Judgement } from '../model/judgement.ts';
import type { Leaf } from '../model/value.ts';
import type { ActionIndex } from './action-index.ts';
import { accessOf, type Lookup } from './identity-access.ts';
import type { Identity } from './identity.ts';
import { managedPolicy } from './managed-policy.ts';

/**
 * Whether some policy grants an action of an index for something: no, where all its policies are seen and none does. A policy of which nothing is
 * seen is taken to grant it, as nothing can be said of what such a policy lacks: one that is attached by a parameter or from another stack, for instance.
 * What attaches a policy to a role that is not known is mostly about another role, so that leaves it open whether the action is granted.
 */
export function mayDo(identity: Identity, action: string, lookup: Lookup, index: ActionIndex): Judgement {
  const granted = accessOf(identity, lookup, index)
    .permissions(action)
    .map((permission) => permission.somewhere());
  const unseen = identity.grants.map(({ policy, when }) => all(judgement(when), not(judgement(policy.seen))));
  return among(
    any(...granted, ...unseen, hidden(identity, lookup)),
    [identity.complete, ...identity.grants.map(({ policy }) => policy.complete)].reduce(bothTruths),
  );
}

/** Where an identity names a policy of which nothing is seen. */
function hidden({ grants, managed, named }: Identity, { iam }: Lookup): Judgement {
  const own = new Set(grants.map(({ policy }) => policy.host.address));
  const isSeen = (leaf: Leaf): boolean =>
    leaf.state === 'reference' ? own.has(leaf.to) : managedPolicy(leaf, iam) !== undefined;
  // A list that comes from elsewhere as a whole.
  if (!named.yes.satisfiable()) return YES;
  return any(...managed.map(({ value, when }) => all(judgement(when), not(judge(value, isSeen)))));
}
