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
import { itemsOf, member } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { namesEverybody } from '../principal/principal.ts';
import { fits } from '../text/wildcard.ts';
import { isAllow } from '../condition/in-force.ts';

/**
 * Whether some of the policies allow a service, by its name as a pattern: `logs.*` also for a single Region. Conditions and actions of the statement
 * are not checked: its author considered the service. An unreadable policy is assumed to allow it, because nothing is known to be missing.
 */
export function admits(policies: readonly PolicyDocument[], service: string): Judgement {
  return any(
    ...policies.map((policy) =>
      all(
        judgement(policy.exists),
        any(
          not(judgement(policy.seen)),
          among(any(...policy.statements.map((statement) => lets(statement, service))), policy.complete),
        ),
      ),
    ),
  );
}

function lets(statement: Statement, service: string): Judgement {
  return all(
    judgement(statement.when),
    isAllow(statement),
    any(
      exists(itemsOf(member(statement.principals, 'Service'), true), (item) => is(item.value, named(service))),
      namesEverybody(statement.principals),
      isPresent(statement.notPrincipals),
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
