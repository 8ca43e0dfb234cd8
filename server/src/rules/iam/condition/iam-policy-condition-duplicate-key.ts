import type { Fix } from '../../../model/edit.ts';
import { all } from '../../../model/judgement.ts';
import type { Condition, PolicyDocument } from '../../../model/policy.ts';
import { keyPlace, writtenAnew } from '../../../policy/condition/condition-place.ts';
import { conditionExists } from '../../../policy/condition/conditions.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-duplicate-key',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['condition'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'Condition operators should not contain duplicate keys',
  keywords: ['case-insensitive', 'MalformedPolicyDocument'],
  why: 'Condition keys are not case-sensitive, so two spellings of a key under one operator are a duplicate, and AWS rejects the policy.',
  remedy: 'Specify the key once, with all values.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'A condition key that is listed twice under an operator, in different case, is an error.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html':
      'Names of condition keys are not case-sensitive; of several values of a key one has to match.',
  },
  aliases: analyzerAliases('DUPLICATE_KEYS_WITH_DIFFERENT_CASE'),
  fix: 'suggestion',
  *check(policy) {
    for (const statement of policy.statements) {
      const first = new Map<string, Condition>();
      for (const condition of statement.conditions) {
        const name = `${condition.operator.toLowerCase()} ${condition.key.toLowerCase()}`;
        const before = first.get(name);
        if (!before) {
          first.set(name, condition);
          continue;
        }
        if (before.key === condition.key) continue;
        yield {
          violations: [
            {
              wrong: all(conditionExists(policy, statement, before), conditionExists(policy, statement, condition)),
              at: keyPlace(condition),
            },
          ],
          message: `${policy.host.displayName} has duplicate keys ${before.key} and ${condition.key} under ${condition.operator}. AWS rejects it; specify the key once, with all values.`,
          related: [{ value: keyPlace(before), message: 'The key is also here.' }],
          fixes: () => folded(policy, before, condition),
          ...severityOf('DUPLICATE_KEYS_WITH_DIFFERENT_CASE'),
        };
      }
    }
  },
});

/** A fix that merges both keys into one with the values of both. */
function folded({ host: resource }: PolicyDocument, before: Condition, condition: Condition): readonly Fix[] {
  const [these, those] = [writtenAnew(before.values), writtenAnew(condition.values)];
  if (these === undefined || those === undefined || before.operator !== condition.operator) return [];
  const all = [...new Set([these, those].flat())];
  const values = all.length === 1 ? all[0]! : all;
  return [
    {
      title: `Merge the values under ${before.key} (any of them can match)`,
      safe: false,
      edits: [
        { op: 'remove', resource, target: condition.values },
        ...(all.length === [these].flat().length
          ? []
          : [{ op: 'replace', resource, target: before.values, value: values } as const]),
      ],
    },
  ];
}
