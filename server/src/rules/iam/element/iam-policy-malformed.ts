import { all, judgement, not } from '../../../model/judgement.ts';
import type { PolicyDocument, Statement } from '../../../model/policy.ts';
import type { Value } from '../../../model/value.ts';
import {
  elementsOf,
  isShaped,
  statementExists,
  keepsTypes,
  shapeName,
  sidOf,
  elementTexts,
  versionOf,
  type JsonType,
} from '../../../policy/statement/elements.ts';
import { member } from '../../../model/navigate.ts';
import { sometimes } from '../../../model/quantified.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule, type Report } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-malformed',
  on: 'policy',
  selfContained: true,
  topic: 'identity',
  ...severityOf('DATA_TYPE_MISMATCH'),
  judged: '2026-11-26',
  title: 'Policies should be valid JSON with elements of the expected data type',
  keywords: ['malformed policy', 'MalformedPolicyDocument', 'JSON syntax error', 'data type mismatch'],
  why: 'AWS rejects a policy that is not valid JSON, or that has an element of the wrong data type, so the deployment fails.',
  remedy: 'Use one JSON object, with strings, lists of strings and objects as the policy grammar requires.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'JSON that cannot be read and elements of another data type than the expected one are errors.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html':
      'A policy is one object; effect, id, sid and version are strings, actions and resources strings or lists of strings, a condition is an object of objects.',
  },
  aliases: {
    ...analyzerAliases('DATA_TYPE_MISMATCH', 'JSON_SYNTAX_ERROR'),
    parliament: ['MALFORMED', 'MALFORMED_JSON'],
  },
  fix: 'none',
  *check(policy) {
    const at = policy.host.displayName;
    for (const { at: place, why, when } of policy.unreadable ?? [])
      yield {
        violations: [
          {
            wrong: all(judgement(policy.when), judgement(when)),
            at: place,
            aliases: { ...analyzerAliases('JSON_SYNTAX_ERROR'), parliament: ['MALFORMED_JSON'] },
          },
        ],
        message: `The policy in ${at} is not valid JSON: ${why.replace(/\.$/, '')}. AWS rejects it; correct the syntax.`,
        ...severityOf('JSON_SYNTAX_ERROR'),
      };
    const mismatch = (
      name: string,
      value: Value,
      shapes: readonly JsonType[],
      there = judgement(policy.when),
    ): Report | undefined => {
      const other = not(isShaped(value, ...shapes, 'nothing'));
      if (!sometimes(other)) return undefined;
      const wrong = all(there, other);
      return {
        violations: [
          { wrong, at: value, aliases: { ...analyzerAliases('DATA_TYPE_MISMATCH'), parliament: ['MALFORMED'] } },
        ],
        message: (_, leaf) =>
          `${name} of the policy in ${at} is ${shapeName(leaf)}. AWS rejects it; use ${named(shapes)}.`,
      };
    };
    // A string that is not JSON is reported above.
    const whole = mismatch('The root value', policy.value, ['object', 'text']);
    if (whole) yield whole;
    for (const report of typed(policy, mismatch)) if (report) yield report;
  },
});

type Mismatch = (
  name: string,
  value: Value,
  shapes: readonly JsonType[],
  there?: ReturnType<typeof statementExists>,
) => Report | undefined;

/** A report for each element of an unexpected data type. */
function* typed(policy: PolicyDocument, mismatch: Mismatch): Iterable<Report | undefined> {
  const scalar: readonly JsonType[] = keepsTypes(policy) ? ['text'] : ['text', 'number', 'boolean'];
  const text = (name: string, value: Value, there?: ReturnType<typeof statementExists>): Report | undefined =>
    mismatch(name, value, scalar, there) &&
    mismatch(
      name,
      value,
      scalar.filter((shape) => shape === 'text'),
      there,
    );
  yield text('Version', versionOf(policy));
  yield text('Id', member(policy.value, 'Id'));
  for (const statement of policy.statements) {
    const present = statementExists(policy, statement);
    yield mismatch('A statement', statement.value, ['object'], present);
    yield text('Sid', sidOf(statement), present);
    yield text('Effect', statement.effect, present);
    for (const [name, value] of lists(statement)) yield* ofTexts(name, value, scalar, present, mismatch);
    const condition = member(statement.value, 'Condition');
    yield mismatch('Condition', condition, ['object'], present);
    for (const { key, value, when } of elementsOf(condition))
      yield mismatch(`Condition.${key}`, value, ['object'], all(present, judgement(when)));
  }
}

/** The elements whose value is a string or a list of strings. */
function lists(statement: Statement): readonly (readonly [string, Value])[] {
  return [
    ['Action', statement.actions],
    ['NotAction', statement.notActions],
    ['Resource', statement.resources],
    ['NotResource', statement.notResources],
  ];
}

function* ofTexts(
  name: string,
  value: Value,
  scalar: readonly JsonType[],
  there: ReturnType<typeof statementExists>,
  mismatch: Mismatch,
): Iterable<Report | undefined> {
  const whole = mismatch(name, value, [...scalar, 'list'], there);
  if (whole) yield mismatch(name, value, ['text', 'list'], there);
  else
    for (const item of elementTexts(value))
      if (mismatch(`An item of ${name}`, item.value, scalar, there))
        yield mismatch(`An item of ${name}`, item.value, ['text'], all(there, judgement(item.when)));
}

function named(shapes: readonly JsonType[]): string {
  return shapes.includes('list')
    ? 'a string or a list of strings'
    : shapes.includes('object')
      ? 'an object'
      : 'a string';
}
