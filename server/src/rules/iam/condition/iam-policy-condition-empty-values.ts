import type { Fix } from '../../../model/edit.ts';
import { all, not } from '../../../model/judgement.ts';
import { unlessUnknown } from '../../../model/quantified.ts';
import type { Operator } from '../../../policy/text/condition-operator.ts';
import { withOperator } from '../../../policy/condition/condition-place.ts';
import { conditionsOf, isByDefault, isEmpty, isForEach } from '../../../policy/condition/conditions.ts';
import { analyzerAliases, severityOf, type Code } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-empty-values',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['condition'] },
  topic: 'identity',
  severity: 'info',
  judged: '2026-11-29',
  title: 'Policy conditions should not have empty value lists',
  keywords: ['empty array', 'Null condition operator', 'no effect'],
  why: 'A condition with an empty list is never or always met, or only tests whether the key is present, which readers of the policy easily miss.',
  remedy: 'Specify the values, or use the Null operator to test whether the key is present.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Keys with an empty array: with ForAllValues or IfExists the condition is met where the key is missing, for which there is Null; with ForAnyValue it is never met.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html':
      'ForAllValues is also met where a request lacks the key; ForAnyValue is not.',
  },
  accessed: '2026-11-26',
  aliases: analyzerAliases(
    'EMPTY_ARRAY_CONDITION',
    'EMPTY_ARRAY_CONDITION_FORALLVALUES',
    'EMPTY_ARRAY_CONDITION_FORANYVALUE',
    'EMPTY_ARRAY_CONDITION_IFEXISTS',
  ),
  fix: 'suggestion',
  *check(policy) {
    for (const { statement, condition, operator, there } of conditionsOf(policy)) {
      if (!operator) continue;
      // Users of a template or module provide the values. A list that is empty by default is an option, and so is a
      // list of provided values.
      // An unknown value is one that was meant to be compared, unless the condition is also met without values.
      const empty = isEmpty(condition);
      const wrong = all(
        there,
        operator.holdsWithoutKey || operator.negated ? empty : unlessUnknown(empty),
        not(isByDefault(condition.values)),
        not(isForEach(condition.values)),
      );
      const code = codeOf(operator);
      yield {
        violations: [{ wrong, at: condition.values, aliases: analyzerAliases(code) }],
        ...severityOf(code),
        message: `The ${condition.operator} condition on ${condition.key} in ${policy.host.displayName} has no values. It ${effectOf(operator)}; specify the values${operator.holdsWithoutKey && !operator.negated ? ', or use Null to test for the key' : ''}.`,
        // An empty list is equivalent to Null only for these operators.
        fixes: (): readonly Fix[] => {
          const edits =
            operator.holdsWithoutKey && !operator.negated
              ? withOperator(policy, statement, condition, 'Null', 'true')
              : undefined;
          return edits
            ? [{ title: `Use Null to test that ${condition.key} is missing`, safe: false, uncovers: 'effect', edits }]
            : [];
        },
      };
    }
  },
});

function codeOf({ qualifier, ifExists }: Operator): Code {
  if (qualifier === 'ForAllValues') return 'EMPTY_ARRAY_CONDITION_FORALLVALUES';
  if (qualifier === 'ForAnyValue') return 'EMPTY_ARRAY_CONDITION_FORANYVALUE';
  return ifExists ? 'EMPTY_ARRAY_CONDITION_IFEXISTS' : 'EMPTY_ARRAY_CONDITION';
}

function effectOf({ family, negated, qualifier, holdsWithoutKey }: Operator): string {
  if (family === 'Null') return 'never matches';
  if (negated) return qualifier === 'ForAnyValue' ? 'matches every request that has the key' : 'matches every request';
  return holdsWithoutKey ? 'only matches requests without the key' : 'never matches';
}
