import { all, exists, is, type Predicate } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import { conditionsOf } from '../../policy/conditions.ts';
import { isAllow } from '../../policy/in-force.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-role-trust-wildcard-external-id',
  on: 'policy',
  selfContained: true,
  kinds: ['trust', 'unclear'],
  conditions: true,
  topic: 'identity',
  severity: 'medium',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'IAM roles for third parties ask for one external ID',
  why: 'The external ID is how a third party says for which of its customers it acts. Where every one will do, it can be led to act on your account for somebody else.',
  remedy: 'Compare sts:ExternalId by StringEquals with the one that the third party gave you.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html',
      claim:
        'The third party has a different external ID for each customer, and the trust policy requires the one of this customer, against the confused deputy problem.',
      seen: '2026-11-26',
    },
  ],
  aliases: {},
  controls: {},
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
      if (!wrong.no.isAlways())
        yield {
          violations: [{ wrong, at: condition.values }],
          message: `The trust policy of ${policy.host.displayName} takes every external ID, so that a third party can be led to act on this account for another customer; compare sts:ExternalId by StringEquals with the one that is agreed.`,
        };
    }
  },
});

/** What is put in from elsewhere is meant as an id. */
const ANY_ID: Predicate = { known: ({ raw }) => /^\?*\*[*?]*$/.test(raw), text: () => false, reference: () => false };
