/** Whether the policies of a resource let a service in. */
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
} from '../model/judgement.ts';
import { itemsOf, member } from '../model/navigate.ts';
import type { PolicyDocument, Statement } from '../model/policy.ts';
import { namesEverybody } from './principal.ts';
import { fits } from './wildcard.ts';
import { isAllow } from './in-force.ts';

/**
 * Whether some of the policies allow something to a service, by its name as a pattern: `logs.*` also for that of one Region. To whom else a
 * statement is limited, and what it allows, is not asked: who wrote it had the service in mind. A policy of which nothing is seen is taken to
 * let it in, as nothing can be said of what such a policy lacks.
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

/** A service principal as it is written, in parts that are put in too. */
function named(service: string): Predicate {
  return {
    known: ({ raw }) => fits(raw.toLowerCase(), service),
    text: ({ pieces }) =>
      fits(pieces.map((piece) => (typeof piece === 'string' ? piece.toLowerCase() : 'x')).join(''), service),
    collection: false,
  };
}
