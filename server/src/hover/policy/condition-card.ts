/** Cards for condition operators and condition keys. */
import { some } from '../../base/words.ts';
import { readOperator, written } from '../../policy/text/condition-operator.ts';
import { describedKey, GLOBAL_KEYS_PAGE } from '../../policy/data/described.ts';
import { operatorWords, takesWildcards } from '../../policy/text/operator-words.ts';
import { conditionKey, takesKey } from '../../policy/data/reference.ts';
import { kindWords } from '../../policy/data/words.ts';
import type { Card } from '../card.ts';
import type { PolicyTarget } from './policy-target.ts';
import { card, cited, line, type PolicyHover } from './parts.ts';
import { conditionClause } from './clauses.ts';
import { namedActions } from './reading.ts';

const OPERATORS_PAGE =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html';
const SEVERAL_PAGE =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html';

/** The card for a condition operator: how it compares, without the key too. Undefined for an unknown operator. */
export function operatorCard({
  operator: name,
  statement,
  range,
}: PolicyTarget & { readonly what: 'operator' }): Card | undefined {
  const operator = readOperator(name);
  if (!operator) return undefined;
  const { qualifier, family } = operator;
  const each =
    qualifier === 'ForAnyValue'
      ? 'at least one value of the key in the request'
      : qualifier === 'ForAllValues'
        ? 'every value of the key in the request'
        : 'the value of the key';
  const here = statement.conditions
    .filter((condition) => condition.operator === name)
    .map((condition) => conditionClause(condition, statement.when.yes));
  return card(
    written(operator),
    cited(`Matches if ${each} ${operatorWords(name)!}.`, qualifier ? SEVERAL_PAGE : OPERATORS_PAGE),
    [
      family === 'Null' ? undefined : line('Missing key', [cited(withoutKey(operator), OPERATORS_PAGE)]),
      line(
        'Wildcards',
        family === 'String' || family === 'Arn'
          ? [takesWildcards(operator) ? '* and ? are wildcards' : '* and ? are literal characters']
          : [],
      ),
      line('Here', here.slice(0, 3)),
    ],
    range,
  );
}

function withoutKey({
  holdsWithoutKey,
  negated,
  ifExists,
  qualifier,
}: NonNullable<ReturnType<typeof readOperator>>): string {
  if (!holdsWithoutKey) return 'does not match';
  return `matches${ifExists ? ' because of IfExists' : qualifier === 'ForAllValues' ? ' because ForAllValues is true without values' : negated ? ' because the operator is negated' : ''}`;
}

/**
 * The card for a condition key: what it is, and the actions of the statement that support it. An unknown key has one
 * that says so.
 */
export function keyCard(
  { key: name, operator, statement, range }: PolicyTarget & { readonly what: 'condition key' },
  { reference }: PolicyHover,
): Card | undefined {
  const key = conditionKey(reference, name);
  const here = statement.conditions
    .filter((condition) => condition.key === name && condition.operator === operator)
    .map((condition) => conditionClause(condition, statement.when.yes));
  if (!key) {
    const isProvider = reference.iam.keyPrefixes.some((prefix) =>
      name.toLowerCase().startsWith(`${prefix.toLowerCase()}:`),
    );
    return isProvider
      ? card(
          name,
          cited(
            'A claim of the token issued by the identity provider.',
            'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html',
          ),
          [line('Here', here)],
          range,
        )
      : card(
          name,
          cited(`Unknown condition key (data of ${reference.iam.date}).`, GLOBAL_KEYS_PAGE),
          [line('Here', here)],
          range,
        );
  }
  const described = describedKey(name, reference);
  const isGlobal = key.name.toLowerCase().startsWith('aws:') && reference.iam.keys.named(key.name) !== undefined;
  const actions = namedActions(statement, reference) ?? [];
  const tagged = /^aws:(?:request|resource)tag\/|^aws:tagkeys$/i.test(name);
  const taking =
    isGlobal && !tagged
      ? []
      : actions.filter(({ service, action }) => {
          const of = reference.service(service);
          return (
            of !== undefined &&
            takesKey(
              of,
              action,
              /^aws:(?:request|resource)tag\//i.test(name) ? name.replace(/\/[^]*$/, '/${TagKey}') : name,
            )
          );
        });
  const support =
    isGlobal && !tagged
      ? ['global condition key; see the page for the requests that include it']
      : actions.length === 0
        ? []
        : [
            taking.length === 0
              ? 'none of the actions in this statement'
              : taking.length === actions.length
                ? `all ${actions.length} actions in this statement`.replace(
                    'all 1 actions in this statement',
                    'the action in this statement',
                  )
                : `${taking.length} of the ${actions.length} actions in this statement: ${some(
                    taking.map(({ service, action }) => `${service}:${action.name}`),
                    4,
                  )}`,
          ];
  return card(
    key.name,
    described ? cited(described.text, described.url) : cited(`${kindWords(key)}.`),
    [
      line('Type', [
        kindWords(key),
        ...(key.many ? [cited('use with ForAnyValue or ForAllValues', SEVERAL_PAGE)] : []),
      ]),
      line('Supported by', support),
      line('Here', here),
    ],
    range,
  );
}
