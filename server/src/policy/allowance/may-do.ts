/** Whether an identity may use an action at all, as far as its permissions are known. */
import { bothTruths } from '../../base/guard.ts';
import { all, among, any, judge, judgement, not, YES, type Judgement } from '../../model/judgement.ts';
import type { Leaf } from '../../model/value.ts';
import type { ActionIndex } from '../data/action-index.ts';
import { accessOf, type Lookup } from './identity-access.ts';
import type { Identity } from './identity.ts';
import { managedPolicy } from '../data/managed-policy.ts';

/**
 * Whether some policy grants an action of an index on some resource: no, where all its policies are known and none does. An unknown policy is assumed
 * to grant it, because nothing is known to be missing: one that is attached by a parameter or from another stack, for instance. An attachment to an
 * unknown role is usually for another role, so it leaves the answer open.
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

/** Where an identity names an unknown policy. */
function hidden({ grants, managed, named }: Identity, { iam }: Lookup): Judgement {
  const own = new Set(grants.map(({ policy }) => policy.host.address));
  const isSeen = (leaf: Leaf): boolean =>
    leaf.state === 'reference' ? own.has(leaf.to) : managedPolicy(leaf, iam) !== undefined;
  // An external list.
  if (!named.yes.satisfiable()) return YES;
  return any(...managed.map(({ value, when }) => all(judgement(when), not(judge(value, isSeen)))));
}
