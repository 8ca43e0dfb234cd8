/** What a policy allows everybody. */
import { all, any, every, exists, is, isPresent, judgement, not, type Judgement } from '../model/judgement.ts';
import { itemsOf, leaves } from '../model/navigate.ts';
import type { PolicyDocument, Statement } from '../model/policy.ts';
import { oneOf, text } from '../model/predicate.ts';
import type { Value } from '../model/value.ts';
import { narrowed, sparesOnlyKnown } from './narrowing.ts';
import { namesEverybody, openings } from './principal.ts';

/** One principal of a statement that allows something to everybody. */
export interface PublicGrant {
  readonly statement: Statement;
  /** The principal, for its place. */
  readonly at: Value;
  /** Where everybody is let in: by the principal, narrowed by no condition, and stopped by no statement that denies. */
  readonly open: Judgement;
}

/** The principals through which a policy lets everybody in. */
export function publicGrants(policy: PolicyDocument): readonly PublicGrant[] {
  return policy.statements.flatMap((statement) => {
    const allows = all(judgement(policy.exists), judgement(statement.when), is(statement.effect, oneOf('Allow')), not(narrowed(statement)), not(isClosed(policy, statement)));
    return openings(statement).filter(({ everybody }) => !everybody.no.isAlways()).map(({ at, everybody }) => ({ statement, at, open: all(allows, everybody) }));
  });
}

/**
 * Whether other statements deny everybody but known parties what a statement allows. Resources are not compared: a policy that denies
 * one object of a bucket is taken to deny all, so that what is said to be open is.
 */
function isClosed(policy: PolicyDocument, statement: Statement): Judgement {
  return any(...policy.statements.filter((other) => other !== statement).map((other) => all(
    judgement(other.when),
    is(other.effect, oneOf('Deny')),
    any(namesEverybody(other.principals), isPresent(other.notPrincipals)),
    ...other.conditions.map((condition) => any(not(judgement(condition.when)), sparesOnlyKnown(condition))),
    judgement(other.conditionsComplete),
    covers(other, statement),
  )));
}

/** Whether the actions of one statement include those of another. */
function covers(one: Statement, other: Statement): Judgement {
  return every(itemsOf(other.actions, true), ({ value }) => {
    const actions = leaves(value).map((leaf) => leaf.value);
    return exists(itemsOf(one.actions, true), (item) => is(item.value, text((pattern) => {
      if (pattern === '*') return true;
      const answers = actions.map((action) => action.state === 'known' ? includes(pattern, action.raw) : undefined);
      return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
    })));
  });
}

/** Whether a pattern of actions includes an action or another pattern. */
function includes(pattern: string, action: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'i').test(action);
}
