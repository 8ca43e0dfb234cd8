import {
  all,
  among,
  any,
  exists,
  is,
  isPresent,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
  type Predicate,
} from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { Condition, Statement } from '../../model/policy.ts';
import { text } from '../../model/predicate.ts';
import { never } from '../../model/quantified.ts';
import { isNarrowingKey } from '../../policy/condition/condition-key.ts';
import { readOperator } from '../../policy/text/condition-operator.ts';
import { limiting } from '../../policy/allowance/limiting.ts';
import { listsEveryValue } from '../../policy/condition/open-value.ts';
import { namesAnyPrincipal } from '../../policy/principal/principal.ts';
import { EVERY_RESOURCE } from '../../policy/resource/resource-pattern.ts';
import { conditional } from '../../policy/condition/scope.ts';
import { defineRule } from '../rule.ts';
import { isAllow, isDeny } from '../../policy/condition/in-force.ts';

export default defineRule({
  id: 'vpc-endpoint-policy-open',
  on: 'policy',
  selfContained: true,
  kinds: ['endpoint'],
  needs: { statement: ['allow', 'any-principal', 'wildcard-action', 'wildcard-resource'] },
  topic: 'data-exposure',
  severity: 'low',
  judged: '2026-11-29',
  title: 'VPC endpoint policies should not allow full access',
  keywords: ['data perimeter', 'open to the world', 'PrivateLink', 'aws:ResourceOrgID', 'default endpoint policy'],
  why: 'With full access, a VPC endpoint also carries requests with credentials of other accounts to resources of other accounts, so data can leave the network through it (data exfiltration).',
  remedy:
    'Restrict the endpoint policy to your principals and resources, for example with aws:PrincipalOrgID and aws:ResourceOrgID, or deny everything else.',
  sources: {
    'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html':
      'The default endpoint policy grants full access to the endpoint: Allow with "*" as principal, action and resource.',
  },
  accessed: '2026-11-28',
  fix: 'none',
  *check(policy, context) {
    const denied = any(
      ...policy.statements.map((statement) =>
        all(judgement(statement.when), isDeny(statement), drawsPerimeter(statement)),
      ),
    );
    for (const statement of policy.statements) {
      const open = all(
        judgement(policy.when),
        judgement(statement.when),
        isAllow(statement),
        namesAnyPrincipal(statement.principals),
        exists(itemsOf(statement.resources, true), (item) => is(item.value, EVERY_RESOURCE)),
        not(conditional(limiting(statement, context))),
        not(denied),
      );
      if (never(open)) continue;
      for (const action of itemsOf(statement.actions, true).items)
        yield {
          violations: [{ wrong: all(open, judgement(action.when), is(action.value, EVERYTHING)), at: action.value }],
          message: `The endpoint policy of ${policy.host.displayName} allows full access, which is the default. Restrict it to your principals and resources, for example with aws:PrincipalOrgID and aws:ResourceOrgID.`,
        };
    }
  },
});

/**
 * Whether a Deny statement is a data perimeter: it denies all actions, or all of a service, outside an account,
 * organization or network. A denial of a few actions, or of requests without TLS, leaves full access.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
 */
function drawsPerimeter({ conditions, conditionsComplete, notActions, actions }: Statement): Judgement {
  const wide = any(
    isPresent(notActions),
    exists(itemsOf(actions, true), ({ value }) => is(value, EVERYTHING)),
  );
  return all(
    wide,
    among(
      any(
        conditions.length === 0 ? YES : NO,
        ...conditions.map((condition) => all(judgement(condition.when), sparesSomebody(condition))),
      ),
      conditionsComplete,
    ),
  );
}

/**
 * Whether a condition of a denial leaves out some account, organization or network: it says that the key has another
 * value than those listed.
 */
function sparesSomebody({ key, operator: written, values }: Condition): Judgement {
  if (!PERIMETER.test(key) && !isNarrowingKey(key.toLowerCase())) return NO;
  const operator = readOperator(written);
  if (!operator) return UNKNOWABLE;
  return operator.negated ? not(listsEveryValue({ ...operator, negated: false }, key, values)) : NO;
}

const PERIMETER = /^aws:resource(?:account|orgid|orgpaths)$/i;

/** All actions, or all of one service, because an endpoint is for one service. */
const EVERYTHING: Predicate = {
  ...text((action) => /^(?:\*+|[a-z0-9-]+:\*+)$/i.test(action)),
  text: () => false,
  reference: () => false,
};
