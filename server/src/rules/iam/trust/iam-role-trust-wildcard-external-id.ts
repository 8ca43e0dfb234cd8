import { all, exists, is, type Predicate } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import { conditionsOf } from '../../../policy/condition/conditions.ts';
import { isAllow } from '../../../policy/condition/in-force.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-role-trust-wildcard-external-id',
  on: 'policy',
  selfContained: true,
  kinds: ['trust', 'unclear'],
  needs: { statement: ['condition'], keys: ['sts:externalid'] },
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'Role trust policies should not use wildcards for sts:ExternalId',
  keywords: [
    'external ID',
    'wildcard external ID',
    'confused deputy',
    'third-party access',
    'cross-account',
    'IAM role',
  ],
  why: 'The external ID identifies the customer for which a third party acts. If any external ID is accepted, another customer can trick the third party into accessing your account.',
  remedy: 'Use StringEquals on sts:ExternalId with the value from the third party.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html':
      'The third party has a different external ID for each customer, and the trust policy requires the one of this customer, against the confused deputy problem.',
  },
  fix: 'none',
  subsumes: ['iam-policy-condition-any-value'],
  *check(policy) {
    for (const { statement, condition, operator, key, there } of conditionsOf(policy)) {
      if (key !== 'sts:externalid' || operator?.how !== 'like' || operator.negated) continue;
      const wrong = all(
        there,
        isAllow(statement),
        exists(itemsOf(condition.values, true), ({ value }) => is(value, ANY_ID)),
      );
      yield {
        violations: [{ wrong, at: condition.values }],
        message: `${policy.host.displayName} accepts any external ID (confused deputy). Use StringEquals on sts:ExternalId with the value from the third party.`,
      };
    }
  },
});

/** A pattern that matches any external ID. Interpolated values are assumed to be IDs. */
const ANY_ID: Predicate = { known: ({ raw }) => /^\?*\*[*?]*$/.test(raw), text: () => false, reference: () => false };
