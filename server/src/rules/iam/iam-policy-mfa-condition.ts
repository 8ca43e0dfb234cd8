import type { Fix } from '../../model/edit.ts';
import { all, any, every, exists, is, not, YES, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import { isFalse, isTrue, text } from '../../model/predicate.ts';
import { written, type Operator } from '../../policy/condition-operator.ts';
import { withOperator } from '../../policy/condition-place.ts';
import { conditionsOf, type PlacedCondition } from '../../policy/conditions.ts';
import { isAllow, isDeny } from '../../policy/in-force.ts';
import { concernsLongTermKeys } from '../../policy/long-term-keys.ts';
import { defineRule } from '../rule.ts';

const PRESENT = 'aws:multifactorauthpresent';
const AGE = 'aws:multifactorauthage';

export default defineRule({
  id: 'iam-policy-mfa-condition',
  on: 'policy',
  conditions: true,
  topic: 'identity',
  severity: 'medium',
  profile: 'recommended',
  since: '0.1',
  judged: '2026-11-26',
  title: 'MFA conditions should also apply to long-term access keys',
  keywords: ['aws:MultiFactorAuthPresent', 'aws:MultiFactorAuthAge', 'BoolIfExists', 'multi-factor authentication'],
  why: 'Requests that are signed with long-term access keys do not have aws:MultiFactorAuthPresent at all. A condition that ignores this allows a stolen key without MFA.',
  remedy:
    'In a Deny statement, use BoolIfExists with false; in an Allow statement, Bool with true. Null tests whether the key is present, not whether MFA was used.',
  sources: [
    {
      url: 'https://repost.aws/knowledge-center/mfa-iam-user-aws-cli',
      claim:
        'Bool with false in a Deny statement does not block requests with long-term credentials, which lack the key; BoolIfExists does.',
      seen: '2026-11-26',
    },
    {
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
      claim:
        'aws:MultiFactorAuthPresent is in requests with temporary credentials only, true or false; aws:MultiFactorAuthAge only where MFA was used.',
      seen: '2026-11-26',
    },
  ],
  aliases: { parliament: ['BAD_PATTERN_FOR_MFA'] },
  controls: {},
  fix: 'suggestion',
  *check(policy) {
    const placed = conditionsOf(policy).filter(({ key }) => key === PRESENT || key === AGE);
    if (placed.length === 0) return;
    const keys = concernsLongTermKeys(policy);
    const { displayName } = policy.host;
    // Another statement that denies requests without the key covers long-term access keys.
    const closed = any(...placed.map((one) => all(one.there, isDeny(one.statement), stopsWithoutMfa(one))));
    const deniedWithout = any(...placed.map((other) => all(other.there, isDeny(other.statement), stopsFalse(other))));
    for (const one of placed) {
      const { statement, condition, operator, key, there } = one;
      if (!operator) continue;
      const isTested = statement.conditions.some(
        (other) => other.operator.toLowerCase() === 'null' && [PRESENT, AGE].includes(other.key.toLowerCase()),
      );
      if (
        !operator.holdsWithoutKey &&
        !isTested &&
        (key === PRESENT ? operator.family === 'Bool' : operator.comparison.startsWith('greater'))
      ) {
        const wrong = all(keys, there, isDeny(statement), key === PRESENT ? lists(one, isFalse) : YES, not(closed));
        if (!wrong.no.isAlways())
          yield {
            violations: [{ wrong, at: condition.values }],
            message: `The policy in ${displayName} does not deny long-term access keys. Their requests lack ${condition.key}; use ${withIfExists(operator)}.`,
            fixes: () => fix(policy, one, withIfExists(operator), 'also denies long-term access keys'),
          };
      }
      if (key === PRESENT && operator.family === 'Bool' && operator.holdsWithoutKey) {
        const wrong = all(keys, there, isAllow(statement), lists(one, isTrue), not(closed));
        if (!wrong.no.isAlways())
          yield {
            violations: [{ wrong, at: condition.values }],
            message: `The policy in ${displayName} allows long-term access keys without MFA. Their requests lack ${condition.key}; use Bool instead of ${condition.operator}.`,
            fixes: () => fix(policy, one, 'Bool', 'no longer allows long-term access keys'),
          };
      }
      if (key === PRESENT && operator.family === 'Bool') {
        // A user without an MFA device needs permissions to register one.
        const wrong = all(
          there,
          isAllow(statement),
          lists(one, isFalse),
          not(lists(one, isTrue)),
          not(every(itemsOf(statement.actions, true), ({ value }) => is(value, OF_IDENTITIES))),
        );
        if (!wrong.no.isAlways())
          yield {
            violations: [{ wrong, at: condition.values }],
            message: `The policy in ${displayName} allows only requests without MFA, because ${condition.key} is false. Set it to true.`,
            fixes: (_, at) => [
              {
                title: 'Change to true (allows only with MFA)',
                safe: false,
                edits: [{ op: 'replace', resource: policy.host, target: at, value: 'true' }],
              },
            ],
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
            if (!wrong.no.isAlways())
              yield {
                violations: [{ wrong, at: condition.values }],
                message: `The Null condition in ${displayName} does not test MFA: all temporary credentials have ${condition.key}. Use ${name} with ${value}.`,
                fixes: () => fix(policy, one, name, 'requires MFA', value),
              };
      }
    }
  },
});

/** The actions with which users manage their own credentials. */
const OF_IDENTITIES = text((action) => /^(?:iam|sts):/i.test(action));

function lists({ condition }: PlacedCondition, what: typeof isTrue): Judgement {
  return exists(itemsOf(condition.values, true), ({ value }) => is(value, what));
}

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

/** Keys that every request has, so that IfExists makes no difference for them. */
const ALWAYS_THERE: ReadonlySet<string> = new Set([
  'aws:viaawsservice',
  'aws:principalisawsservice',
  'aws:securetransport',
]);

function fix(
  policy: PolicyDocument,
  one: PlacedCondition,
  name: string,
  effect: string,
  value?: string,
): readonly Fix[] {
  const { statement, condition } = one;
  const together = statement.conditions.filter((other) => other !== condition && other.operator === condition.operator);
  const edits = withOperator(
    policy,
    statement,
    condition,
    name,
    value,
    together.every(({ key }) => ALWAYS_THERE.has(key.toLowerCase())),
  );
  return edits ? [{ title: `Use ${name}${value ? ` with ${value}` : ''} (${effect})`, safe: false, edits }] : [];
}
