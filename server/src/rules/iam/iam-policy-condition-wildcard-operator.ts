import { all, judgement, type Predicate } from '../../model/judgement.ts';
import type { Condition } from '../../model/policy.ts';
import { counterpart, readOperator, written, type Operator } from '../../policy/condition-operator.ts';
import { keyOf } from '../../policy/condition-keys.ts';
import { withOperator } from '../../policy/condition-place.ts';
import { conditionsOf, knownTexts, listed, says } from '../../policy/conditions.ts';
import { canCompare, hasWildcard, isAnything } from '../../policy/condition-text.ts';
import { fitOf, isTemplate } from '../../policy/key-type.ts';
import { isBroadPattern, sensitivityOf } from '../../policy/sensitive-key.ts';
import { analyzerAliases, severityOf } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-wildcard-operator',
  on: 'policy',
  selfContained: true,
  conditions: true,
  topic: 'identity',
  severity: 'low',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'Wildcards in IAM conditions are compared by an operator that knows them',
  why: 'StringEquals takes a star for a star, so that the condition holds for no request, and its negation for every one.',
  remedy:
    'Compare by StringLike or StringNotLike, ARNs by ArnLike or ArnNotLike, or write the value in full. Where a star itself is meant, write ${*}.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim: 'A value with a wildcard needs an operator with Like.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
      claim:
        'StringEquals matches exactly; StringLike takes * and ? for wildcards; ArnEquals and ArnLike do the same, with wildcards.',
      seen: '2026-11-26',
    },
  ],
  aliases: analyzerAliases('WILDCARD_WITHOUT_LIKE_OPERATOR'),
  controls: {},
  fix: 'suggestion',
  *check(policy, context) {
    for (const { statement, condition, operator, there } of conditionsOf(policy)) {
      if (operator?.family !== 'String' || operator.how !== 'equals') continue;
      const key = keyOf(condition, statement, context);
      // What a string operator is wrong for altogether another rule says.
      if (key && fitOf(key, 'String') === 'wrong') continue;
      const arns =
        key?.kind === 'ARN' &&
        !isTemplate(key) &&
        !listed(condition).some(({ value }) => knownTexts(value).some((text) => !canCompare('Arn', text)));
      const like = likeOf(operator, arns);
      for (const { value, when } of listed(condition)) {
        const wrong = all(there, judgement(when), says(value, HAS_WILDCARD));
        if (wrong.no.isAlways()) continue;
        yield {
          violations: [{ wrong, at: value, aliases: analyzerAliases('WILDCARD_WITHOUT_LIKE_OPERATOR') }],
          ...severityOf('WILDCARD_WITHOUT_LIKE_OPERATOR'),
          message: (shown) =>
            `The policy in ${policy.host.displayName} compares ${condition.key} with ${shown} by ${condition.operator}, which takes its wildcard for a plain character, so that ${operator.negated ? 'it holds for nearly every request' : 'no request fits'}; ${fitsAnybody(condition) ? 'write out the values that are meant, for as patterns they leave out nobody' : like ? `use ${like}` : `use ${operator.negated ? 'StringNotLike' : 'StringLike'}, which minds the case`}.`,
          fixes: () => {
            const edits = like && !fitsAnybody(condition) && withOperator(policy, statement, condition, like);
            return edits
              ? [{ title: `Compare by ${like} (so that the wildcard counts)`, safe: false, uncovers: 'effect', edits }]
              : [];
          },
        };
      }
    }
  },
});

/** Whether somebody who lets the wildcards of a condition count lets in, or out, nearly everybody, which nobody has noticed so far. */
function fitsAnybody(condition: Condition): boolean {
  const sensitivity = sensitivityOf(condition.key.toLowerCase());
  const isBroad = (text: string): boolean => (sensitivity ? isBroadPattern(text, sensitivity) : isAnything(text));
  return listed(condition).some(({ value }) => knownTexts(value).some(isBroad));
}

/** A star in what is put in from elsewhere is not seen; what a text says itself is. */
const HAS_WILDCARD: Predicate = {
  known: ({ raw }) => hasWildcard(raw),
  text: ({ pieces }) => pieces.some((piece) => typeof piece === 'string' && hasWildcard(piece)),
  reference: () => false,
  collection: false,
};

/** The operator that compares in the same way and knows wildcards, that for ARNs where the values are such. None of them leaves the case aside. */
function likeOf(operator: Operator, arns: boolean): string | undefined {
  if (operator.comparison !== 'equals') return undefined;
  const name = operator.negated ? 'StringNotLike' : 'StringLike';
  const like = readOperator(written({ ...operator, name }));
  return like && written(arns ? (counterpart(like, 'Arn') ?? like) : like);
}
