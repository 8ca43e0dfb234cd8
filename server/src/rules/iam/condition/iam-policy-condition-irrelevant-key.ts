import { keyPlace } from '../../../policy/condition/condition-place.ts';
import { conditionExists } from '../../../policy/condition/conditions.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

/** Condition keys with the owner of the requested resource. */
const OWNER: ReadonlySet<string> = new Set([
  's3:resourceaccount',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
]);

export default defineRule({
  id: 'iam-policy-condition-irrelevant-key',
  on: 'policy',
  selfContained: true,
  kinds: ['resource'],
  needs: { keys: [...OWNER] },
  topic: 'identity',
  severity: 'info',
  judged: '2026-11-26',
  title: 'Resource-based policies should not use condition keys of the resource owner',
  keywords: ['irrelevant condition key', 'aws:ResourceAccount', 'aws:ResourceOrgID', 's3:ResourceAccount', 'no effect'],
  why: 'A resource with a resource-based policy belongs to one account. A condition on its owner is always met there, or never, and restricts no principal.',
  remedy:
    'Remove the condition, or use it in identity-based policies, where it restricts access to resources of other accounts.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Some keys are irrelevant in resource-based policies, such as s3:ResourceAccount in the policy of a bucket or access point.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount':
      'aws:ResourceAccount is the account that owns the resource of a request; similar keys hold its organization and organizational unit.',
  },
  aliases: analyzerAliases('IRRELEVANT_CONDITION_KEY_IN_POLICY'),
  fix: 'none',
  *check(policy) {
    for (const statement of policy.statements)
      for (const condition of statement.conditions) {
        if (!OWNER.has(condition.key.toLowerCase())) continue;
        yield {
          violations: [{ wrong: conditionExists(policy, statement, condition), at: keyPlace(condition) }],
          message: `The condition on ${condition.key} in ${policy.host.displayName} has no effect. A resource-based policy has a single owner; use the condition in identity-based policies, or remove it.`,
          ...severityOf('IRRELEVANT_CONDITION_KEY_IN_POLICY'),
        };
      }
  },
});
