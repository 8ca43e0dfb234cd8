/** The limits of an identity's permissions: Deny statements and its boundary. */
import { Guard } from '../../base/guard.ts';
import { once } from '../../base/once.ts';
import { all, any, isAbsent, judgement, NO, not, UNKNOWABLE, YES, type Judgement } from '../../model/judgement.ts';
import { leaves } from '../../model/navigate.ts';
import type { Statement } from '../../model/policy.ts';
import type { ActionIndex } from '../data/action-index.ts';
import { every } from '../resource/arn-shape.ts';
import { conditionsHold, type RequestContext } from '../condition/condition-holds.ts';
import { deniedBy, namesEvery, namesTarget, type Denial, type Extent, type Forms } from './denial.ts';
import { namingsIn } from './granted.ts';
import type { Lookup } from './identity-access.ts';
import type { Grant, Identity } from './identity.ts';
import { limiting, limitingFor } from './limiting.ts';
import { allowsAction, managedPolicy } from '../data/managed-policy.ts';
import { scoped } from '../condition/scope.ts';

/** An action, and the resources that it supports. */
interface Asked {
  readonly action: string;
  readonly forms: Forms;
}

export interface Limits {
  /** Where Deny statements remove the action for all resources of a grant (undefined for all resources), or for one given resource. */
  denied(allowing: Statement | undefined, extent: Extent, request?: RequestContext): Judgement;
  /** Where the boundary allows the action. */
  capped(extent: Extent, request?: RequestContext): Judgement;
}

/** The limits of an identity for an action of an index. */
export function limitsOf(identity: Identity, asked: Asked, index: ActionIndex, lookup: Lookup): Limits {
  const denials = once(() => denialsOf(identity, asked.action, index));
  return {
    denied: (allowing, extent, request = identity.facts) => deniedBy(denials(), allowing, asked.forms, extent, request),
    capped: (extent, request = identity.facts) => cap(identity, asked, index, lookup, extent, request),
  };
}

/** Denials of its boundary and of its groups apply to an identity too. */
function denialsOf({ grants, inherited, boundaries }: Identity, action: string, index: ActionIndex): readonly Denial[] {
  return [...grants, ...inherited, ...boundaries].flatMap(({ policy, when }) =>
    (namingsIn(policy, index).denying.get(action) ?? []).map(({ statement, named }): Denial => ({
      statement,
      when: all(judgement(when), named),
    })),
  );
}

function cap(
  { boundary, boundaries }: Identity,
  asked: Asked,
  index: ActionIndex,
  lookup: Lookup,
  extent: Extent,
  request?: RequestContext,
): Judgement {
  if (!boundary) return YES;
  const none = isAbsent(boundary);
  if (none.yes.isAlways()) return YES;
  const documents = boundaries.map((grant) => boundaryAllows(grant, asked, index, lookup, extent, request));
  const { iam } = lookup;
  const ofAws = leaves(boundary).map(({ guard, value }) => {
    const policy = managedPolicy(value, iam);
    const allows = policy && allowsAction(policy, asked.action);
    return policy ? all(judgement({ yes: guard, no: Guard.never }), allows ? YES : NO) : NO;
  });
  // An unknown boundary may allow it or not.
  const seen = any(
    ...boundaries.map(({ when }) => judgement(when)),
    ...leaves(boundary).map(({ guard, value }) =>
      managedPolicy(value, iam) ? judgement({ yes: guard, no: Guard.never }) : NO,
    ),
  );
  const hidden = all(not(none), not(seen));
  return any(none, ...documents, ...ofAws, all(hidden, UNKNOWABLE));
}

function boundaryAllows(
  { policy, when }: Grant,
  { action, forms }: Asked,
  index: ActionIndex,
  lookup: Lookup,
  extent: Extent,
  request?: RequestContext,
): Judgement {
  const allowing = namingsIn(policy, index).allowing.get(action) ?? [];
  return all(
    judgement(when),
    any(
      ...allowing.map(({ statement, named }) => {
        if (named.no.isAlways()) return NO;
        // As for identity-based policies, a condition that the principal can meet, or that only tests sent values, limits nothing.
        const limited = limiting(statement, lookup, [action]);
        return all(
          named,
          allowsOn(limited, forms, extent, request),
          conditionsHold(limitingFor(statement, limited, request), request),
        );
      }),
    ),
  );
}

/** Where a statement of a boundary allows the action on the given resources. */
function allowsOn(statement: Statement, forms: Forms, extent: Extent, request?: RequestContext): Judgement {
  if (extent === 'some') return YES;
  const reaches = extent === 'every' ? namesEvery(statement, every(forms.any)) : namesTarget(statement, extent);
  return reaches.no.isAlways() ? NO : all(reaches, not(scoped(statement, request)));
}
