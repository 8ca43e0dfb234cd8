import { keyPlace } from '../../policy/condition-place.ts';
import { isThere } from '../../policy/conditions.ts';
import { analyzerAliases, severityOf } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-irrelevant-key',
  on: 'policy',
  selfContained: true,
  kinds: ['resource'],
  conditions: true,
  topic: 'identity',
  severity: 'info',
  profile: 'strict',
  since: '0.1',
  judged: '2026-11-26',
  title: 'Policy of a resource does not ask who owns the resource',
  why: 'A resource that has a policy is owned by one account. A condition on its owner is always met there, or never, and limits nobody.',
  remedy:
    'Remove the condition, or put it into policies of identities, which it keeps from resources of other accounts.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim:
        'Some keys say nothing in policies of resources, such as s3:ResourceAccount in that of a bucket or access point.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount',
      claim:
        'aws:ResourceAccount is the account that owns the resource of a request, and its organisation and unit are in keys like it.',
      seen: '2026-11-26',
    },
  ],
  aliases: analyzerAliases('IRRELEVANT_CONDITION_KEY_IN_POLICY'),
  controls: {},
  fix: 'none',
  *check(policy) {
    for (const statement of policy.statements)
      for (const condition of statement.conditions) {
        if (!OWNER.has(condition.key.toLowerCase())) continue;
        yield {
          ...severityOf('IRRELEVANT_CONDITION_KEY_IN_POLICY'),
          violations: [{ wrong: isThere(policy, statement, condition), at: keyPlace(condition) }],
          message: `The policy in ${policy.host.displayName} compares ${condition.key}, the owner of the very resource that has the policy, so the condition limits nobody; remove it, or put it into policies of identities.`,
        };
      }
  },
});

/** Keys with the owner of what a request is about. */
const OWNER: ReadonlySet<string> = new Set([
  's3:resourceaccount',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
]);
