/** Whether an identity might be allowed to use an action. */
import { bothTruths } from '../../base/guard.ts';
import { memoize, memoize2, memoizeText } from '../../base/memoize.ts';
import {
  all,
  among,
  any,
  isAbsent,
  judge,
  judgement,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
} from '../../model/judgement.ts';
import type { Leaf } from '../../model/value.ts';
import type { ActionIndex } from '../data/action-index.ts';
import { allowsUnknown } from './granted.ts';
import { accessOf, managedOf, type IdentityContext } from './identity-access.ts';
import type { Identity } from './identity.ts';
import { admitsAction, allowsAction, managedPolicy } from '../data/managed-policy.ts';

/**
 * Whether a policy grants an indexed action on some resource. It certainly does not if all policies are known and none
 * grants the action. An unknown policy is assumed to grant the action, for example one that a parameter or another
 * stack attaches. An attachment to an unknown role is usually for another role, so the result is then unknown.
 *
 * Memoized, because many functions share a role.
 */
export function mayDo(identity: Identity, action: string, lookup: IdentityContext, index: ActionIndex): Judgement {
  return answersOf(index, identity)(action, lookup);
}

const answersOf = memoize2((index: ActionIndex, identity: Identity) => {
  const answer = memoizeText((identity: Identity, action: string, lookup: IdentityContext) =>
    computed(identity, action, lookup, index),
  );
  return (action: string, lookup: IdentityContext) => answer(identity, action, lookup);
});

function computed(identity: Identity, action: string, lookup: IdentityContext, index: ActionIndex): Judgement {
  const granted = accessOf(identity, lookup, index)
    .permissions(action)
    .map((permission) => permission.somewhere());
  // An AWS managed policy can allow it on some resources only, which a permissions boundary may not.
  const { boundary } = identity;
  const reached = managedOf(identity, lookup.iam)
    .filter(({ policy }) => !allowsAction(policy, action) && admitsAction(policy, action, true) !== false)
    .map(({ when }) => (boundary === undefined ? when : all(when, any(isAbsent(boundary), UNKNOWABLE))));
  const unseen = identity.grants.map(({ policy, when }) => all(judgement(when), not(judgement(policy.seen))));
  // An unknown action can be this one.
  const unresolved = identity.grants.map(({ policy, when }) => all(judgement(when), allowsUnknown(policy, action)));
  return among(
    any(...granted, ...reached, ...unseen, all(UNKNOWABLE, any(...unresolved)), hidden(identity, lookup)),
    [identity.complete, ...identity.grants.map(({ policy }) => policy.complete)].reduce(bothTruths),
  );
}

/** Where an identity names an unknown policy, whatever the action. */
const hidden = memoize(({ grants, managed, named }: Identity, { iam }: IdentityContext): Judgement => {
  const own = new Set(grants.map(({ policy }) => policy.host.address));
  const isSeen = (leaf: Leaf): boolean =>
    leaf.state === 'reference' ? own.has(leaf.to) : managedPolicy(leaf, iam) !== undefined;
  // An external list.
  if (!named.yes.satisfiable()) return YES;
  return any(...managed.map(({ value, when }) => all(judgement(when), not(judge(value, isSeen)))));
});
