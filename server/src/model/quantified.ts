/**
 * Questions about a truth over all scenarios at once, answered yes or no. A rule needs them beside its judgements: to
 * skip work, to choose a message, to offer a fix. What is wrong stays a judgement; the engine decides about it.
 */
import type { Truth } from '../base/guard.ts';
import { NO, type Judgement } from './judgement.ts';
import { leaves } from './navigate.ts';
import type { Leaf, Value } from './value.ts';

/** Whether a statement is true in every scenario: for a fix or a message that must be right in all of them. */
export function always(statement: Truth): boolean {
  return statement.yes.isAlways();
}

/** Whether a statement is known to be true in a scenario. What is unknown does not count. */
export function sometimes(statement: Truth): boolean {
  return statement.yes.satisfiable();
}

/**
 * Whether a statement is false in every scenario. What is unknown can be true, so this is not the opposite of
 * `sometimes`. It saves work that depends on the statement; a report that is never wrong needs no such check, because
 * the engine drops it.
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

/**
 * A judgement that unknown values alone do not make possible: false if it is true in no scenario. For mistakes of
 * writing, which a value that is not known is unlikely to have.
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
