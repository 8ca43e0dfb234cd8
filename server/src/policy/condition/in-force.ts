/**
 * Whether a statement has an effect on the day of the analysis: a statement whose conditions require a past time
 * neither allows nor denies anything.
 */
import { all, is, not, type Judgement } from '../../model/judgement.ts';
import type { Statement } from '../../model/policy.ts';
import { oneOf } from '../../model/predicate.ts';
import { hasExpired } from './time-condition.ts';

/** Where a statement allows something. */
export function isAllow(statement: Statement): Judgement {
  return all(is(statement.effect, ALLOW), not(hasExpired(statement)));
}

/** Where a statement denies something. */
export function isDeny(statement: Statement): Judgement {
  return all(is(statement.effect, DENY), not(hasExpired(statement)));
}

/** Whether a statement can deny something in some scenario. Narrowing a Deny statement allows more. */
export function mayDeny(statement: Statement): boolean {
  return !isDeny(statement).no.isAlways();
}

const ALLOW = oneOf('Allow');
const DENY = oneOf('Deny');
