import type { Resource } from '../../model/resource.ts';
import { isThere } from '../../policy/elements.ts';
import { mergeable, mergedInto } from '../../policy/merge-statements.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-mergeable-statement',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  severity: 'info',
  profile: 'strict',
  since: '0.1',
  judged: '2026-11-26',
  title: 'IAM policy says in one statement what differs in its actions or its resources alone',
  why: 'Statements that agree in all but one list are read one after the other although they are one, who changes a condition in one of them overlooks the other, and each counts against the size of the policy.',
  remedy: 'Put the lists into one statement. Statements that are apart for a reason can say it by a Sid.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html',
      claim: 'A policy has one statement or a list of them.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.PolicyDocumentProps.html',
      claim:
        'The AWS CDK combines statements that give the same result where minimize or the feature flag @aws-cdk/aws-iam:minimizePolicies is set.',
      seen: '2026-11-27',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html',
      claim: 'A statement is about a request when its actions, resources and principals fit and its conditions hold.',
      seen: '2026-11-26',
    },
  ],
  aliases: {},
  controls: {},
  fix: 'suggestion',
  *check(policy, context) {
    // What a tool writes nobody reads one after the other or changes in one place, and the AWS CDK puts it together itself where it is told to.
    if (isMade(policy.host)) return;
    for (const group of mergeable(policy)) {
      const { element, first, others } = group;
      // What a transform writes nobody can put together.
      if (first.value.origin.edit === 'none' || others.some(({ value }) => value.origin.edit === 'none')) continue;
      const what = element === 'Action' ? 'actions' : 'resources';
      // All of them make one finding: they are as many as the author likes to keep apart.
      yield {
        violations: others.map((statement) => ({
          wrong: isThere(policy, statement),
          at: statement.value,
          also: `This statement also differs in its ${what} alone.`,
        })),
        related: () => [{ value: first.value, message: `All but its ${what} is the same here.` }],
        message: `The policy in ${policy.host.displayName} has ${others.length === 1 ? 'two' : others.length + 1} statements that differ only in their ${what}. Merge them; the permissions stay the same.`,
        fixes: () => [
          {
            title: `Put the ${what} of ${others.length === 1 ? 'both' : `all ${others.length + 1}`} into one statement (allows and denies the same)`,
            safe: false,
            edits: mergedInto(policy, group, context.stack),
          },
        ],
      };
    }
  },
});

/** Whether a tool makes a policy from something else. A plan and a state repeat what somebody has written. */
function isMade({ generated, format }: Resource): boolean {
  return generated && format !== 'terraform-plan' && format !== 'terraform-state';
}
