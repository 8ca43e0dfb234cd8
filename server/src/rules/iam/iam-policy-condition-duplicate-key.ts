import type { Fix } from '../../model/edit.ts';
import { all } from '../../model/judgement.ts';
import type { Condition, PolicyDocument } from '../../model/policy.ts';
import { keyPlace, writtenAnew } from '../../policy/condition-place.ts';
import { isThere } from '../../policy/conditions.ts';
import { analyzerAliases, severityOf } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-duplicate-key',
  on: 'policy',
  selfContained: true,
  conditions: true,
  topic: 'identity',
  severity: 'high',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'IAM policy names a condition key once under an operator',
  why: 'Condition keys count in any case, so a key that is written twice in different case is one key with two lists of values, which AWS refuses.',
  remedy: 'Write the key once, with all of the values.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim: 'A condition key that is there twice under an operator, in different case, is an error.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html',
      claim: 'Names of condition keys are not case-sensitive; of several values of a key one has to match.',
      seen: '2026-11-26',
    },
  ],
  aliases: analyzerAliases('DUPLICATE_KEYS_WITH_DIFFERENT_CASE'),
  controls: {},
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
          ...severityOf('DUPLICATE_KEYS_WITH_DIFFERENT_CASE'),
          violations: [
            {
              wrong: all(isThere(policy, statement, before), isThere(policy, statement, condition)),
              at: keyPlace(condition),
            },
          ],
          message: `The policy in ${policy.host.displayName} has the key ${condition.key} beside ${before.key} under ${condition.operator}, which is one key to AWS, so it refuses the policy; write it once, with all of the values.`,
          related: [{ value: keyPlace(before), message: 'It is here too.' }],
          fixes: () => folded(policy, before, condition),
        };
      }
    }
  },
});

/** One key with the values of both. */
function folded({ host: resource }: PolicyDocument, before: Condition, condition: Condition): readonly Fix[] {
  const [these, those] = [writtenAnew(before.values), writtenAnew(condition.values)];
  if (these === undefined || those === undefined || before.operator !== condition.operator) return [];
  const all = [...new Set([these, those].flat())];
  const values = all.length === 1 ? all[0]! : all;
  return [
    {
      title: `Write ${before.key} once (one of the values of both has to match)`,
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
