/** The conditions of statements, given what is known of the requests of a principal. */
import { NO, YES, type Judgement } from '../../model/judgement.ts';
import type { Condition, Statement } from '../../model/policy.ts';
import { forHolder } from '../allowance/holder.ts';
import type { IdentityContext } from '../allowance/identity-access.ts';
import { limiting, limitingFor } from '../allowance/limiting.ts';
import {
  conditionHolds,
  conditionsCanHold,
  conditionsHold,
  type RequestContext,
} from '../condition/condition-holds.ts';

/** The conditions of a statement as they concern a principal. */
export interface ConditionResult {
  /** Where they hold, or depend on the request. */
  readonly holds: Judgement;
  readonly isConditional: boolean;
  /** The conditions that limit it. */
  readonly conditions: readonly Condition[];
}

export const NO_CONDITIONS: ConditionResult = { holds: YES, isConditional: false, conditions: [] };

/** The conditions of a statement for an action, given what is known of the requests of a principal. */
export function conditionsMet(
  statement: Statement,
  action: string,
  facts: RequestContext,
  lookup: IdentityContext,
  isIdentity: boolean,
): ConditionResult {
  if (statement.conditions.length === 0 && statement.conditionsComplete.yes.isAlways()) return NO_CONDITIONS;
  const limited = limitingFor(
    statement,
    isIdentity ? forHolder(limiting(statement, lookup, [action]), facts) : limiting(statement, lookup, [action]),
    facts,
  );
  if (conditionsCanHold(limited, facts).no.isAlways()) return { ...NO_CONDITIONS, holds: NO };
  const holds = conditionsHold(limited, facts);
  if (holds.yes.satisfiable() || holds.no.satisfiable()) return { ...NO_CONDITIONS, holds };
  const conditions = limited.conditions.filter((one) => !conditionHolds(one, facts).yes.isAlways());
  return { holds: YES, isConditional: true, conditions: conditions.length > 0 ? conditions : limited.conditions };
}

/** Whether a Deny statement denies only requests without TLS, which every principal can avoid. */
export function isTrivial({ conditions }: Statement): boolean {
  return conditions.length === 1 && conditions[0]!.key.toLowerCase() === 'aws:securetransport';
}
