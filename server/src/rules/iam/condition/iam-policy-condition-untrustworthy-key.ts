import { all, among, any, judgement, not } from '../../../model/judgement.ts';
import { readOperator } from '../../../policy/text/condition-operator.ts';
import { keyPlace } from '../../../policy/condition/condition-place.ts';
import { conditionExists } from '../../../policy/condition/conditions.ts';
import { restrictsToKnown } from '../../../policy/principal/narrowing.ts';
import { namesServices } from '../../../policy/narrowing/statement-parts.ts';
import { analyzerAliases, severityOf } from '../../access-analyzer.ts';
import { defineRule } from '../../rule.ts';
import { isAllow, isDeny } from '../../../policy/condition/in-force.ts';

/** Condition keys with headers of a request. */
const SENT: ReadonlySet<string> = new Set(['aws:referer', 'aws:useragent']);

export default defineRule({
  id: 'iam-policy-condition-untrustworthy-key',
  on: 'policy',
  selfContained: true,
  needs: { keys: [...SENT] },
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'Policies should not rely on condition keys that callers can forge',
  keywords: ['untrustworthy condition key', 'aws:Referer', 'aws:UserAgent', 'hotlink protection', 'spoofing'],
  why: 'The caller sets the Referer and User-Agent headers, so anyone who knows or guesses the value meets the condition.',
  remedy:
    'Use a key that AWS sets, such as aws:SourceVpce, aws:PrincipalOrgID or aws:SourceArn. For a bucket, use CloudFront with origin access control.',
  sources: {
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html':
      'The caller sends aws:UserAgent and aws:referer and can forge them; they are not to be used to prevent unauthorized requests.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html':
      'A condition key that the caller can forge is a security warning.',
  },
  aliases: analyzerAliases('UNTRUSTWORTHY_CONDITION_KEY'),
  fix: 'none',
  *check(policy) {
    for (const statement of policy.statements)
      for (const condition of statement.conditions) {
        if (!SENT.has(condition.key.toLowerCase()) || !readOperator(condition.operator)) continue;
        const present = conditionExists(policy, statement, condition);
        // AWS services set their own headers. Whether another key would be better is a different question.
        const byService = namesServices(statement);
        const alone = not(
          among(
            any(
              ...statement.conditions
                .filter(({ key }) => !SENT.has(key.toLowerCase()))
                .map(({ when }) => judgement(when)),
            ),
            statement.conditionsComplete,
          ),
        );
        yield {
          violations: [
            {
              wrong: all(present, isAllow(statement), not(byService), not(restrictsToKnown(statement))),
              at: keyPlace(condition),
            },
          ],
          message: `${policy.host.displayName} allows access by ${condition.key}, a header that any caller can forge. Use a key that AWS sets, such as aws:SourceVpce or aws:PrincipalOrgID.`,
          ...severityOf('UNTRUSTWORTHY_CONDITION_KEY'),
        };
        yield {
          violations: [{ wrong: all(present, isDeny(statement), alone, not(byService)), at: keyPlace(condition) }],
          message: `${policy.host.displayName} denies access by ${condition.key}, a header that any caller can forge. Use a key that AWS sets, such as aws:SourceVpce or aws:PrincipalOrgID.`,
          ...severityOf('UNTRUSTWORTHY_CONDITION_KEY'),
        };
      }
  },
});
