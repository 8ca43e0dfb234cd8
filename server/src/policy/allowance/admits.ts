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
 * Whether one of the policies allows a service. The service is a pattern: `logs.*` also matches the principal of a
 * single Region. If a statement names the service, its conditions and actions are not evaluated, because its author
 * considered the service. A statement for all principals must include the action. An unreadable policy is assumed to
 * allow the service.
 * @param action The action of the service in lower case, if it uses exactly one.
 */
export function admits(policies: readonly PolicyDocument[], service: string, action: string | undefined): Judgement {
  return any(
    ...policies.map((policy) =>
      all(
        judgement(policy.when),
        any(
          not(judgement(policy.seen)),
          among(
            any(...policy.statements.map((statement) => allowsService(statement, service, action))),
            policy.complete,
          ),
        ),
      ),
    ),
  );
}

/**
 * Whether a statement certainly does not include an action. A statement without an Action element is incomplete, so the
 * result is false.
 */
export function certainlyExcludes(statement: Statement, action: string): boolean {
  return (
    namesAction(statement, action).no.isAlways() &&
    any(isPresent(statement.actions), isPresent(statement.notActions)).yes.isAlways()
  );
}

function allowsService(statement: Statement, service: string, action: string | undefined): Judgement {
  return all(
    judgement(statement.when),
    isAllow(statement),
    any(
      // A string names all principals, never a service.
      ...(leaves(statement.principals).every(({ value }) => value.state === 'known')
        ? []
        : [exists(itemsOf(member(statement.principals, 'Service'), true), (item) => is(item.value, named(service)))]),
      ...(action !== undefined && certainlyExcludes(statement, action)
        ? []
        : [namesAnyPrincipal(statement.principals), isPresent(statement.notPrincipals)]),
    ),
  );
}

/** Matches a service principal, also if parts of it are interpolated. */
function named(service: string): Predicate {
  return {
    known: ({ raw }) => fits(raw.toLowerCase(), service),
    text: ({ pieces }) =>
      fits(pieces.map((piece) => (typeof piece === 'string' ? piece.toLowerCase() : 'x')).join(''), service),
    collection: false,
  };
}
