import { all, is, judgement } from '../../../model/judgement.ts';
import type { Condition } from '../../../model/policy.ts';
import { keyPlace } from '../../../policy/condition/condition-place.ts';
import { principal, principalsIn } from '../../../policy/principal/principal.ts';
import { readOperator } from '../../../policy/text/condition-operator.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-service-principal-condition',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['condition', 'principal'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'Conditions for service principals should use keys that services send',
  keywords: [
    'aws:PrincipalOrgID with a service principal',
    'aws:PrincipalTag',
    'aws:SourceOrgID',
    'unsupported condition key',
  ],
  why: 'An AWS service is not a member of an organization and has no tags. Its requests lack the keys about them, so a statement with such a condition never applies to the service.',
  remedy:
    'Move the service to a separate statement with a condition on aws:SourceArn, aws:SourceAccount, aws:SourceOrgID or aws:SourceOrgPaths.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'A condition key that a service principal does not support is an error, such as aws:PrincipalOrgID with cloudfront.amazonaws.com.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html':
      'aws:PrincipalOrgID and aws:PrincipalOrgPaths are present when the principal is a member of an organization, aws:PrincipalTag when it is a user or role with tags; for services there are aws:SourceOrgID and aws:SourceOrgPaths.',
    'https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html':
      'IAM Roles Anywhere makes the fields of a certificate available as tags of the principal, by which trust policies compare them.',
  },
  aliases: { 'access-analyzer': ['UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL'] },
  fix: 'none',
  *check(policy) {
    for (const statement of policy.statements) {
      const conditions = statement.conditions.filter(isNeverMet);
      if (conditions.length === 0) continue;
      const present = all(judgement(policy.when), judgement(statement.when));
      for (const { kind, value, when } of principalsIn(statement.principals))
        if (kind === 'Service')
          for (const condition of conditions)
            yield {
              violations: [
                {
                  wrong: all(
                    present,
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
                `In ${policy.host.displayName}, the condition on ${shown} never matches a service principal. Use aws:SourceArn, aws:SourceAccount or aws:SourceOrgID for the service.`,
              ...severityOf('UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL'),
            };
    }
  },
});

/** Condition keys that only users, roles and members of an organization have. */
const OF_IDENTITIES = /^aws:(?:principalorgid|principalorgpaths|principaltag\/.+|username)$/;

/**
 * Whether a service sends a key of identities. IAM Roles Anywhere assumes roles with the fields of a certificate as
 * tags.
 * https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
function brings(service: string | undefined, { key }: Condition): boolean {
  return service === 'rolesanywhere' && /^aws:principaltag\//i.test(key);
}

/** Whether requests of services never meet a condition because they lack its key. */
function isNeverMet({ operator, key }: Condition): boolean {
  const read = readOperator(operator);
  return read !== undefined && read.how !== 'null' && !read.holdsWithoutKey && OF_IDENTITIES.test(key.toLowerCase());
}
