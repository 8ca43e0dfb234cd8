import type { Fix } from '../../model/edit.ts';
import { all } from '../../model/judgement.ts';
import type { Operator } from '../../policy/condition-operator.ts';
import { withOperator } from '../../policy/condition-place.ts';
import { conditionsOf, isEmpty } from '../../policy/conditions.ts';
import { analyzerAliases, severityOf, type Code } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-empty-values',
  on: 'policy',
  selfContained: true,
  conditions: true,
  topic: 'identity',
  severity: 'info',
  profile: 'strict',
  since: '0.1',
  title: 'IAM conditions list values',
  why: 'Nothing is in an empty list, so the condition holds never or always, or tells only whether a request has the key, and hardly anybody sees that in it.',
  remedy: 'List the values, or test by Null whether the key is there.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim:
        'Keys with an empty array: with ForAllValues or IfExists it holds where the key is missing, for which there is Null; with ForAnyValue it never holds.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
      claim: 'ForAllValues also holds where a request lacks the key; ForAnyValue does not.',
      seen: '2026-11-26',
    },
  ],
  aliases: analyzerAliases(
    'EMPTY_ARRAY_CONDITION',
    'EMPTY_ARRAY_CONDITION_FORALLVALUES',
    'EMPTY_ARRAY_CONDITION_FORANYVALUE',
    'EMPTY_ARRAY_CONDITION_IFEXISTS',
  ),
  controls: {},
  fix: 'suggestion',
  *check(policy) {
    for (const { statement, condition, operator, there } of conditionsOf(policy)) {
      if (!operator) continue;
      const wrong = all(there, isEmpty(condition));
      if (wrong.no.isAlways()) continue;
      const code = codeOf(operator);
      yield {
        violations: [{ wrong, at: condition.values, aliases: analyzerAliases(code) }],
        ...severityOf(code),
        message: `The policy in ${policy.host.displayName} compares ${condition.key} by ${condition.operator} with an empty list, so that the condition ${effectOf(operator)}; list the values${operator.holdsWithoutKey && !operator.negated ? ', or test by Null whether the key is there' : ''}.`,
        // Only there the list says what Null does.
        fixes: (): readonly Fix[] => {
          const edits =
            operator.holdsWithoutKey && !operator.negated
              ? withOperator(policy, statement, condition, 'Null', 'true')
              : undefined;
          return edits ? [{ title: `Test by Null that ${condition.key} is missing`, safe: false, edits }] : [];
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
  if (family === 'Null') return 'never holds';
  if (negated)
    return qualifier === 'ForAnyValue' ? 'holds for every request that has the key' : 'holds for every request';
  return holdsWithoutKey ? 'holds for requests without the key alone' : 'never holds';
}
