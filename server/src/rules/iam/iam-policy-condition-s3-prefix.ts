import { all, exists, type Predicate } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import { conditionsOf, says } from '../../policy/conditions.ts';
import { isAllow, isDeny } from '../../policy/in-force.ts';
import { analyzerAliases, severityOf } from '../access-analyzer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'iam-policy-condition-s3-prefix',
  on: 'policy',
  selfContained: true,
  conditions: true,
  topic: 'identity',
  severity: 'medium',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'IAM policies say which prefixes may be listed, not which may not',
  why: 'The key s3:prefix is what the caller asks for. Who may not ask for secret/ asks for sec, or for no prefix at all, and gets the same names in the list.',
  remedy:
    'Allow to list the prefixes that may be seen, by StringLike in a statement that allows, or by StringNotLike in one that denies.',
  sources: [
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
      claim: 'To deny by s3:prefix, or to allow all but some prefixes, is got around with a shorter prefix.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html',
      claim:
        'The prefix of a request limits the answer to the keys that begin with it; without one all keys are listed.',
      seen: '2026-11-26',
    },
  ],
  aliases: analyzerAliases('S3_PREFIX_IN_NEGATIVE_CONTEXT'),
  controls: {},
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
              exists(itemsOf(condition.values, true), ({ value }) => says(value, IS_PREFIX)),
            ),
            at: condition.values,
            aliases: analyzerAliases('S3_PREFIX_IN_NEGATIVE_CONTEXT'),
          },
        ],
        ...severityOf('S3_PREFIX_IN_NEGATIVE_CONTEXT'),
        message: `The policy in ${policy.host.displayName} keeps callers from listing some prefixes by ${condition.key}, and who asks for a shorter prefix or for none sees the same names; say which prefixes may be listed.`,
      };
    }
  },
});

/** A prefix that has shorter ones: to ask for none at all shows everything, and nothing is shorter than that. */
const IS_PREFIX: Predicate = { known: ({ raw }) => !/^[*]*$/.test(raw), text: () => true, reference: () => true };
