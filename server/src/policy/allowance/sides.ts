/** What limits those who have a policy: denials, and the boundary of each. */
import { spend } from '../../base/budget.ts';
import { all } from '../../model/judgement.ts';
import type { RequestContext } from '../condition/condition-holds.ts';
import { namesAction } from '../resource/statement-names.ts';
import type { Holders, Holding } from './beside.ts';
import type { Boundary } from './boundary.ts';
import type { Denial } from './denial.ts';
import { asksHolder } from './holder.ts';

/** What denies something of a policy to one who has it. */
export interface Side {
  readonly denying: readonly Denial[];
  /** The denials that name an action, with where they do. */
  readonly naming: (action: string) => readonly Denial[];
  readonly facts: RequestContext | undefined;
  readonly boundary: Boundary | undefined;
}

export interface Limits {
  /** What denies something to all who have the policy. */
  readonly all: Side;
  /** Of several who have it, what denies something to each; empty where that takes nothing away from all of them. */
  readonly each: readonly { readonly holding: Holding; readonly side: Side }[];
  /** Whether no other identity can have the policy. */
  readonly isClosed: boolean;
}

export function sideOf(
  denying: readonly Denial[],
  facts: RequestContext | undefined,
  boundary: Boundary | undefined,
): Side {
  return { denying, naming: namingOf(denying), facts, boundary };
}

export function sharing(own: readonly Denial[], { each }: Holders): Limits['each'] {
  const statements = own.map(({ statement }) => statement);
  return each.some(({ denials, facts, boundary }) => denials.length > 0 || boundary || asksHolder(statements, facts))
    ? each.map((holding) => ({ holding, side: sideOf([...own, ...holding.denials], holding.facts, holding.boundary) }))
    : [];
}

/** The denials that name an action, with where they do, found once for all statements that allow something. */
function namingOf(denying: readonly Denial[]): (action: string) => readonly Denial[] {
  const known = new Map<string, readonly Denial[]>();
  return (action) => {
    let found = known.get(action);
    if (!found) {
      spend(denying.length);
      found = denying.flatMap(({ statement, when }): readonly Denial[] => {
        const named = all(when, namesAction(statement, action));
        return named.no.isAlways() ? [] : [{ statement, when: named }];
      });
      known.set(action, found);
    }
    return found;
  };
}
