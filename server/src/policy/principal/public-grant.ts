/** The public grants of a policy. */
import { flatMap } from '../../base/flat-map.ts';
import {
  all,
  any,
  every,
  exists,
  is,
  isPresent,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { text } from '../../model/predicate.ts';
import type { Value } from '../../model/value.ts';
import { restrictsToKnown, exemptsOnlyKnown } from './narrowing.ts';
import { namesAnyPrincipal, publicPrincipals } from './principal.ts';
import { coversResources } from '../resource/resource-cover.ts';
import { findsRequest } from '../condition/every-request.ts';
import { hasBegun } from '../condition/time-condition.ts';
import { includes, isDisjoint } from '../text/wildcard.ts';
import { isAllow, isDeny } from '../condition/in-force.ts';
import { withConditions } from '../statement/with-conditions.ts';

/** One principal of a statement that grants public access. */
export interface PublicGrant {
  readonly statement: Statement;
  /** The principal, for its place. */
  readonly at: Value;
  /**
   * Where access is public: by the principal, not restricted by a condition, not expired, and not denied by another
   * statement.
   */
  readonly open: Judgement;
}

/**
 * The maximum number of Deny statements that are compared with each grant. If there are more, the result is unknown.
 */
const MOST_CLOSINGS = 16;

/** The principals through which a policy grants public access. */
export function publicGrants(policy: PolicyDocument): readonly PublicGrant[] {
  let closings: readonly Closing[] | undefined;
  return flatMap(policy.statements, (statement) => {
    const wildcards = publicPrincipals(statement).filter(({ anyPrincipal }) => !anyPrincipal.no.isAlways());
    if (wildcards.length === 0) return [];
    const allows = all(
      judgement(policy.when),
      judgement(statement.when),
      isAllow(statement),
      not(restrictsToKnown(statement)),
    );
    const open = allows.no.isAlways()
      ? allows
      : all(allows, not(isClosed(statement, (closings ??= closingsOf(policy)))));
    return wildcards.map(({ at, anyPrincipal }) => ({ statement, at, open: all(open, anyPrincipal) }));
  });
}

/** A Deny statement that applies to anyone, possibly except known parties. */
interface Closing {
  readonly statement: Statement;
  /** Where it exists and applies to anyone. */
  readonly there: Judgement;
  /** Where each of its conditions is met by anyone except known parties. */
  readonly closes: Judgement;
  /** The statement with only those conditions that unknown parties can choose to meet. */
  readonly partly: Statement;
}

function closingsOf(policy: PolicyDocument): readonly Closing[] {
  return policy.statements
    .map((statement): Closing => {
      const met = statement.conditions.map((condition) =>
        any(not(judgement(condition.when)), exemptsOnlyKnown(condition), hasBegun(condition)),
      );
      return {
        statement,
        there: all(
          judgement(statement.when),
          isDeny(statement),
          any(namesAnyPrincipal(statement.principals), isPresent(statement.notPrincipals)),
          judgement(statement.conditionsComplete),
        ),
        closes: all(...met),
        partly: withConditions(
          statement,
          statement.conditions.filter((_, index) => !met[index]!.yes.isAlways()),
        ),
      };
    })
    .filter(({ there }) => !there.no.isAlways());
}

/**
 * Whether Deny statements, individually or in combination, deny the actions of a statement to all except known parties.
 */
function isClosed(statement: Statement, closings: readonly Closing[]): Judgement {
  const judged: Judgement[] = closings.length > MOST_CLOSINGS ? [UNKNOWABLE] : [];
  const partly: Partly[] = [];
  for (const closing of closings.slice(0, MOST_CLOSINGS)) {
    const reached = all(
      closing.there,
      covers(closing.statement, statement),
      coversResources(closing.statement, statement),
    );
    const closed = all(reached, closing.closes);
    if (closed.yes.isAlways()) return closed;
    judged.push(closed);
    if (reached.yes.satisfiable() && closing.partly.conditions.length > 0)
      partly.push({ reached, statement: closing.partly });
  }
  return any(...judged, closedTogether(statement, partly));
}

interface Partly {
  readonly reached: Judgement;
  readonly statement: Statement;
}

/**
 * Whether Deny statements that each exclude only some requests together exclude all requests that the statement allows.
 * Whether a request escapes all of them depends on shared condition keys: one can deny requests with TLS, another those
 * without.
 */
function closedTogether(statement: Statement, partly: readonly Partly[]): Judgement {
  if (partly.length === 0) return NO;
  const inside = statement.conditions.length > 0 ? [statement] : [];
  const finds = (some: readonly Partly[]): boolean | undefined =>
    findsRequest({ outside: some.map(({ statement: one }) => one), inside, isAnonymous: true });
  switch (finds(partly)) {
    case true:
      return NO;
    case undefined:
      return UNKNOWABLE;
    default: {
      const areAllNeeded = partly.every((one) => finds(partly.filter((other) => other !== one)) === true);
      return any(all(...partly.map(({ reached }) => reached)), areAllNeeded ? NO : UNKNOWABLE);
    }
  }
}

/** Whether the actions of one statement include those of another, as listed by Action or not excluded by NotAction. */
function covers(one: Statement, other: Statement): Judgement {
  const [left, rest] = [isPresent(one.notActions), isPresent(other.notActions)];
  const excluded = itemsOf(one.notActions, true);
  const listed = every(itemsOf(other.actions, true), ({ value }) =>
    any(
      exists(itemsOf(one.actions, true), (item) => is(item.value, against(value, includes))),
      left.no.isAlways()
        ? NO
        : all(
            left,
            not(
              exists(excluded, (item) =>
                is(
                  item.value,
                  against(value, (pattern, action) => !isDisjoint(pattern, action)),
                ),
              ),
            ),
          ),
    ),
  );
  if (rest.no.isAlways()) return listed;
  // NotAction on a resource applies to the other actions of the resource's service.
  const others = any(
    exists(itemsOf(one.actions, true), (item) =>
      is(
        item.value,
        text((pattern) => /^(?:[\w-]+:)?\*+$/.test(pattern)),
      ),
    ),
    left.no.isAlways()
      ? NO
      : all(
          left,
          every(excluded, ({ value }) =>
            exists(itemsOf(other.notActions, true), (item) => is(item.value, against(value, includes))),
          ),
        ),
  );
  return all(any(rest, listed), any(not(rest), others));
}

/** Where a predicate holds for an action pattern and each possible string of an action. */
function against(action: Value, holds: (pattern: string, action: string) => boolean): Predicate {
  const actions = leaves(action).map(({ value }) => value);
  return text((pattern) => {
    const answers = actions.map((leaf) =>
      leaf.state === 'known'
        ? holds(pattern.toLowerCase(), leaf.raw.toLowerCase())
        : pattern === '*'
          ? true
          : undefined,
    );
    return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
  });
}
