import type { Edit, Fix } from '../../model/edit.ts';
import { all } from '../../model/judgement.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { PolicyDocument, Statement } from '../../model/policy.ts';
import { listsAnything } from '../../policy/condition-holds.ts';
import type { Operator } from '../../policy/condition-operator.ts';
import { withOperator, withoutCondition } from '../../policy/condition-place.ts';
import { isAnything } from '../../policy/condition-text.ts';
import { conditionsOf, knownText } from '../../policy/conditions.ts';
import { analyzerAliases, severityOf, type Code } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-any-value',
  on: 'policy',
  selfContained: true,
  conditions: true,
  topic: 'identity',
  severity: 'info',
  profile: 'strict',
  since: '0.1',
  title: 'IAM conditions depend on the value of their keys',
  why: 'A star alone fits every value, so that the condition says only whether a request has the key, or holds always, or never, and looks like more.',
  remedy:
    'Name the values that are meant. Where it matters only whether the key is there, say so by Null; take out what makes no difference.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim:
        'With the wildcard alone a condition is the same as Null with false or true, always holds and can be left out, or never holds.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
      claim:
        'Null says whether a key is missing; a negated operator and one with IfExists hold for a request without the key.',
      seen: '2026-11-26',
    },
  ],
  aliases: analyzerAliases(
    'EQUIVALENT_TO_NULL_FALSE',
    'EQUIVALENT_TO_NULL_TRUE',
    'REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION',
    'REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION',
  ),
  controls: {},
  fix: 'safe',
  *check(policy) {
    for (const { statement, condition, operator, there } of conditionsOf(policy)) {
      if (!operator || operator.how !== 'like') continue;
      const anything = listsAnything(operator, condition);
      const wrong = all(there, anything);
      if (wrong.no.isAlways()) continue;
      const code = codeOf(operator);
      // Another tool knows the wildcard alone; which format the values of a key have is ours to know.
      const alone = !itemsOf(condition.values, true).items.every(({ value }) => {
        const texts = leaves(value).map(({ value: leaf }) => knownText(leaf));
        return texts.every((text) => text !== undefined && !isAnything(text) && !/^arn(?::\*+){5}$/.test(text));
      });
      yield {
        violations: [{ wrong, at: condition.values, aliases: alone ? analyzerAliases(code) : {} }],
        ...severityOf(code),
        message: `The policy in ${policy.host.displayName} compares ${condition.key} by ${condition.operator} with a pattern that every value fits, ${WORDS[code]}.`,
        // Values that may be others are what limits the condition.
        fixes: () =>
          anything.yes.isAlways()
            ? fixOf(code, policy, statement, condition, alone && operator.qualifier === undefined, alone)
            : [],
      };
    }
  },
});

/** What is left of a condition whose values fit always: whether it holds with the key, and whether without. */
function codeOf({ negated, holdsWithoutKey }: Operator): Code {
  if (negated) return holdsWithoutKey ? 'EQUIVALENT_TO_NULL_TRUE' : 'REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION';
  return holdsWithoutKey ? 'REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION' : 'EQUIVALENT_TO_NULL_FALSE';
}

const WORDS: Readonly<Partial<Record<Code, string>>> = {
  EQUIVALENT_TO_NULL_FALSE:
    'so that the condition says only that a request has the key; name the values, or write Null with false',
  EQUIVALENT_TO_NULL_TRUE:
    'so that the condition says only that a request lacks the key; name the values, or write Null with true',
  REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION:
    'so that the condition holds for every request; name the values, or take it out',
  REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION:
    'so that the condition never holds and the statement does nothing; name the values, or take the statement out',
};

/** The same in other words. Null and an operator for several values differ in what they make of a key that is there without any. */
function fixOf(
  code: Code,
  policy: PolicyDocument,
  statement: Statement,
  condition: Statement['conditions'][number],
  single: boolean,
  alone: boolean,
): readonly Fix[] {
  const fix = (title: string, safe: boolean, edits: readonly Edit[] | undefined): readonly Fix[] =>
    edits ? [{ title, safe, edits }] : [];
  switch (code) {
    case 'EQUIVALENT_TO_NULL_FALSE':
      return fix(
        `Test by Null that a request has ${condition.key}`,
        single,
        withOperator(policy, statement, condition, 'Null', 'false'),
      );
    case 'EQUIVALENT_TO_NULL_TRUE':
      return fix(
        `Test by Null that a request lacks ${condition.key}`,
        single,
        withOperator(policy, statement, condition, 'Null', 'true'),
      );
    case 'REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION':
      return fix(
        `Remove the condition on ${condition.key}, which always holds`,
        alone,
        withoutCondition(policy, statement, condition),
      );
    case 'REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION':
      return policy.statements.length < 2
        ? []
        : fix('Remove the statement, which does nothing', false, [
            { op: 'removeItem', resource: policy.host, target: statement.value },
          ]);
    default:
      return [];
  }
}
