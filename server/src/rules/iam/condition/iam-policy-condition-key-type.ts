import type { Fix } from '../../../model/edit.ts';
import type { Aliases } from '../../../model/finding.ts';
import { all, any, is, judgement, type Predicate } from '../../../model/judgement.ts';
import type { Condition, PolicyDocument, Statement } from '../../../model/policy.ts';
import { always, sometimes } from '../../../model/quantified.ts';
import { listsAnything } from '../../../policy/condition/condition-holds.ts';
import { keyOf } from '../../../policy/condition/condition-keys.ts';
import { inFamily, readOperator, written, type Operator } from '../../../policy/text/condition-operator.ts';
import { keyPlace, withOperator } from '../../../policy/condition/condition-place.ts';
import { conditionExists, listedValues, conditionTexts } from '../../../policy/condition/conditions.ts';
import { canCompare, hasWildcard, variablesOf } from '../../../policy/text/condition-text.ts';
import { shapeOf } from '../../../policy/text/unknown-piece.ts';
import { familyFor, fitOf, type ConditionKey, type KeyKind } from '../../../policy/data/key-type.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-key-type',
  on: 'policy',
  selfContained: true,
  needs: { statement: ['condition'] },
  topic: 'identity',
  severity: 'low',
  profile: 'recommended',
  judged: '2026-11-26',
  title: 'Condition operators should match the type of the condition key',
  keywords: ['type mismatch', 'StringLike with an ARN key', 'ArnLike', 'IpAddress', 'DateGreaterThan'],
  why: 'A string operator compares strings: a CIDR range, a date or a number then hardly ever matches, and a wildcard before the account of an ARN also matches other accounts.',
  remedy: "Use the operators of the key's type: Bool, Numeric…, Date…, IpAddress, Arn… or String….",
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html':
      'The operators for strings, numbers, dates, booleans, addresses and ARNs; those for ARNs compare each of the six fields by itself.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'An operator of another type than the key is a general warning, StringLike with a key that holds an ARN a security warning.',
  },
  aliases: {
    ...analyzerAliases('TYPE_MISMATCH', 'STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS'),
    parliament: ['MISMATCHED_TYPE', 'MISMATCHED_TYPE_BUT_USABLE'],
  },
  fix: 'suggestion',
  *check(policy, context) {
    const at = policy.host.displayName;
    for (const statement of policy.statements)
      for (const condition of statement.conditions) {
        const operator = readOperator(condition.operator);
        const key = operator && keyOf(condition, statement, context);
        const fit = key && fitOf(key, operator.family);
        if (!fit || fit === 'right') continue;
        // Only string operators support policy variables. Another rule reports a single `*`.
        if (
          (fit === 'wrong' && conditionTexts(condition)?.every((text) => variablesOf(text).length > 0)) ||
          always(listsAnything(operator, condition))
        )
          continue;
        const fault = (aliases: Aliases) => [
          { wrong: conditionExists(policy, statement, condition), at: keyPlace(condition), aliases },
        ];
        const fixes = (): readonly Fix[] => compared(policy, statement, condition, operator, key);
        if (fit === 'wrong') {
          const intended = inFamily(operator, familyFor(key));
          yield {
            fixes,
            violations: fault({ ...analyzerAliases('TYPE_MISMATCH'), parliament: ['MISMATCHED_TYPE'] }),
            message: `${at} compares ${condition.key} with ${condition.operator}, but the key holds ${HOLDS.get(key.kind)!}. The condition may never or always match; ${intended ? `use ${written(intended)}` : `use an operator for ${HOLDS.get(key.kind)!}`}.`,
            ...severityOf('TYPE_MISMATCH'),
          };
        } else if (operator.comparison === 'like') {
          // With a full partition and account, StringLike is equivalent to ArnLike. Without wildcards, StringEquals is
          // equivalent to ArnEquals.
          const aliases = {
            ...analyzerAliases('STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS'),
            parliament: ['MISMATCHED_TYPE_BUT_USABLE'],
          };
          const intended = written(inFamily(operator, 'Arn')!);
          const present = conditionExists(policy, statement, condition);
          const values = listedValues(condition);
          const reaching = any(...values.map(({ value, when }) => all(judgement(when), is(value, REACHES_OTHERS))));
          if (hasAccount(statement, condition)) continue;
          const lacksFields = sometimes(any(...values.map(({ value }) => is(value, LACKS_ACCOUNT))));
          yield {
            fixes,
            violations: [{ wrong: all(present, reaching), at: keyPlace(condition), aliases }],
            message: lacksFields
              ? `In ${at}, the pattern for ${condition.key} has no account and matches any. Use ${intended}, and write all six fields of the ARN.`
              : `In ${at}, ${condition.operator} on ${condition.key} also matches other accounts. Use ${intended}, which compares each field of the ARN.`,
            ...severityOf('STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS'),
          };
        }
      }
  },
});

/**
 * A pattern without an account field, or with a wildcard in part of it, which can match beyond that field. Interpolated
 * parts are assumed to contain no wildcards.
 */
const REACHES_OTHERS: Predicate = ofPattern(reachesOthers);

/** A pattern without an account field, which the operator for ARNs never matches. */
const LACKS_ACCOUNT: Predicate = ofPattern((pattern) => hasWildcard(pattern) && !hasAccountField(pattern));

function ofPattern(test: (pattern: string) => boolean): Predicate {
  return {
    known: ({ raw }) => test(raw),
    text: (text) => test(shapeOf(text)),
    reference: () => false,
    collection: false,
  };
}

function reachesOthers(pattern: string): boolean {
  const account = pattern.split(':')[4] ?? '';
  // A wildcard for the whole field matches every account with either operator.
  return hasWildcard(pattern) && (!hasAccountField(pattern) || (hasWildcard(account) && !/^\*+$/.test(account)));
}

function hasAccountField(pattern: string): boolean {
  return pattern.split(':').length > 5;
}

/** Whether a statement compares the account of `aws:SourceArn` in another condition, so that its pattern need not. */
function hasAccount(statement: Statement, { key }: Condition): boolean {
  return (
    key.toLowerCase() === 'aws:sourcearn' &&
    statement.conditions.some((other) => {
      const operator = readOperator(other.operator);
      return (
        other.key.toLowerCase() === 'aws:sourceaccount' &&
        operator?.comparison === 'equals' &&
        !operator.negated &&
        !operator.ifExists
      );
    })
  );
}

/** The type of the value of each kind of key, in words. */
const HOLDS: ReadonlyMap<KeyKind, string> = new Map([
  ['String', 'a string'],
  ['ARN', 'an ARN'],
  ['Bool', 'a boolean'],
  ['Numeric', 'a number'],
  ['Date', 'a date'],
  ['IPAddress', 'an IP address'],
  ['Binary', 'binary data'],
]);

/** A fix with the same comparison in the operator family for the type of the key. */
function compared(
  policy: PolicyDocument,
  statement: Statement,
  condition: Condition,
  operator: Operator,
  key: ConditionKey,
): readonly Fix[] {
  const family = familyFor(key);
  const other = inFamily(operator, family);
  // With that operator, a value that is not a full ARN matches no ARN, and a value that is not a number matches no
  // number.
  if (!other || !conditionTexts(condition)?.every((text) => canCompare(family, text))) return [];
  const edits = withOperator(policy, statement, condition, written(other));
  return edits
    ? [
        {
          title: `Change the operator to ${written(other)} (may match other requests)`,
          safe: false,
          uncovers: 'effect',
          edits,
        },
      ]
    : [];
}
