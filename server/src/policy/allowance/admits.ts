/** Whether the policies of a resource allow a service. */
import {
  all,
  among,
  any,
  exists,
  is,
  isPresent,
  judgement,
  not,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import { itemsOf, leaves, member } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { namesAnyPrincipal } from '../principal/principal.ts';
import { fits } from '../text/wildcard.ts';
import { isAllow } from '../condition/in-force.ts';
import { namesAction } from '../resource/statement-names.ts';

/**
 * Whether some of the policies allow a service, by its name as a pattern: `logs.*` also for a single Region. Conditions and actions of a statement
 * that names the service are not checked: its author considered it. One for all principals has to be about the action. An unreadable policy is
 * assumed to allow the service, because nothing is known to be missing.
 * @param action What the service does there, in lower case, if that is one action.
 */
export function admits(policies: readonly PolicyDocument[], service: string, action: string | undefined): Judgement {
  return any(
    ...policies.map((policy) =>
      all(
        judgement(policy.when),
        any(
          not(judgement(policy.seen)),
          among(any(...policy.statements.map((statement) => lets(statement, service, action))), policy.complete),
        ),
      ),
    ),
  );
}

/** Whether a statement is surely not about an action. One without an action element is incomplete, and may become one that is. */
export function isSurelyNotAbout(statement: Statement, action: string): boolean {
  return (
    namesAction(statement, action).no.isAlways() &&
    any(isPresent(statement.actions), isPresent(statement.notActions)).yes.isAlways()
  );
}

function lets(statement: Statement, service: string, action: string | undefined): Judgement {
  return all(
    judgement(statement.when),
    isAllow(statement),
    any(
      // A string names all principals, and no service among them.
      ...(leaves(statement.principals).every(({ value }) => value.state === 'known')
        ? []
        : [exists(itemsOf(member(statement.principals, 'Service'), true), (item) => is(item.value, named(service)))]),
      ...(action !== undefined && isSurelyNotAbout(statement, action)
        ? []
        : [namesAnyPrincipal(statement.principals), isPresent(statement.notPrincipals)]),
    ),
  );
}

/** A service principal as it is written, including in interpolated parts. */
function named(service: string): Predicate {
  return {
    known: ({ raw }) => fits(raw.toLowerCase(), service),
    text: ({ pieces }) =>
      fits(pieces.map((piece) => (typeof piece === 'string' ? piece.toLowerCase() : 'x')).join(''), service),
    collection: false,
  };
}
