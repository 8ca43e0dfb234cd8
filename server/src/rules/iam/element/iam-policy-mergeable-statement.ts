import { isToolOutput } from '../../../model/format.ts';
import type { Resource } from '../../../model/resource.ts';
import { statementExists } from '../../../policy/statement/elements.ts';
import { mergeable, mergedInto } from '../../../policy/narrowing/merge-statements.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-mergeable-statement',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['statements'] },
  topic: 'identity',
  severity: 'info',
  judged: '2026-11-26',
  title: 'Statements that differ only in actions or resources should be merged',
  keywords: ['mergeable statements', 'policy size', 'redundant statement', 'minimize policies'],
  why: 'Statements that differ in a single list are harder to review than one, an author who changes a condition in one easily overlooks the other, and each counts toward the policy size.',
  remedy: 'Merge the lists into one statement. To document why statements are separate, give them different Sids.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html':
      'A policy has one statement or a list of them.',
    'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.PolicyDocumentProps.html': {
      claim:
        'The AWS CDK combines statements that give the same result where minimize or the feature flag @aws-cdk/aws-iam:minimizePolicies is set.',
      seen: '2026-11-27',
    },
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html':
      'A statement applies to a request when its actions, resources and principals match and its conditions are met.',
  },
  fix: 'suggestion',
  *check(policy, context) {
    // Generated statements are neither reviewed nor edited, and the AWS CDK can merge them itself.
    if (isMade(policy.host)) return;
    for (const group of mergeable(policy)) {
      const { element, first, others } = group;
      // Statements that a transform adds cannot be edited.
      if (first.value.origin.edit === 'none' || others.some(({ value }) => value.origin.edit === 'none')) continue;
      const what = element === 'Action' ? 'actions' : 'resources';
      // All of them are one finding, because the author may have many separate statements on purpose.
      yield {
        violations: others.map((statement) => ({
          wrong: statementExists(policy, statement),
          at: statement.value,
          also: `This statement also differs only in its ${what}.`,
        })),
        related: () => [{ value: first.value, message: `This statement is identical except for its ${what}.` }],
        message: `${policy.host.displayName} has ${others.length === 1 ? 'two' : others.length + 1} statements that differ only in their ${what}. Merge them; the permissions stay the same.`,
        fixes: () => [
          {
            title: `Merge the ${what} of ${others.length === 1 ? 'both' : `all ${others.length + 1}`} statements (same permissions)`,
            safe: false,
            edits: mergedInto(policy, group, context.stack),
          },
        ],
      };
    }
  },
});

/** Whether a tool generates a policy. Terraform plans and states repeat a configuration that an author has written. */
function isMade({ generated, format }: Resource): boolean {
  return generated && !isToolOutput(format);
}
