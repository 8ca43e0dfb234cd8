import type { Edit, Fix } from '../../../model/edit.ts';
import { all } from '../../../model/judgement.ts';
import { itemsOf, leaves } from '../../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../../model/policy.ts';
import { always, unlessUnknown } from '../../../model/quantified.ts';
import { listsAnything } from '../../../policy/condition/condition-holds.ts';
import type { Operator } from '../../../policy/text/condition-operator.ts';
import { withOperator, withoutCondition } from '../../../policy/condition/condition-place.ts';
import { isAnything } from '../../../policy/text/condition-text.ts';
import { conditionsOf, isFixed, knownText } from '../../../policy/condition/conditions.ts';
import { analyzerAliases, severityOf, type Code } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-any-value',
  on: 'policy',
  selfContained: true,
  needs: { operators: ['String', 'Arn'] },
  topic: 'identity',
  severity: 'info',
  judged: '2026-11-29',
  title: 'Policy conditions should not match any value',
  keywords: ['wildcard condition value', 'redundant condition', 'Null condition operator', 'StringLike *'],
  why: 'The wildcard * matches every value. The condition then only tests whether the request has the key, or is always or never met, although it looks like a restriction.',
  remedy:
    'Specify the values. To test only whether the key is present, use the Null operator. Remove a condition or statement without effect.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'With the wildcard alone a condition is the same as Null with false or true, always holds and can be left out, or never holds.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html':
      'Null tests whether a key is missing; a negated operator and one with IfExists are met by a request without the key.',
  },
  accessed: '2026-11-26',
  aliases: analyzerAliases(
    'EQUIVALENT_TO_NULL_FALSE',
    'EQUIVALENT_TO_NULL_TRUE',
    'REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION',
    'REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION',
  ),
  fix: 'safe',
  *check(policy) {
    for (const { statement, condition, operator, there } of conditionsOf(policy)) {
      if (!operator || operator.how !== 'like') continue;
      const anything = listsAnything(operator, condition);
      // Users of a template or module provide the values that are not known.
      const wrong = unlessUnknown(all(there, anything));
      const code = codeOf(operator);
      // Another tool reports only the single wildcard, because it does not know the formats of values.
      const alone = !itemsOf(condition.values, true).items.every(({ value }) => {
        const texts = leaves(value).map(({ value: leaf }) => knownText(leaf));
        return texts.every((text) => text !== undefined && !isAnything(text) && !/^arn(?::\*+){5}$/.test(text));
      });
      yield {
        violations: [{ wrong, at: condition.values, aliases: alone ? analyzerAliases(code) : {} }],
        ...severityOf(code),
        message: `The ${condition.operator} condition on ${condition.key} in ${policy.host.displayName} matches every value${WORDS[code]}.`,
        // Values that can be different can restrict the condition.
        fixes: () =>
          always(anything)
            ? fixOf(code, policy, statement, condition, alone && operator.qualifier === undefined, alone)
            : [],
      };
    }
  },
});

/**
 * The effect of a condition whose values always match: whether requests with the key meet it, and requests without the
 * key.
 */
function codeOf({ negated, holdsWithoutKey }: Operator): Code {
  if (negated) return holdsWithoutKey ? 'EQUIVALENT_TO_NULL_TRUE' : 'REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION';
  return holdsWithoutKey ? 'REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION' : 'EQUIVALENT_TO_NULL_FALSE';
}

const WORDS: Readonly<Partial<Record<Code, string>>> = {
  EQUIVALENT_TO_NULL_FALSE: '. It only tests that the key is present; specify the values, or use Null with false',
  EQUIVALENT_TO_NULL_TRUE: '. It only tests that the key is missing; specify the values, or use Null with true',
  REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION: '. Every request meets it; specify the values, or remove the condition',
  REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION:
    '. No request meets it, so the statement has no effect; specify the values, or remove the statement',
};

/**
 * The equivalent policy without the wildcard. Null and a set operator differ for a key that is present without a value.
 */
function fixOf(
  code: Code,
  policy: PolicyDocument,
  statement: Statement,
  condition: Statement['conditions'][number],
  single: boolean,
  alone: boolean,
): readonly Fix[] {
  const fix = (title: string, safe: boolean, edits: readonly Edit[] | undefined): readonly Fix[] =>
    edits ? [{ title, safe: safe && isFixed(condition), edits }] : [];
  switch (code) {
    case 'EQUIVALENT_TO_NULL_FALSE':
      return fix(
        `Use Null to test that ${condition.key} is present`,
        single,
        withOperator(policy, statement, condition, 'Null', 'false'),
      );
    case 'EQUIVALENT_TO_NULL_TRUE':
      return fix(
        `Use Null to test that ${condition.key} is missing`,
        single,
        withOperator(policy, statement, condition, 'Null', 'true'),
      );
    case 'REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION':
      return fix(
        `Remove the condition on ${condition.key} (always met)`,
        alone,
        withoutCondition(policy, statement, condition),
      );
    case 'REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION':
      return policy.statements.length < 2
        ? []
        : fix('Remove the statement (has no effect)', false, [
            { op: 'removeItem', resource: policy.host, target: statement.value },
          ]);
    default:
      return [];
  }
}
