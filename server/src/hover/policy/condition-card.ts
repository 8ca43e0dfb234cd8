/** What operators and keys of conditions are. */
import { some } from '../../base/words.ts';
import { readOperator, written } from '../../policy/condition-operator.ts';
import { describedKey, GLOBAL_KEYS_PAGE } from '../../policy/described.ts';
import { operatorWords, takesWildcards } from '../../policy/operator-words.ts';
import { conditionKey, takesKey } from '../../policy/reference.ts';
import { kindWords } from '../../policy/words.ts';
import type { Card } from '../card.ts';
import type { Aim } from './aim.ts';
import { card, cited, line, type PolicyHover } from './parts.ts';
import { conditionClause } from './clauses.ts';
import { namedActions } from './reading.ts';

const OPERATORS_PAGE =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html';
const SEVERAL_PAGE =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html';

export function operatorCard({
  operator: name,
  statement,
  range,
}: Aim & { readonly what: 'operator' }): Card | undefined {
  const operator = readOperator(name);
  if (!operator) return undefined;
  const { qualifier, family } = operator;
  const each =
    qualifier === 'ForAnyValue'
      ? 'one of the values that a request has for the key at least'
      : qualifier === 'ForAllValues'
        ? 'each of the values that a request has for the key'
        : 'the value of the key';
  const here = statement.conditions
    .filter((condition) => condition.operator === name)
    .map((condition) => conditionClause(condition, statement.when.yes));
  return card(
    written(operator),
    cited(`Holds where ${each} ${operatorWords(name)!}.`, qualifier ? SEVERAL_PAGE : OPERATORS_PAGE),
    [
      family === 'Null' ? undefined : line('Without the key', [cited(withoutKey(operator), OPERATORS_PAGE)]),
      line(
        'Wildcards',
        family === 'String' || family === 'Arn'
          ? [takesWildcards(operator) ? '* and ? stand for other characters' : '* and ? are characters like any other']
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
  if (!holdsWithoutKey) return 'it does not hold';
  return `it holds, ${ifExists ? 'as IfExists says' : qualifier === 'ForAllValues' ? 'as there is no value that could differ' : negated ? 'as what is missing is none of the values' : ''}`;
}

export function keyCard(
  { key: name, operator, statement, range }: Aim & { readonly what: 'condition key' },
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
            'A claim of the token by which somebody signed in with an identity provider.',
            'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html',
          ),
          [line('Here', here)],
          range,
        )
      : card(
          name,
          cited(`The data of ${reference.iam.date} knows no such key.`, GLOBAL_KEYS_PAGE),
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
      ? ['a key of all services; which requests have it is on the page']
      : actions.length === 0
        ? []
        : [
            taking.length === 0
              ? 'none of the statement’s actions, as far as the data says'
              : taking.length === actions.length
                ? `all ${actions.length} of the statement’s actions`.replace(
                    'all 1 of the statement’s actions',
                    'the statement’s action',
                  )
                : `${taking.length} of the ${actions.length} actions of the statement: ${some(
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
        ...(key.many ? [cited('compared with ForAnyValue or ForAllValues', SEVERAL_PAGE)] : []),
      ]),
      line('Supported by', support),
      line('Here', here),
    ],
    range,
  );
}
