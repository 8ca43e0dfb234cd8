import { all, every, judgement, type Predicate } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { Comparison } from '../../policy/condition-operator.ts';
import { numberOf } from '../../policy/condition-text.ts';
import { conditionsOf, says, textsOf } from '../../policy/conditions.ts';
import { analyzerAliases, severityOf } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-redundant-bounds',
  on: 'policy',
  selfContained: true,
  conditions: true,
  topic: 'identity',
  severity: 'info',
  profile: 'strict',
  since: '0.1',
  title: 'Bounds in IAM conditions are single numbers',
  why: 'One of the listed values is enough for a condition to hold, so that of several bounds the widest alone counts, which may not be the one that was meant.',
  remedy: 'Write the one bound that counts.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim: 'Of several numbers of a comparison one is enough: the greatest of upper bounds, the least of lower ones.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html',
      claim: 'Several values of a condition are joined by OR.',
      seen: '2026-11-26',
    },
  ],
  aliases: analyzerAliases('REDUNDANT_CONDITION_VALUE_NUM'),
  controls: {},
  fix: 'safe',
  *check(policy) {
    for (const { condition, operator, there } of conditionsOf(policy)) {
      const widest = operator?.family === 'Numeric' ? WIDEST[operator.comparison] : undefined;
      const items = itemsOf(condition.values, true);
      if (!widest || items.items.length < 2) continue;
      const wrong = all(
        there,
        ...items.items.map(({ when }) => judgement(when)),
        every(items, ({ value }) => says(value, NUMBER)),
      );
      if (wrong.no.isAlways()) continue;
      const one = widestOf(textsOf(condition) ?? [], widest);
      yield {
        violations: [{ wrong, at: condition.values, aliases: analyzerAliases('REDUNDANT_CONDITION_VALUE_NUM') }],
        ...severityOf('REDUNDANT_CONDITION_VALUE_NUM'),
        message: `The policy in ${policy.host.displayName} gives ${condition.operator} several bounds for ${condition.key}, of which ${one ?? 'the widest'} is met wherever another is; write that alone, or the one that is meant.`,
        fixes: () =>
          one === undefined
            ? []
            : [
                {
                  title: `Write ${one} alone, which means the same`,
                  safe: true,
                  edits: [{ op: 'replace', resource: policy.host, target: condition.values, value: one }],
                },
              ],
      };
    }
  },
});

const NUMBER: Predicate = {
  known: ({ raw }) => numberOf(raw) !== undefined,
  text: () => false,
  reference: () => false,
};

function widestOf(texts: readonly string[], widest: (one: number, other: number) => number): string | undefined {
  const numbers = texts.flatMap((text) => numberOf(text) ?? []);
  return numbers.length > 0 && numbers.length === texts.length
    ? texts[numbers.indexOf(numbers.reduce((most, number) => widest(most, number)))]
    : undefined;
}

/** Of two bounds the one that more requests meet. */
const WIDEST: Readonly<Partial<Record<Comparison, (one: number, other: number) => number>>> = {
  lessThan: (one, other) => Math.max(one, other),
  lessThanEquals: (one, other) => Math.max(one, other),
  greaterThan: (one, other) => Math.min(one, other),
  greaterThanEquals: (one, other) => Math.min(one, other),
};
