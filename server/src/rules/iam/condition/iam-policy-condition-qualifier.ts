import type { Fix } from '../../../model/edit.ts';
import { all, not } from '../../../model/judgement.ts';
import type { Condition, PolicyDocument, Statement } from '../../../model/policy.ts';
import { keyOf } from '../../../policy/condition/condition-keys.ts';
import { itemsOf } from '../../../model/navigate.ts';
import { inFamily, readOperator, written, type Operator } from '../../../policy/text/condition-operator.ts';
import { keyPlace, withOperator } from '../../../policy/condition/condition-place.ts';
import { canCompare } from '../../../policy/text/condition-text.ts';
import { isEmpty, conditionExists, knownTexts, listedValues } from '../../../policy/condition/conditions.ts';
import { fits } from '../../../policy/text/wildcard.ts';
import { hasMany, isKeyTemplate, type ConditionKey } from '../../../policy/data/key-type.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';
import { isAllow, isDeny } from '../../../policy/condition/in-force.ts';

export default defineRule({
  id: 'iam-policy-condition-qualifier',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['condition'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'ForAllValues and ForAnyValue should be used only with multivalued keys',
  keywords: [
    'condition set operators',
    'qualifier',
    'multivalued context key',
    'single-valued context key',
    'aws:TagKeys',
  ],
  why: 'Without a set operator it is undefined how several values of a key are compared. With ForAllValues, a condition also matches every request without the key, so a statement allows more than intended.',
  remedy: 'Use ForAnyValue or ForAllValues with multivalued keys. Do not use ForAllValues with single-valued keys.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html':
      'Multivalued keys need a set operator, and ForAllValues is not to be used with single-valued keys, as it is true where the key is missing.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'A missing qualifier is an error; ForAllValues with a single-valued key is a security warning. Types that begin with ArrayOf are those of multivalued keys.',
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html': {
      claim:
        'StringEquals on events:source and events:detail-type does not match an event pattern with further sources or detail types.',
      seen: '2026-11-29',
    },
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/security_iam_service-with-iam.html':
      'The protocols, security policies, security groups and subnets of elasticloadbalancing are compared with ForAnyValue, even where a call has one.',
  },
  aliases: analyzerAliases('MISSING_QUALIFIER', 'FORALLVALUES_WITH_SINGLE_VALUED_KEY'),
  fix: 'suggestion',
  *check(policy, context) {
    const at = policy.host.displayName;
    for (const statement of policy.statements)
      for (const condition of statement.conditions) {
        const operator = readOperator(condition.operator);
        if (!operator || operator.family === 'Null' || operator.qualifier === 'ForAnyValue' || isClaim(condition))
          continue;
        const key = keyOf(condition, statement, context);
        const many = key && hasMany(key);
        if (many === undefined || many === (operator.qualifier !== undefined)) continue;
        // Another rule reports an empty list.
        const present = all(conditionExists(policy, statement, condition), not(isEmpty(condition)));
        const place = keyPlace(condition);
        if (many) {
          if (COMPARED_WHOLE.has(condition.key.toLowerCase()) && !allowsEvents(statement)) continue;
          yield {
            violations: [{ wrong: present, at: place, aliases: analyzerAliases('MISSING_QUALIFIER') }],
            message: `${at} compares the multivalued key ${condition.key} with ${condition.operator}. Use ForAnyValue:${operator.name} if one value has to match, or ForAllValues:${operator.name} if all have to.`,
            fixes: () => [
              ...qualified(
                policy,
                statement,
                condition,
                { ...operator, qualifier: 'ForAnyValue' },
                'one value of the request has to match',
              ),
              ...qualified(
                policy,
                statement,
                condition,
                { ...operator, qualifier: 'ForAllValues' },
                'all values have to match; matches requests without any',
              ),
            ],
            ...severityOf('MISSING_QUALIFIER'),
          };
          continue;
        }
        const single = singleValued(operator, key!, condition);
        const fixes = (): readonly Fix[] =>
          qualified(
            policy,
            statement,
            condition,
            single,
            operator.negated || operator.ifExists
              ? 'still matches requests without the key'
              : `no longer matches requests without ${condition.key}`,
          );
        yield {
          violations: [
            {
              wrong: all(present, isAllow(statement)),
              at: place,
              aliases: analyzerAliases('FORALLVALUES_WITH_SINGLE_VALUED_KEY'),
            },
          ],
          message: `${at} compares the single-valued key ${condition.key} with ${condition.operator}. It also allows requests without the key; use ${written(single)}.`,
          fixes,
          ...severityOf('FORALLVALUES_WITH_SINGLE_VALUED_KEY'),
        };
        yield {
          ...severityOf('FORALLVALUES_WITH_SINGLE_VALUED_KEY'),
          severity: 'low',
          violations: [
            {
              wrong: all(present, isDeny(statement)),
              at: place,
              aliases: analyzerAliases('FORALLVALUES_WITH_SINGLE_VALUED_KEY'),
            },
          ],
          message: `${at} compares the single-valued key ${condition.key} with ${condition.operator}. It also denies requests without the key; use ${written(single)}.`,
          fixes,
        };
      }
  },
});

/**
 * Multivalued keys that EventBridge documents with plain operators for PutRule: with StringEquals, an event pattern
 * with any other source or detail type does not match.
 */
const COMPARED_WHOLE: ReadonlySet<string> = new Set(['events:source', 'events:detail-type']);

/** Whether a statement may be about PutEvents, for which EventBridge documents set operators. */
function allowsEvents({ actions }: Statement): boolean {
  return itemsOf(actions, true).items.some(({ value }) =>
    knownTexts(value).some((action) => fits('events:putevents', action.toLowerCase())),
  );
}

/** Whether a key is a claim of an identity provider. Other rules check claims. */
function isClaim({ key }: Condition): boolean {
  return /^[^:./]*[./][^:]*:|^saml:/i.test(key);
}

/**
 * The operator without its set operator. For ARN patterns, the ARN operator, which another rule would otherwise require
 * next.
 */
function singleValued(operator: Operator, key: ConditionKey, condition: Condition): Operator {
  const plain = { ...operator, qualifier: undefined };
  if (key.kind !== 'ARN' || operator.family !== 'String' || operator.comparison !== 'like' || isKeyTemplate(key))
    return plain;
  return listedValues(condition).every(({ value }) => knownTexts(value).every((text) => canCompare('Arn', text)))
    ? (inFamily(plain, 'Arn') ?? plain)
    : plain;
}

function qualified(
  policy: PolicyDocument,
  statement: Statement,
  condition: Condition,
  operator: Operator,
  effect: string,
): readonly Fix[] {
  const name = written(operator);
  const edits = withOperator(policy, statement, condition, name);
  return edits ? [{ title: `Change the operator to ${name} (${effect})`, safe: false, uncovers: 'part', edits }] : [];
}
