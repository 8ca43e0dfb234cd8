/**
 * Conditions on the time of a request, relative to the day of the analysis: after its end, a condition holds for no
 * request, and after its beginning, for every request.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-currenttime
 */
import { startOfToday } from '../../base/today.ts';
import { all, any, every, exists, judge, judgement, NO, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { Condition, Statement } from '../../model/policy.ts';
import type { Leaf } from '../../model/value.ts';
import { readOperator, type Operator } from '../text/condition-operator.ts';
import { momentOf, numberOf } from '../text/condition-text.ts';
import { knownText } from './conditions.ts';

/** A condition key whose value is a time. */
interface TimeKey {
  /** The operator families that compare it. */
  readonly families: readonly Operator['family'][];
  /** The maximum age of the time in a request, in milliseconds. */
  readonly age: number;
  /** Whether every request has the key. */
  readonly always: boolean;
}

const HOUR = 3_600_000;

/**
 * The keys in lower case. Temporary credentials last at most 36 hours, and requests with long-term credentials have no
 * time of issue.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-epochtime
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-tokenissuetime
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
const TIME_KEYS: ReadonlyMap<string, TimeKey> = new Map([
  ['aws:currenttime', { families: ['Date'], age: 0, always: true }],
  ['aws:epochtime', { families: ['Date', 'Numeric'], age: 0, always: true }],
  ['aws:tokenissuetime', { families: ['Date'], age: 36 * HOUR, always: false }],
]);

/** Where a condition requires a past time, so that no request meets it from now on. */
export function isOver(condition: Condition): Judgement {
  const timed = timedBy(condition);
  if (!timed) return NO;
  const { key, operator } = timed;
  // A negated comparison holds at every other time.
  if (operator.negated || (!key.always && operator.holdsWithoutKey)) return NO;
  return every(itemsOf(condition.values, true), ({ value }) => judge(value, compared(timed, 'never')));
}

/** Where a condition requires a time after a past time, so that every request meets it. */
export function hasBegun(condition: Condition): Judgement {
  const timed = timedBy(condition);
  if (!timed) return NO;
  const { key, operator } = timed;
  if (!key.always && !operator.holdsWithoutKey) return NO;
  const values = itemsOf(condition.values, true);
  return operator.negated
    ? every(values, ({ value }) => judge(value, compared(timed, 'never')))
    : exists(values, ({ value }) => judge(value, compared(timed, 'always')));
}

/** Where a statement is expired because one of its conditions is. It neither allows nor denies anything. */
export function hasExpired({ conditions }: Statement): Judgement {
  return any(...conditions.map((condition) => all(judgement(condition.when), isOver(condition))));
}

interface Timed {
  readonly key: TimeKey;
  readonly operator: Operator;
}

function timedBy({ key: written, operator: name }: Condition): Timed | undefined {
  const key = TIME_KEYS.get(written.toLowerCase());
  const operator = key && readOperator(name);
  return operator && key.families.includes(operator.family) ? { key, operator } : undefined;
}

/** Whether a comparison with a value always or never holds from now on. */
function compared({ key, operator }: Timed, outcome: 'always' | 'never'): (leaf: Leaf) => boolean | undefined {
  return (leaf) => {
    const text = knownText(leaf);
    const moment = text === undefined ? undefined : written(text, operator);
    if (moment === undefined) return undefined;
    const earliest = startOfToday() - key.age;
    switch (operator.comparison) {
      case 'lessThan':
        return outcome === 'never' && moment <= earliest;
      case 'lessThanEquals':
      case 'equals':
        return outcome === 'never' && moment < earliest;
      case 'greaterThan':
        return outcome === 'always' && moment < earliest;
      case 'greaterThanEquals':
        return outcome === 'always' && moment <= earliest;
      default:
        return false;
    }
  };
}

/**
 * The time that a value represents. Numeric operators compare seconds since 1970; Date operators accept such numbers
 * with at least five digits.
 */
function written(text: string, { family }: Operator): number | undefined {
  if (family !== 'Numeric') return momentOf(text);
  const seconds = numberOf(text);
  return seconds === undefined ? undefined : seconds * 1000;
}
