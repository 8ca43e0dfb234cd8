/** What decides how bad findings about statements are, for baselines. */
import type { Statement } from '../../model/policy.ts';
import type { Deciding } from '../rule.ts';

/** What a statement allows to its principals. */
export function decidedByGrant({ actions, notActions, resources, notResources }: Statement): Deciding {
  return { listed: [actions, resources], whole: [notActions, notResources] };
}

/** The actions that a statement allows. */
export function decidedByActions({ actions, notActions }: Statement): Deciding {
  return { listed: [actions], whole: [notActions] };
}

/** The resources on which a statement allows its actions. */
export function decidedByResources({ resources, notResources }: Statement): Deciding {
  return { listed: [resources], whole: [notResources] };
}

/** The principals that a statement applies to. */
export function decidedByPrincipals({ principals, notPrincipals }: Statement): Deciding {
  return { listed: [principals], whole: [notPrincipals] };
}
