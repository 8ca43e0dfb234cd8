import { all, judgement, not, type Judgement } from '../../../model/judgement.ts';
import type { PolicyKind } from '../../../model/policy.ts';
import { never } from '../../../model/quantified.ts';
import type { Value } from '../../../model/value.ts';
import { QUOTAS } from '../../../model/quota.ts';
import { mergedStatements } from '../../../policy/narrowing/merge-statements.ts';
import { limitOf } from '../../../policy/statement/remaining-length.ts';
import { shorterActions } from '../../../policy/statement/shorter.ts';
import { isLongerThan, leastSize } from '../../../policy/statement/size.ts';
import { analyzerAliases, severityOf, type Code } from '../../access-analyzer.ts';
import { defineRule, type Violation } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-size',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  ...severityOf('POLICY_SIZE_EXCEEDS_SCP_QUOTA'),
  judged: '2026-11-26',
  title: 'Policies should be within the size quota',
  keywords: ['policy size limit', 'LimitExceeded', '6,144 characters', 'managed policy size', 'SCP size'],
  why: 'AWS rejects a policy that exceeds its size quota, so the deployment fails.',
  remedy:
    'Split the policy, or combine actions with wildcards. If AWS has increased a quota of the account, set it in the configuration under quotas.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html':
      'A managed policy has at most 6,144 characters and the trust policy of a role 2,048, which can be increased; whitespace does not count.',
    'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html':
      'A service control policy has at most 10,240 characters, a resource control policy 5,120; whitespace counts where the policy is not saved in the console.',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html':
      'A bucket policy has at most 20 KB.',
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html':
      'A key policy has at most 32,768 bytes.',
    'https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html':
      'The policy of a topic has at most 30 KB.',
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html':
      'The policy of a queue has at most 8,192 bytes.',
    'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html':
      'The policy of a secret has at most 20,480 characters.',
    'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PutInlinePolicyToPermissionSet.html':
      'The inline policy of a permission set has at most 32,768 characters.',
    'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html':
      'The policy of a table or stream has at most 20 KB.',
  },
  aliases: analyzerAliases(
    'POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA',
    'POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA',
    'POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA',
    'POLICY_SIZE_EXCEEDS_SCP_QUOTA',
    'POLICY_SIZE_EXCEEDS_RCP_QUOTA',
  ),
  fix: 'suggestion',
  *check(policy, context) {
    const limit = limitOf(policy);
    // Another rule checks policies that share a quota.
    if (!limit || limit.together) return;
    const code = CODES[policy.kind] ?? 'POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA';
    const { unit, what } = QUOTAS[limit.quota];
    const most = context.quota(limit.quota);
    const isLonger = isLongerThan(policy.value, most, unit === 'bytes');
    if (never(isLonger)) return;
    yield {
      violations: faultsOf(code, all(judgement(policy.when), isLonger), policy.value),
      fixes: (leaf) => {
        const needed = leastSize(leaf, unit === 'bytes') - most;
        return [...mergedStatements(policy, context.stack, needed), ...shorterActions(policy, context.actions, needed)];
      },
      message: (_, leaf) =>
        `The policy in ${policy.host.displayName} has at least ${leastSize(leaf, unit === 'bytes')} ${unit} without whitespace. The quota for ${what} is ${most}; split the policy, or combine actions with wildcards.`,
      ...severityOf(code),
    };
  },
});

/**
 * The violations with the code of Access Analyzer. It reports only identity-based policies that exceed all quotas,
 * inline and managed. A managed policy that exceeds only its own quota is an additional finding of this rule.
 */
function faultsOf(code: Code, wrong: Judgement, at: Value): readonly Violation[] {
  if (code !== 'POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA') return [{ wrong, at, aliases: analyzerAliases(code) }];
  const isReported = all(wrong, isLongerThan(at, QUOTAS['iam.roleInlinePolicies'].usual));
  return [
    { wrong: isReported, at, aliases: analyzerAliases(code) },
    { wrong: all(wrong, not(isReported)), at, aliases: {} },
  ];
}

/** The code of Access Analyzer for a policy that exceeds its quota, by kind. */
const CODES: Readonly<Partial<Record<PolicyKind, Code>>> = {
  trust: 'POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA',
  scp: 'POLICY_SIZE_EXCEEDS_SCP_QUOTA',
  rcp: 'POLICY_SIZE_EXCEEDS_RCP_QUOTA',
  resource: 'POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA',
};
