import { all, any, not, YES, type Judgement } from '../../../model/judgement.ts';
import { isFalse, isTrue } from '../../../model/predicate.ts';
import { written, type Operator } from '../../../policy/text/condition-operator.ts';
import { conditionsOf, type PlacedCondition } from '../../../policy/condition/conditions.ts';
import { isAllow, isDeny } from '../../../policy/condition/in-force.ts';
import { concernsLongTermKeys } from '../../../policy/condition/long-term-keys.ts';
import { defineRule } from '../../rule.ts';
import { AGE, compareBy, contraryTo, lists, PRESENT } from './mfa-direction.ts';

export default defineRule({
  id: 'iam-policy-mfa-condition',
  on: 'policy',
  needs: { keys: [PRESENT, AGE] },
  topic: 'identity',
  severity: 'medium',
  judged: '2026-11-26',
  title: 'MFA conditions should also apply to long-term access keys',
  keywords: ['aws:MultiFactorAuthPresent', 'aws:MultiFactorAuthAge', 'BoolIfExists', 'multi-factor authentication'],
  why: 'Requests that are signed with long-term access keys do not have aws:MultiFactorAuthPresent at all. A condition that ignores this allows a stolen key without MFA.',
  remedy:
    'In a Deny statement, use BoolIfExists with false; in an Allow statement, Bool with true. Null tests whether the key is present, not whether MFA was used.',
  sources: {
    'https://repost.aws/knowledge-center/mfa-iam-user-aws-cli':
      'Bool with false in a Deny statement does not block requests with long-term credentials, which lack the key; BoolIfExists does.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html':
      'aws:MultiFactorAuthPresent is in requests with temporary credentials only, true or false; aws:MultiFactorAuthAge only where MFA was used.',
  },
  aliases: { parliament: ['BAD_PATTERN_FOR_MFA'] },
  fix: 'suggestion',
  *check(policy) {
    const placed = conditionsOf(policy).filter(({ key }) => key === PRESENT || key === AGE);
    if (placed.length === 0) return;
    const keys = concernsLongTermKeys(policy);
    const { displayName } = policy.host;
    // A statement that denies requests without the key covers long-term access keys.
    const closed = any(...placed.map((one) => all(one.there, isDeny(one.statement), stopsWithoutMfa(one))));
    const deniedWithout = any(...placed.map((other) => all(other.there, isDeny(other.statement), stopsFalse(other))));
    for (const one of placed) {
      const { statement, condition, operator, key, there } = one;
      if (!operator) continue;
      yield* contraryTo(policy, one, placed);
      const isTested = statement.conditions.some(
        (other) => other.operator.toLowerCase() === 'null' && [PRESENT, AGE].includes(other.key.toLowerCase()),
      );
      if (
        !operator.holdsWithoutKey &&
        !isTested &&
        (key === PRESENT ? operator.family === 'Bool' : operator.comparison.startsWith('greater'))
      ) {
        const wrong = all(keys, there, isDeny(statement), key === PRESENT ? lists(one, isFalse) : YES, not(closed));
        yield {
          violations: [{ wrong, at: condition.values }],
          message: `${displayName} does not deny long-term access keys. Their requests lack ${condition.key}; use ${withIfExists(operator)}.`,
          fixes: () => compareBy(policy, one, withIfExists(operator), 'also denies long-term access keys'),
        };
      }
      if (key === PRESENT && operator.family === 'Bool' && operator.holdsWithoutKey) {
        const wrong = all(keys, there, isAllow(statement), lists(one, isTrue), not(closed));
        yield {
          violations: [{ wrong, at: condition.values }],
          message: `${displayName} allows long-term access keys without MFA. Their requests lack ${condition.key}; use Bool instead of ${condition.operator}.`,
          fixes: () => compareBy(policy, one, 'Bool', 'no longer allows long-term access keys'),
        };
      }
      if (key === PRESENT && operator.family === 'Null') {
        const alone = !statement.conditions.some(
          (other) => other !== condition && [PRESENT, AGE].includes(other.key.toLowerCase()),
        );
        const allows = all(there, isAllow(statement), lists(one, isFalse));
        const denies = all(there, isDeny(statement), lists(one, isTrue), not(deniedWithout));
        if (alone)
          for (const [wrong, name, value] of [
            [allows, 'Bool', 'true'],
            [denies, 'BoolIfExists', 'false'],
          ] as const)
            yield {
              violations: [{ wrong, at: condition.values }],
              message: `The Null condition in ${displayName} does not test MFA. All temporary credentials have ${condition.key}; use ${name} with ${value}.`,
              fixes: () => compareBy(policy, one, name, 'requires MFA', value),
            };
      }
    }
  },
});

/** Whether a condition of a Deny statement matches requests without the key, by its operator or by Null. */
function stopsWithoutMfa(one: PlacedCondition): Judgement {
  const { operator, key } = one;
  if (operator?.family === 'Null') return lists(one, isTrue);
  return operator?.holdsWithoutKey ? (key === PRESENT ? lists(one, isFalse) : YES) : any();
}

function stopsFalse(one: PlacedCondition): Judgement {
  return one.key === PRESENT && one.operator?.family === 'Bool' ? lists(one, isFalse) : any();
}

function withIfExists({ name }: Operator): string {
  return written({ name, qualifier: undefined, ifExists: true });
}
