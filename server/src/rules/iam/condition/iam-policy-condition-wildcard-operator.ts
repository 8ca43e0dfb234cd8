import { all, judgement, type Predicate } from '../../../model/judgement.ts';
import type { Condition } from '../../../model/policy.ts';
import { counterpart, readOperator, written, type Operator } from '../../../policy/text/condition-operator.ts';
import { keyOf } from '../../../policy/condition/condition-keys.ts';
import { withOperator } from '../../../policy/condition/condition-place.ts';
import { conditionsOf, knownTexts, listedValues, literalMeets } from '../../../policy/condition/conditions.ts';
import { canCompare, hasWildcard, isAnything } from '../../../policy/text/condition-text.ts';
import { fitOf, isKeyTemplate } from '../../../policy/data/key-type.ts';
import { isBroadPattern, sensitivityOf } from '../../../policy/condition/sensitive-key.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-wildcard-operator',
  on: 'policy',
  selfContained: true,
  needs: { operators: ['String'] },
  topic: 'identity',
  severity: 'low',
  profile: 'recommended',
  judged: '2026-11-26',
  title: 'Wildcards in conditions should be used only with Like operators',
  keywords: ['StringLike', 'StringEquals with wildcard', 'ArnLike', 'wildcard without like operator'],
  why: 'StringEquals compares * and ? literally, so the condition matches no request, and its negation matches every request.',
  remedy:
    'Use StringLike or StringNotLike, for ARNs ArnLike or ArnNotLike, or specify the full value. To match a literal *, use ${*}.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'A value with a wildcard needs an operator with Like.',
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html': {
      claim: 'If-None-Match uploads an object only if none has its key; the value must be *.',
      seen: '2026-11-29',
    },
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html':
      'StringEquals matches exactly; StringLike supports the wildcards * and ?; ArnEquals and ArnLike are equivalent, with wildcards.',
  },
  aliases: analyzerAliases('WILDCARD_WITHOUT_LIKE_OPERATOR'),
  fix: 'suggestion',
  *check(policy, context) {
    for (const { statement, condition, operator, there } of conditionsOf(policy)) {
      if (operator?.family !== 'String' || operator.how !== 'equals') continue;
      if (SENT_LITERALLY.has(condition.key.toLowerCase())) continue;
      const key = keyOf(condition, statement, context);
      // Another rule reports keys that string operators do not fit.
      if (key && fitOf(key, 'String') === 'wrong') continue;
      const arns =
        key?.kind === 'ARN' &&
        !isKeyTemplate(key) &&
        !listedValues(condition).some(({ value }) => knownTexts(value).some((text) => !canCompare('Arn', text)));
      const like = likeOf(operator, arns);
      for (const { value, when } of listedValues(condition)) {
        const wrong = all(there, judgement(when), literalMeets(value, HAS_WILDCARD));
        yield {
          violations: [{ wrong, at: value, aliases: analyzerAliases('WILDCARD_WITHOUT_LIKE_OPERATOR') }],
          ...severityOf('WILDCARD_WITHOUT_LIKE_OPERATOR'),
          message: (shown) =>
            `In ${policy.host.displayName}, ${condition.operator} compares ${shown} literally. The wildcard in ${condition.key} has no effect, so it matches ${operator.negated ? 'nearly every' : 'no'} request; ${fitsAnybody(condition) ? 'specify the full values' : like ? `use ${like}` : `use ${operator.negated ? 'StringNotLike' : 'StringLike'}, which is case-sensitive`}.`,
          fixes: () => {
            const edits = like && !fitsAnybody(condition) && withOperator(policy, statement, condition, like);
            return edits
              ? [
                  {
                    title: `Change the operator to ${like} (the wildcard takes effect)`,
                    safe: false,
                    uncovers: 'effect',
                    edits,
                  },
                ]
              : [];
          },
        };
      }
    }
  },
});

/** Keys with the value of an HTTP header for which S3 supports only `*`, so that requests really send it. */
const SENT_LITERALLY: ReadonlySet<string> = new Set(['s3:if-none-match']);

/**
 * Whether the values, as patterns, match nearly all principals, so that a Like operator would make the policy too
 * broad.
 */
function fitsAnybody(condition: Condition): boolean {
  const sensitivity = sensitivityOf(condition.key.toLowerCase());
  const isBroad = (text: string): boolean => (sensitivity ? isBroadPattern(text, sensitivity) : isAnything(text));
  return listedValues(condition).some(({ value }) => knownTexts(value).some(isBroad));
}

/** A value with a wildcard. Only literal parts of a template string are examined, not interpolated values. */
const HAS_WILDCARD: Predicate = {
  known: ({ raw }) => hasWildcard(raw),
  text: ({ pieces }) => pieces.some((piece) => typeof piece === 'string' && hasWildcard(piece)),
  reference: () => false,
  collection: false,
};

/** The equivalent operator that supports wildcards; for ARNs, the ARN operator. No such operator ignores case. */
function likeOf(operator: Operator, arns: boolean): string | undefined {
  if (operator.comparison !== 'equals') return undefined;
  const name = operator.negated ? 'StringNotLike' : 'StringLike';
  const like = readOperator(written({ ...operator, name }));
  return like && written(arns ? (counterpart(like, 'Arn') ?? like) : like);
}
