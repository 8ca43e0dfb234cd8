/**
 * Predicates over all scenarios of a truth, with a yes-or-no result. Rules use them in addition to judgements: to skip
 * work, choose a message or offer a fix. Violations stay judgements, which the engine evaluates.
 */
import { Guard, type Truth } from '../base/guard.ts';
import { NO, type Judgement } from './judgement.ts';
import { leaves } from './navigate.ts';
import type { Leaf, Value } from './value.ts';

/** Whether a statement is true in every scenario, for a fix or a message that must be correct in all of them. */
export function always(statement: Truth): boolean {
  return statement.yes.isAlways();
}

/** Whether a statement is known to be true in a scenario. Unknown scenarios do not count. */
export function sometimes(statement: Truth): boolean {
  return statement.yes.satisfiable();
}

/**
 * Whether a statement is false in every scenario. Unknown scenarios can be true, so this is not the opposite of
 * `sometimes`. It skips work that depends on the statement. Reports that are never wrong need no such check, because
 * the engine drops them.
 */
export function never(statement: Truth): boolean {
  return statement.no.isAlways();
}

/** Whether both statements are known to be true in the same scenario. */
export function together(one: Truth, other: Truth): boolean {
  return one.yes.and(other.yes).satisfiable();
}

/** Whether the second statement is true in every scenario in which the first is. */
export function implies(one: Truth, other: Truth): boolean {
  return one.yes.coveredBy(other.yes);
}

/** Whether the second statement is true in every scenario in which the first is not known to be false. */
export function isWithin(one: Truth, other: Truth): boolean {
  return one.no.isAlways() || other.yes.isAlways() || Guard.always.coveredBy(one.no, other.yes);
}

/**
 * A judgement that unknown values alone do not make possible: false if it is true in no scenario. For authoring
 * mistakes, which an unknown value is unlikely to contain.
 */
export function unlessUnknown(statement: Judgement): Judgement {
  return sometimes(statement) ? statement : NO;
}

/** The leaves that a value has in the scenarios in which a statement is known to be true. */
export function leavesWhere(value: Value, statement: Truth): readonly Leaf[] {
  return leaves(value)
    .filter(({ guard }) => guard.and(statement.yes).satisfiable())
    .map(({ value: leaf }) => leaf);
}
