/**
 * MFA conditions in the wrong direction: Allow statements that match requests without MFA or long after it, and Deny
 * statements that match requests with MFA or shortly after it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthage
 */
import type { Fix } from '../../../model/edit.ts';
import {
  all,
  any,
  every,
  exists,
  is,
  judgement,
  not,
  type Judgement,
  type Predicate,
} from '../../../model/judgement.ts';
import { itemsOf } from '../../../model/navigate.ts';
import type { PolicyDocument } from '../../../model/policy.ts';
import { isFalse, isTrue, text } from '../../../model/predicate.ts';
import { withOperator } from '../../../policy/condition/condition-place.ts';
import { numberOf } from '../../../policy/text/condition-text.ts';
import { literalMeets, type PlacedCondition } from '../../../policy/condition/conditions.ts';
import { isAllow, isDeny } from '../../../policy/condition/in-force.ts';
import { concernsLongTermKeys } from '../../../policy/condition/long-term-keys.ts';
import type { Value } from '../../../model/value.ts';
import type { Report } from '../../rule.ts';

/** The key in requests with temporary credentials: true or false. */
export const PRESENT = 'aws:multifactorauthpresent';
/** The key in requests with MFA: the seconds since it. */
export const AGE = 'aws:multifactorauthage';

/** One MFA condition in the wrong direction. */
interface Contrary {
  readonly effect: 'allows' | 'denies';
  readonly where: Judgement;
  /** The effect of the statement, after its Effect element, and the remedy. */
  readonly words: string;
  readonly remedy: string;
  readonly fixes: (at: Value) => readonly Fix[];
}

/** The reports about an MFA condition in the wrong direction. `placed` are all MFA conditions of the policy. */
export function* contraryTo(
  policy: PolicyDocument,
  one: PlacedCondition,
  placed: readonly PlacedCondition[],
): Iterable<Report> {
  const { statement, condition, there } = one;
  const effects = { allows: isAllow(statement), denies: isDeny(statement) };
  for (const { effect, where, words, remedy, fixes } of contrariesOf(policy, one, placed)) {
    const wrong = all(there, effects[effect], where);
    yield {
      violations: [{ wrong, at: condition.values }],
      message: (shown) => `${policy.host.displayName} ${effect} ${words.replace('{}', shown)}. ${remedy}.`,
      fixes: (_, at) => fixes(at),
    };
  }
}

function contrariesOf(
  policy: PolicyDocument,
  one: PlacedCondition,
  placed: readonly PlacedCondition[],
): readonly Contrary[] {
  const { statement, condition, operator, key } = one;
  if (!operator) return [];
  const others = placed.filter((other) => other.statement === statement && other !== one);
  const alone = others.length === 0 ? all() : any();
  // A user without an MFA device needs permissions to register one.
  const ofOthers = not(every(itemsOf(statement.actions, true), ({ value }) => is(value, OF_IDENTITIES)));
  const [onlyTrue, onlyFalse] = [
    all(listed(one, isTrue), not(lists(one, isFalse))),
    all(listed(one, isFalse), not(lists(one, isTrue))),
  ];
  const write =
    (value: string, effect: string) =>
    (target: Value): readonly Fix[] => [
      {
        title: `Change to ${value} (${effect})`,
        safe: false,
        edits: [{ op: 'replace', resource: policy.host, target, value }],
      },
    ];
  if (key === PRESENT && operator.family === 'Bool')
    return [
      {
        effect: 'allows',
        where: all(onlyFalse, ofOthers),
        words: 'only requests without MFA',
        // With IfExists, true would allow requests without the key too.
        remedy: `${condition.key} is false; ${operator.holdsWithoutKey ? 'use Bool with true' : 'set it to true'}`,
        fixes: operator.holdsWithoutKey
          ? () => compareBy(policy, one, 'Bool', 'allows only with MFA', 'true')
          : write('true', 'allows only with MFA'),
      },
      {
        effect: 'denies',
        where: all(onlyTrue, alone),
        words: 'only requests with MFA',
        remedy: `${condition.key} is true; use BoolIfExists with false`,
        fixes: () => compareBy(policy, one, 'BoolIfExists', 'denies without MFA', 'false'),
      },
    ];
  if (key === PRESENT && operator.family === 'Null')
    return [
      {
        effect: 'allows',
        where: all(onlyTrue, alone, ofOthers, concernsLongTermKeys(policy)),
        words: 'only requests with long-term access keys',
        remedy: `Only they lack ${condition.key}; use Bool with true`,
        fixes: () => compareBy(policy, one, 'Bool', 'requires MFA', 'true'),
      },
    ];
  if (key !== AGE) return [];
  if (operator.family === 'Null')
    return [
      {
        effect: 'allows',
        where: all(onlyTrue, alone, ofOthers),
        words: 'only requests without MFA',
        remedy: `Only they lack ${condition.key}; set it to false`,
        fixes: write('false', 'allows only with MFA'),
      },
      {
        effect: 'denies',
        where: all(onlyFalse, alone),
        words: 'only requests with MFA',
        remedy: `Requests without MFA lack ${condition.key}; set it to true`,
        fixes: write('true', 'denies without MFA'),
      },
    ];
  if (operator.family !== 'Numeric' || operator.negated) return [];
  const seconds = listed(one, SOME_SECONDS);
  const older = operator.comparison.startsWith('greaterThan');
  const newer = operator.comparison.startsWith('lessThan');
  const isBounded = others.some((other) => other.key === AGE && other.operator?.comparison.startsWith('lessThan'));
  const requiresMfa = any(
    ...others.map((other) => all(other.there, other.operator?.family === 'Null' ? lists(other, isFalse) : any())),
    ...others
      .filter((other) => other.key === PRESENT && other.operator?.family === 'Bool' && !other.operator.holdsWithoutKey)
      .map((other) => all(other.there, lists(other, isTrue))),
  );
  return [
    ...(older && !isBounded
      ? [
          {
            effect: 'allows',
            where: seconds,
            words: 'requests only when MFA is older than {} seconds',
            remedy: 'Use NumericLessThan',
            fixes: () => compareBy(policy, one, 'NumericLessThan', 'allows only soon after MFA'),
          } as const,
        ]
      : []),
    ...(newer && operator.holdsWithoutKey
      ? [
          {
            effect: 'allows',
            where: all(ofOthers, not(requiresMfa)),
            words: 'requests without MFA too',
            remedy: `They lack ${condition.key}; use ${operator.name}`,
            fixes: () => compareBy(policy, one, operator.name, 'no longer allows requests without MFA'),
          } as const,
        ]
      : []),
    ...(newer
      ? [
          {
            effect: 'denies',
            where: all(seconds, alone),
            words: 'requests with MFA newer than {} seconds, not with older MFA',
            remedy: 'Use NumericGreaterThanIfExists',
            fixes: () => compareBy(policy, one, 'NumericGreaterThanIfExists', 'denies without MFA or long after it'),
          } as const,
        ]
      : []),
  ];
}

/** The actions with which users manage their own credentials. */
const OF_IDENTITIES = text((action) => /^(?:iam|sts):/i.test(action));

/**
 * A positive number of seconds. Zero does not restrict requests: in every request with the key, MFA is older than that.
 */
const SOME_SECONDS = text((written) => {
  const number = numberOf(written);
  return number === undefined ? undefined : number > 0;
});

/** Whether a condition lists a literal value. Values of parameters do not count. */
function listed({ condition }: PlacedCondition, what: Predicate): Judgement {
  return any(
    ...itemsOf(condition.values, true).items.map(({ value, when }) => all(judgement(when), literalMeets(value, what))),
  );
}

/** Whether a condition lists a value. */
export function lists({ condition }: PlacedCondition, what: typeof isTrue): Judgement {
  return exists(itemsOf(condition.values, true), ({ value }) => is(value, what));
}

/** Keys that every request has, so that IfExists makes no difference. */
const ALWAYS_THERE: ReadonlySet<string> = new Set([
  'aws:viaawsservice',
  'aws:principalisawsservice',
  'aws:securetransport',
]);

/** The fix that changes the operator, and the value if one is given. */
export function compareBy(
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
  return edits ? [{ title: `Compare by ${name}${value ? ` with ${value}` : ''} (${effect})`, safe: false, edits }] : [];
}
