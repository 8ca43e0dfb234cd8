import { all, is, judgement } from '../../model/judgement.ts';
import type { Condition } from '../../model/policy.ts';
import { keyPlace } from '../../policy/condition-place.ts';
import { principal, principalsIn } from '../../policy/principal.ts';
import { readOperator } from '../../policy/condition-operator.ts';
import { analyzerAliases, severityOf } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-service-principal-condition',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  severity: 'high',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'Conditions on an AWS service compare keys that its requests have',
  why: 'An AWS service belongs to no organisation and has no tags, so keys about the organisation or the tags of who asks are missing in its own requests, and a statement with such a condition never applies to it.',
  remedy:
    'Put the service into a statement of its own, with a condition on aws:SourceArn, aws:SourceAccount, aws:SourceOrgID or aws:SourceOrgPaths.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim:
        'An error is a condition key that does not go with a service principal, such as aws:PrincipalOrgID with cloudfront.amazonaws.com.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
      claim:
        'aws:PrincipalOrgID and aws:PrincipalOrgPaths are there when the principal is a member of an organisation, aws:PrincipalTag when it is a user or role with tags; for services there are aws:SourceOrgID and aws:SourceOrgPaths.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html',
      claim:
        'IAM Roles Anywhere makes the fields of a certificate available as tags of the principal, by which trust policies compare them.',
      seen: '2026-11-26',
    },
  ],
  aliases: { 'access-analyzer': ['UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL'] },
  controls: {},
  fix: 'none',
  *check(policy) {
    for (const statement of policy.statements) {
      const conditions = statement.conditions.filter(isNeverMet);
      if (conditions.length === 0) continue;
      const there = all(judgement(policy.exists), judgement(statement.when));
      for (const { kind, value, when } of principalsIn(statement.principals))
        if (kind === 'Service')
          for (const condition of conditions)
            yield {
              ...severityOf('UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL'),
              violations: [
                {
                  wrong: all(
                    there,
                    judgement(when),
                    judgement(condition.when),
                    is(
                      value,
                      principal('Service', ({ name }) => !brings(name, condition)),
                    ),
                  ),
                  at: keyPlace(condition),
                  aliases: analyzerAliases('UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL'),
                },
              ],
              message: (shown) =>
                `The policy in ${policy.host.displayName} compares ${shown}, which requests of AWS services do not have, so the statement never applies to the service that it names; compare aws:SourceArn, aws:SourceAccount or aws:SourceOrgID.`,
            };
    }
  },
});

/** What only users, roles and members of an organisation have. */
const OF_IDENTITIES = /^aws:(?:principalorgid|principalorgpaths|principaltag\/.+|username)$/;

/**
 * Whether a service has a key of identities all the same: IAM Roles Anywhere assumes roles with the fields of a certificate as tags.
 * https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
function brings(service: string | undefined, { key }: Condition): boolean {
  return service === 'rolesanywhere' && /^aws:principaltag\//i.test(key);
}

/** Whether a condition fails without its key, which is one that no service has. */
function isNeverMet({ operator, key }: Condition): boolean {
  const read = readOperator(operator);
  return read !== undefined && read.how !== 'null' && !read.holdsWithoutKey && OF_IDENTITIES.test(key.toLowerCase());
}
