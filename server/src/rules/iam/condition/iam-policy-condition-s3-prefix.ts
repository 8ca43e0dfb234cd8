import { all, exists, type Predicate } from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import { conditionsOf, literalMeets } from '../../../policy/condition/conditions.ts';
import { isAllow, isDeny } from '../../../policy/condition/in-force.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-s3-prefix',
  on: 'policy',
  selfContained: true,
  needs: { keys: ['s3:prefix'], operators: ['String'] },
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'Policies should allow specific s3:prefix values instead of denying some',
  keywords: ['s3:ListBucket', 'prefix bypass', 'negated condition'],
  why: 'The caller chooses the value of s3:prefix. A caller that is denied the prefix secret/ can list sec, or no prefix at all, and gets the same object names.',
  remedy: 'Specify the allowed prefixes, with StringLike in an Allow statement or StringNotLike in a Deny statement.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'A shorter prefix bypasses a statement that denies by s3:prefix, or allows all prefixes except some.',
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html':
      'The prefix of a request limits the answer to the keys that begin with it; without one all keys are listed.',
  },
  aliases: analyzerAliases('S3_PREFIX_IN_NEGATIVE_CONTEXT'),
  fix: 'none',
  *check(policy) {
    for (const { statement, condition, operator, key, there } of conditionsOf(policy)) {
      if (key !== 's3:prefix' || operator?.family !== 'String') continue;
      const keepsFrom = operator.negated ? isAllow(statement) : isDeny(statement);
      yield {
        violations: [
          {
            wrong: all(
              there,
              keepsFrom,
              exists(itemsOf(condition.values, true), ({ value }) => literalMeets(value, IS_PREFIX)),
            ),
            at: condition.values,
            aliases: analyzerAliases('S3_PREFIX_IN_NEGATIVE_CONTEXT'),
          },
        ],
        ...severityOf('S3_PREFIX_IN_NEGATIVE_CONTEXT'),
        message: `The ${condition.key} restriction in ${policy.host.displayName} can be bypassed with a shorter prefix. Allow specific prefixes instead of denying some.`,
      };
    }
  },
});

/** A prefix that a shorter one bypasses. The empty prefix lists everything, so there is no shorter one. */
const IS_PREFIX: Predicate = { known: ({ raw }) => !/^[*]*$/.test(raw), text: () => true, reference: () => true };
