/** The limits on the principals of a policy: Deny statements, and the boundary of each principal. */
import { spend } from '../../base/budget.ts';
import { flatMap } from '../../base/flat-map.ts';
import { all } from '../../model/judgement.ts';
import type { RequestContext } from '../condition/condition-holds.ts';
import { entriesMatching, namesAction } from '../resource/statement-names.ts';
import type { PolicyHolders, PolicyHolder } from './policy-holders.ts';
import type { Boundary } from './boundary.ts';
import type { Denial } from './denial.ts';
import { dependsOnHolder } from './holder.ts';

/** The limits on a principal of a policy. */
export interface HolderLimits {
  readonly denying: readonly Denial[];
  /** The Deny statements that name an action. Actions that the same entries match have the same list. */
  readonly denialsOf: (action: string) => readonly Denial[];
  readonly facts: RequestContext | undefined;
  readonly boundary: Boundary | undefined;
}

export interface Limits {
  /** The limits on all principals of the policy. */
  readonly all: HolderLimits;
  /** If the policy has several principals: the limits of each. Empty if none of them has limits of its own. */
  readonly each: readonly { readonly holding: PolicyHolder; readonly side: HolderLimits }[];
  /** Whether the policy cannot be attached to other identities. */
  readonly isClosed: boolean;
}

/** The limits on a principal: Deny statements, facts about its requests, and its boundary if it has one. */
export function limitsOfHolder(
  denying: readonly Denial[],
  facts: RequestContext | undefined,
  boundary: Boundary | undefined,
): HolderLimits {
  return { denying, denialsOf: denialsByAction(denying), facts, boundary };
}

/**
 * The limits on each principal of a shared policy. `own` are the Deny statements of the policy, which apply to all.
 * Empty if no principal has limits of its own, so that the common ones are checked once.
 */
export function limitsOfEach(own: readonly Denial[], { each }: PolicyHolders): Limits['each'] {
  const statements = own.map(({ statement }) => statement);
  return each.some(
    ({ denials, facts, boundary }) => denials.length > 0 || boundary || dependsOnHolder(statements, facts),
  )
    ? each.map((holding) => ({
        holding,
        side: limitsOfHolder([...own, ...holding.denials], holding.facts, holding.boundary),
      }))
    : [];
}

/** The Deny statements that name an action, cached for all Allow statements. */
function denialsByAction(denying: readonly Denial[]): (action: string) => readonly Denial[] {
  const known = new Map<string, readonly Denial[]>();
  const byEntries = new Map<string, readonly Denial[]>();
  return (action) => {
    let found = known.get(action);
    if (!found) {
      spend(denying.length);
      const entries = denying.map(({ statement }) => entriesMatching(statement, action)).join();
      found = byEntries.get(entries) ?? denialsOf(denying, action);
      byEntries.set(entries, found);
      known.set(action, found);
    }
    return found;
  };
}

function denialsOf(denying: readonly Denial[], action: string): readonly Denial[] {
  return flatMap(denying, ({ statement, when }): readonly Denial[] => {
    const named = all(when, namesAction(statement, action));
    return named.no.isAlways() ? [] : [{ statement, when: named }];
  });
}
