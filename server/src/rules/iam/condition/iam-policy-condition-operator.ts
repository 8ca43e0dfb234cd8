import { groupedBy } from '../../../base/groups.ts';
import type { Fix } from '../../../model/edit.ts';
import { all, any, judgement } from '../../../model/judgement.ts';
import type { Condition, PolicyDocument, Statement } from '../../../model/policy.ts';
import { hasToolPlaceholder } from '../../../policy/condition/condition-keys.ts';
import { nearestOperator, readOperator } from '../../../policy/text/condition-operator.ts';
import { operatorPlace, withOperator, withOperatorForAll } from '../../../policy/condition/condition-place.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-operator',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['condition'] },
  topic: 'identity',
  severity: 'high',
  judged: '2026-11-26',
  title: 'Policy condition operators should exist',
  keywords: ['invalid condition operator', 'unknown operator', 'StringEquals', 'IfExists', 'MalformedPolicyDocument'],
  why: 'AWS rejects a policy with an unknown condition operator, so the deployment fails.',
  remedy:
    'Use a condition operator of IAM, such as StringEquals. Null does not support IfExists, ForAllValues or ForAnyValue.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html':
      'The list of condition operators; IfExists can be added to all of them except Null.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'An operator that is not one of these is an error, as is Null with IfExists; Null with a qualifier is a suggestion.',
  },
  aliases: {
    'access-analyzer': ['INVALID_CONDITION_OPERATOR', 'NULL_WITH_IF_EXISTS', 'NULL_WITH_QUALIFIER'],
    parliament: ['UNKNOWN_OPERATOR'],
  },
  fix: 'safe',
  *check(policy) {
    const at = policy.host.displayName;
    for (const statement of policy.statements) {
      for (const [operator, conditions] of byOperator(statement)) {
        const read = readOperator(operator);
        if (read ? read.family !== 'Null' || !(read.ifExists || read.qualifier) : hasToolPlaceholder(operator))
          continue;
        const condition = conditions[0]!;
        const present = all(
          judgement(policy.when),
          judgement(statement.when),
          any(...conditions.map(({ when }) => judgement(when))),
        );
        const place = operatorPlace(statement, condition);
        const keys = [...new Set(conditions.map(({ key }) => key))].slice(0, 3).join(', ');
        if (!read) {
          const intended = nearestOperator(operator);
          yield {
            violations: [
              {
                wrong: present,
                at: place,
                aliases: { ...analyzerAliases('INVALID_CONDITION_OPERATOR'), parliament: ['UNKNOWN_OPERATOR'] },
              },
            ],
            message: `${at} uses the unknown operator ${operator} for ${keys}. ${intended ? `AWS rejects it; use ${intended}` : 'AWS rejects it; use an operator such as StringEquals'}.`,
            // AWS rejects policies with such an operator, so the fix changes no working policy.
            fixes: () => (intended === undefined ? [] : renamed(policy, statement, condition, intended, true)),
            ...severityOf('INVALID_CONDITION_OPERATOR'),
          };
        } else if (read.ifExists) {
          yield {
            violations: [{ wrong: present, at: place, aliases: analyzerAliases('NULL_WITH_IF_EXISTS') }],
            message: `${at} uses ${operator} for ${keys}, but Null does not support IfExists. AWS rejects it; use Null.`,
            fixes: () => renamed(policy, statement, condition, 'Null', read.qualifier === undefined),
            ...severityOf('NULL_WITH_IF_EXISTS'),
          };
        } else {
          yield {
            violations: [{ wrong: present, at: place, aliases: analyzerAliases('NULL_WITH_QUALIFIER') }],
            message: `${at} uses ${operator} for ${keys}, but Null does not support ${read.qualifier}. Use Null.`,
            fixes: () => renamed(policy, statement, condition, 'Null', false),
            ...severityOf('NULL_WITH_QUALIFIER'),
          };
        }
      }
    }
  },
});

/** The conditions of a statement by their operators as written. */
function byOperator({ conditions }: Statement): ReadonlyMap<string, readonly Condition[]> {
  return groupedBy(conditions, ({ operator }) => operator);
}

function renamed(
  policy: PolicyDocument,
  statement: Statement,
  condition: Condition,
  operator: string,
  safe: boolean,
): readonly Fix[] {
  const alone = statement.conditions.every((other) => other === condition || other.operator !== condition.operator);
  // If the statement already has the correct operator, the condition moves there.
  const edits =
    withOperatorForAll(policy, statement, condition, operator) ??
    (alone ? withOperator(policy, statement, condition, operator) : undefined);
  return edits
    ? [
        {
          title: `Change the operator to ${operator}`,
          safe: safe && condition.computed === undefined,
          uncovers: 'effect',
          edits,
        },
      ]
    : [];
}
