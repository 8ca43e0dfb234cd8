import type { Fix } from '../../model/edit.ts';
import { all, not } from '../../model/judgement.ts';
import type { Condition, PolicyDocument, Statement } from '../../model/policy.ts';
import { keyOf } from '../../policy/condition-keys.ts';
import { inFamily, readOperator, written, type Operator } from '../../policy/condition-operator.ts';
import { keyPlace, withOperator } from '../../policy/condition-place.ts';
import { canCompare } from '../../policy/condition-text.ts';
import { isEmpty, isThere, knownTexts, listed } from '../../policy/conditions.ts';
import { hasMany, isTemplate, type ConditionKey } from '../../policy/key-type.ts';
import { analyzerAliases, severityOf } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';
import { isAllow, isDeny } from '../../policy/in-force.ts';

export default defineRule({
  id: 'iam-policy-condition-qualifier',
  on: 'policy',
  selfContained: true,
  conditions: true,
  topic: 'identity',
  severity: 'high',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'ForAllValues and ForAnyValue stand where a request has several values of a key, and nowhere else',
  why: 'Without a qualifier it is not said how several values of a key are compared. With ForAllValues a condition is met by every request that lacks the key, so that it allows more than it seems to.',
  remedy:
    'Put ForAnyValue or ForAllValues before the operator for a key with several values; leave ForAllValues out for a key with one.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
      claim:
        'Keys with several values need a qualifier, and ForAllValues is not to be used with the others, as it is true where the key is missing.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim:
        'A missing qualifier is an error; ForAllValues with a key of one value is a security warning. Types that begin with ArrayOf are those of several values.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/security_iam_service-with-iam.html',
      claim:
        'The protocols, security policies, security groups and subnets of elasticloadbalancing are compared with ForAnyValue, even where a call brings one.',
      seen: '2026-11-26',
    },
  ],
  aliases: analyzerAliases('MISSING_QUALIFIER', 'FORALLVALUES_WITH_SINGLE_VALUED_KEY'),
  controls: {},
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
        // Without a value it is the list that is wrong.
        const there = all(isThere(policy, statement, condition), not(isEmpty(condition)));
        const place = keyPlace(condition);
        if (many) {
          yield {
            ...severityOf('MISSING_QUALIFIER'),
            violations: [{ wrong: there, at: place, aliases: analyzerAliases('MISSING_QUALIFIER') }],
            message: `The policy in ${at} compares ${condition.key} by ${condition.operator}, but a request can have several values of that key; write ForAnyValue:${operator.name} where one has to match, ForAllValues:${operator.name} where all have to.`,
            fixes: () => [
              ...qualified(
                policy,
                statement,
                condition,
                { ...operator, qualifier: 'ForAnyValue' },
                'is met when one value of a request matches',
              ),
              ...qualified(
                policy,
                statement,
                condition,
                { ...operator, qualifier: 'ForAllValues' },
                'is met when all values match, and when a request has none',
              ),
            ],
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
              ? 'is met without the key as before'
              : `is not met any more by requests without ${condition.key}`,
          );
        yield {
          ...severityOf('FORALLVALUES_WITH_SINGLE_VALUED_KEY'),
          violations: [
            {
              wrong: all(there, isAllow(statement)),
              at: place,
              aliases: analyzerAliases('FORALLVALUES_WITH_SINGLE_VALUED_KEY'),
            },
          ],
          message: `The policy in ${at} compares ${condition.key} by ${condition.operator}, which every request without that key meets, so it allows more than it seems to; write ${written(single)}, as the key has one value.`,
          fixes,
        };
        yield {
          ...severityOf('FORALLVALUES_WITH_SINGLE_VALUED_KEY'),
          severity: 'low',
          violations: [
            {
              wrong: all(there, isDeny(statement)),
              at: place,
              aliases: analyzerAliases('FORALLVALUES_WITH_SINGLE_VALUED_KEY'),
            },
          ],
          message: `The policy in ${at} compares ${condition.key} by ${condition.operator}, which every request without that key meets, so it denies more than it seems to; write ${written(single)}, as the key has one value.`,
          fixes,
        };
      }
  },
});

/** What the tokens of identity providers claim, of which other rules say more. */
function isClaim({ key }: Condition): boolean {
  return /^[^:./]*[./][^:]*:|^saml:/i.test(key);
}

/** The operator without its qualifier: that for ARNs where it compares patterns with them, as another rule would say next. */
function singleValued(operator: Operator, key: ConditionKey, condition: Condition): Operator {
  const plain = { ...operator, qualifier: undefined };
  if (key.kind !== 'ARN' || operator.family !== 'String' || operator.comparison !== 'like' || isTemplate(key))
    return plain;
  return listed(condition).every(({ value }) => knownTexts(value).every((text) => canCompare('Arn', text)))
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
  return edits ? [{ title: `Compare by ${name} (${effect})`, safe: false, uncovers: 'part', edits }] : [];
}
