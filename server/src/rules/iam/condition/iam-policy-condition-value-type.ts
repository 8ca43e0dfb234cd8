import { flatMap } from '../../../base/flat-map.ts';
import type { Fix } from '../../../model/edit.ts';
import { all, judgement } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { Condition, PolicyDocument, Statement } from '../../../model/policy.ts';
import { readOperator } from '../../../policy/text/condition-operator.ts';
import { keyOf } from '../../../policy/condition/condition-keys.ts';
import { writtenAnew } from '../../../policy/condition/condition-place.ts';
import { fitOf } from '../../../policy/data/key-type.ts';
import {
  hasPolicyVariable,
  conditionExists,
  isFixed,
  knownTexts,
  listsSeveral,
  mixesTypes,
} from '../../../policy/condition/conditions.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule, type Context, type Report } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-value-type',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['condition'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'Condition values should be of a type that the operator supports',
  keywords: ['mixed data types', 'multiple booleans', 'policy variable in a Bool condition', 'unsupported variable'],
  why: 'AWS rejects a list of values of different types and a list of booleans. AWS resolves policy variables only with string and ARN operators.',
  remedy:
    'Use strings for all values of a condition, one boolean for Bool, and policy variables only with String and Arn operators.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'Values of different types, several booleans, and policy variables with operators other than those for strings and ARNs are errors.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html':
      'Variables can be used with string and ARN operators, and not with numeric, date, boolean, binary, address and null operators.',
  },
  aliases: {
    ...analyzerAliases(
      'INVALID_CONDITION_DATA_TYPE',
      'INVALID_CONDITION_MULTIPLE_BOOLEAN',
      'INVALID_VARIABLE_FOR_OPERATOR',
    ),
    parliament: ['MISMATCHED_TYPE'],
  },
  fix: 'safe',
  subsumes: ['iam-policy-condition-redundant-bounds'],
  *check(policy, context) {
    for (const statement of policy.statements)
      for (const condition of statement.conditions) yield* reports(policy, statement, condition, context);
  },
});

function* reports(
  policy: PolicyDocument,
  statement: Statement,
  condition: Condition,
  context: Context,
): Iterable<Report> {
  const { key, values } = condition;
  const operator = readOperator(condition.operator);
  const present = conditionExists(policy, statement, condition);
  const at = policy.host.displayName;
  const isBool = operator?.family === 'Bool';
  if (isBool)
    yield {
      violations: [
        {
          wrong: all(present, listsSeveral(condition)),
          at: values,
          aliases: analyzerAliases('INVALID_CONDITION_MULTIPLE_BOOLEAN'),
        },
      ],
      message: `The ${condition.operator} condition on ${key} in ${at} has several values. ${listsBoth(condition) ? 'One always matches' : 'It supports only one'}; specify one boolean.`,
      fixes: () => single(policy, condition),
      ...severityOf('INVALID_CONDITION_MULTIPLE_BOOLEAN'),
    };
  else
    yield {
      violations: [
        {
          wrong: all(present, mixesTypes(condition)),
          at: values,
          aliases: analyzerAliases('INVALID_CONDITION_DATA_TYPE'),
        },
      ],
      message: `The condition on ${key} in ${at} mixes values of different types. AWS rejects it; use strings for all values.`,
      fixes: () => asTexts(policy, condition),
      ...severityOf('INVALID_CONDITION_DATA_TYPE'),
    };
  if (!operator || operator.family === 'String' || operator.family === 'Arn') return;
  const compared = keyOf(condition, statement, context);
  const mismatched = compared !== undefined && fitOf(compared, operator.family) === 'wrong';
  for (const { value, when } of itemsOf(values, true).items)
    yield {
      violations: [
        {
          wrong: all(present, judgement(when), hasPolicyVariable(value)),
          at: value,
          aliases: {
            ...analyzerAliases('INVALID_VARIABLE_FOR_OPERATOR'),
            ...(mismatched ? { parliament: ['MISMATCHED_TYPE'] } : {}),
          },
        },
      ],
      message: (shown) =>
        `In ${at}, ${condition.operator} compares ${key} with the variable ${shown}. It does not support variables; specify a value, or use a string or ARN operator.`,
      ...severityOf('INVALID_VARIABLE_FOR_OPERATOR'),
    };
}

/** Whether the values include both Booleans, so that every request with the key matches. */
function listsBoth({ values }: Condition): boolean {
  const listed = new Set(
    flatMap(itemsOf(values, true).items, ({ value }) => knownTexts(value)).map((text) => text.toLowerCase()),
  );
  return listed.has('true') && listed.has('false');
}

/** A fix that replaces several equal Booleans by one. */
function single({ host: resource }: PolicyDocument, condition: Condition): readonly Fix[] {
  const { values } = condition;
  const list = [writtenAnew(values) ?? []].flat();
  const [first] = list;
  if (first === undefined || list.some((item) => String(item).toLowerCase() !== String(first).toLowerCase())) return [];
  return [
    {
      title: 'Keep one value',
      safe: isFixed(condition),
      edits: [{ op: 'replace', resource, target: values, value: first }],
    },
  ];
}

/** A fix that writes all values as strings, which AWS compares in the same way. */
function asTexts({ host: resource }: PolicyDocument, { values }: Condition): readonly Fix[] {
  return [
    {
      title: 'Convert all values to strings',
      safe: true,
      edits: flatMap(itemsOf(values).items, ({ value }) => {
        const anew = writtenAnew(value);
        return typeof anew === 'number' || typeof anew === 'boolean'
          ? [{ op: 'replace', resource, target: value, value: knownTexts(value)[0]! } as const]
          : [];
      }),
    },
  ];
}
