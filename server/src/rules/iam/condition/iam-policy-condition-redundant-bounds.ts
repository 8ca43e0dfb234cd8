import { flatMap } from '../../../base/flat-map.ts';
import { all, every, judgement, type Predicate } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { Comparison } from '../../../policy/text/condition-operator.ts';
import { numberOf } from '../../../policy/text/condition-text.ts';
import { conditionsOf, isFixed, literalMeets, conditionTexts } from '../../../policy/condition/conditions.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-redundant-bounds',
  on: 'policy',
  selfContained: true,
  needs: { operators: ['Numeric'] },
  topic: 'identity',
  severity: 'info',
  judged: '2026-11-29',
  title: 'Numeric conditions should not have redundant bounds',
  keywords: ['NumericLessThan', 'NumericGreaterThan', 'redundant condition value'],
  why: 'A condition is met when one of its values matches. Of several bounds only the widest has an effect, which may not be the intended one.',
  remedy: 'Specify a single bound.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Of several numbers of a comparison one is enough: the greatest of upper bounds, the least of lower ones.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html':
      'Several values of a condition are joined by OR.',
  },
  accessed: '2026-11-26',
  aliases: analyzerAliases('REDUNDANT_CONDITION_VALUE_NUM'),
  fix: 'safe',
  *check(policy) {
    for (const { condition, operator, there } of conditionsOf(policy)) {
      const widest = operator?.family === 'Numeric' ? WIDEST[operator.comparison] : undefined;
      const items = itemsOf(condition.values, true);
      if (!widest || items.items.length < 2) continue;
      const wrong = all(
        there,
        ...items.items.map(({ when }) => judgement(when)),
        every(items, ({ value }) => literalMeets(value, NUMBER)),
      );
      const one = widestOf(conditionTexts(condition) ?? [], widest);
      yield {
        violations: [{ wrong, at: condition.values, aliases: analyzerAliases('REDUNDANT_CONDITION_VALUE_NUM') }],
        ...severityOf('REDUNDANT_CONDITION_VALUE_NUM'),
        message: `The ${condition.operator} condition on ${condition.key} in ${policy.host.displayName} has several bounds. Only ${one ?? 'the widest'} has an effect; specify a single bound.`,
        fixes: () =>
          one === undefined
            ? []
            : [
                {
                  title: `Keep only ${one} (has the same effect)`,
                  safe: isFixed(condition),
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
  const numbers = flatMap(texts, (text) => numberOf(text) ?? []);
  return numbers.length > 0 && numbers.length === texts.length
    ? texts[numbers.indexOf(numbers.reduce((most, number) => widest(most, number)))]
    : undefined;
}

/** The wider of two bounds for each comparison. */
const WIDEST: Readonly<Partial<Record<Comparison, (one: number, other: number) => number>>> = {
  lessThan: (one, other) => Math.max(one, other),
  lessThanEquals: (one, other) => Math.max(one, other),
  greaterThan: (one, other) => Math.min(one, other),
  greaterThanEquals: (one, other) => Math.min(one, other),
};
