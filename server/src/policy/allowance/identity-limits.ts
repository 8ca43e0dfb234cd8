/** The limits on the permissions of an identity: Deny statements and its permissions boundary. */
import { flatMap } from '../../base/flat-map.ts';
import { once } from '../../base/once.ts';
import { all, judgement, type Judgement } from '../../model/judgement.ts';
import type { Statement } from '../../model/policy.ts';
import type { ActionIndex } from '../data/action-index.ts';
import type { RequestContext } from '../condition/condition-holds.ts';
import { boundaryAllows } from './boundary.ts';
import { deniedBy, type Denial, type RequestedResources, type ArnForms } from './denial.ts';
import { actionEntriesIn } from './granted.ts';
import type { IdentityContext } from './identity-access.ts';
import type { Identity } from './identity.ts';

/** An action and the resources that it supports. */
interface LimitedAction {
  readonly action: string;
  readonly forms: ArnForms;
}

export interface PermissionLimits {
  /**
   * Where Deny statements remove the action on all resources of a grant (all resources if undefined), or on a given
   * resource.
   */
  denied(allowing: Statement | undefined, extent: RequestedResources, request?: RequestContext): Judgement;
  /** Where the boundary allows the action. */
  capped(extent: RequestedResources, request?: RequestContext): Judgement;
}

/** The limits of an identity for an action of an index. */
export function limitsOf(
  identity: Identity,
  limited: LimitedAction,
  index: ActionIndex,
  lookup: IdentityContext,
): PermissionLimits {
  const denials = once(() => denialsOf(identity, limited.action, index));
  return {
    denied: (allowing, extent, request = identity.facts) =>
      deniedBy(denials(), allowing, limited.forms, extent, request),
    capped: (extent, request = identity.facts) => boundaryAllows(identity, { extent, request, ...limited }, lookup),
  };
}

/** The Deny statements of an identity, including those of its boundary and its groups. */
function denialsOf({ grants, inherited, boundaries }: Identity, action: string, index: ActionIndex): readonly Denial[] {
  return flatMap([...grants, ...inherited, ...boundaries], ({ policy, when }) =>
    (actionEntriesIn(policy, index).denying.get(action) ?? []).map(({ statement, named }): Denial => ({
      statement,
      when: all(judgement(when), named),
    })),
  );
}
