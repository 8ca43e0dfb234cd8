import { flatMap } from '../../../base/flat-map.ts';
import type { Fix } from '../../../model/edit.ts';
import { all, judgement } from '../../../model/judgement.ts';
import type { PolicyDocument } from '../../../model/policy.ts';
import { implies } from '../../../model/quantified.ts';
import { QUOTAS } from '../../../model/quota.ts';
import { mergedStatements } from '../../../policy/narrowing/merge-statements.ts';
import { INLINE } from '../../../policy/statement/remaining-length.ts';
import { shorterActions } from '../../../policy/statement/shorter.ts';
import { isLongerThan, leastSize } from '../../../policy/statement/size.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule, OF_RESOURCES, type Violation } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-inline-size',
  on: 'identity',
  formats: OF_RESOURCES,
  topic: 'identity',
  ...severityOf('POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA'),
  judged: '2026-11-26',
  title: 'Inline policies of an identity should be within the size quota',
  keywords: ['policy size limit', 'LimitExceeded', '10,240 characters', 'aggregate inline policy size'],
  why: 'AWS adds up the characters of all inline policies of a role, user or group and rejects a policy that exceeds the quota, so the deployment fails.',
  remedy: 'Move statements to managed policies, or combine actions with wildcards.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html':
      'All inline policies of a user have at most 2,048 characters together, those of a group 5,120, those of a role 10,240; white space does not count.',
  },
  aliases: analyzerAliases('POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA'),
  fix: 'suggestion',
  *check({ resource, grants }, context) {
    const quota = INLINE[resource.type];
    if (!quota) return;
    const most = context.quota(quota);
    // Managed policies have a separate quota.
    const inline = grants.filter(({ policy }) => policy.host.type !== 'AWS::IAM::ManagedPolicy');
    // The policies that always exist with the identity. Others can exclude each other.
    const existing = inline.filter(({ policy, when }) =>
      implies(resource.when, all(judgement(when), judgement(policy.when))),
    );
    const size = existing.reduce((sum, { policy }) => sum + leastSize(policy.value), 0);
    // The longest variant of one policy can exceed the quota together with the shortest variants of the others.
    const violations = existing.map(({ policy, when }): Violation => ({
      wrong: all(
        judgement(when),
        judgement(policy.when),
        isLongerThan(policy.value, most - size + leastSize(policy.value)),
      ),
      // Access Analyzer sees one policy at a time.
      at: policy.value,
      aliases:
        leastSize(policy.value) > QUOTAS['iam.roleInlinePolicies'].usual
          ? analyzerAliases('POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA')
          : {},
    }));
    yield {
      violations,
      // Shortening one of them is sufficient.
      fixes: (leaf, at) => {
        const needed = size - leastSize(at) + leastSize(leaf) - most;
        const firstOf = (shorter: (policy: PolicyDocument) => readonly Fix[]): readonly Fix[] =>
          flatMap(existing, ({ policy }) => shorter(policy)).slice(0, 1);
        return [
          ...firstOf((policy) => mergedStatements(policy, context.stack, needed)),
          ...firstOf((policy) => shorterActions(policy, context.actions, needed)),
        ];
      },
      message: (_, leaf, fault) =>
        `The inline policies of ${resource.displayName} have at least ${size - leastSize(fault.at) + leastSize(leaf)} ${QUOTAS[quota].unit} without whitespace. The quota for ${QUOTAS[quota].what} is ${most}; move statements to managed policies.`,
    };
  },
});
