/**
 * Access that grants of KMS keys allow. CloudFormation has no type for them.
 * https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 */
import { all, any, is, isPresent, judgement, not, YES } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import { oneOf } from '../../model/predicate.ts';
import type { IdentityContext } from '../allowance/identity-access.ts';
import type { AccessLimit, GrantSource } from './access.ts';
import { readings } from './allowed-principals.ts';
import { resourceDenials, type AccessQuery } from './access-query.ts';
import { NO_CONDITIONS } from './conditions-met.ts';
import { limitsFor } from './identity-side.ts';
import { factsOfNamed } from './principal-facts.ts';
import type { Collecting } from './resource-side.ts';

/** Adds what the grants of a key allow. An explicit Deny overrides them. */
export function collectFromGrants(query: AccessQuery, lookup: IdentityContext, into: Collecting): void {
  for (const { resource: grant, when } of query.resource.related('key-grants').edges) {
    const operations = itemsOf(grant.get('operations'), true).items;
    const source: GrantSource = { kind: 'grant', resource: grant };
    const isConditional = !isPresent(grant.get('constraints')).no.isAlways();
    const limits: readonly AccessLimit[] = isConditional
      ? [{ kind: 'settings', resource: grant, paths: ['constraints'] }]
      : [];
    for (const { principal, when: named } of readings('AWS', grant.get('grantee_principal'), YES, query.stack))
      for (const of of query.actions.values()) {
        const operation = oneOf(of.action.slice(of.action.indexOf(':') + 1));
        const applies = all(
          judgement(when),
          named,
          any(...operations.map((item) => all(judgement(item.when), is(item.value, operation)))),
        );
        if (applies.no.isAlways()) continue;
        const identity = principal.resource && into.identity(principal.resource);
        if (identity) {
          limitsFor(identity, query, lookup, into.of(principal)).add(source, of, applies, NO_CONDITIONS, {
            statement: undefined,
            isCapped: false,
            isDelegated: false,
            isPartial: false,
            limits,
          });
          continue;
        }
        const denials = resourceDenials(query, of, principal, factsOfNamed(principal, query.stack));
        const allowed = all(applies, not(any(...denials.map(({ whole }) => whole))));
        into.of(principal).add(source, of, { before: applies, when: allowed, isConditional, isPartial: false }, limits);
      }
  }
}
