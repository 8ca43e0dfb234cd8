/**
 * Conditions on the time of a request, as of the day of the analysis: the one that is over holds for no request from now on, the one that has begun for every one.
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

/** A condition key that holds a moment. */
interface TimeKey {
  /** The families of operators that compare it. */
  readonly families: readonly Operator['family'][];
  /** How far before the request the moment can be, in milliseconds. */
  readonly age: number;
  /** Whether every request has it. */
  readonly always: boolean;
}

const HOUR = 3_600_000;

/**
 * The keys in lower case. Temporary credentials last 36 hours at most, and requests with others have no time of issue.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-epochtime
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-tokenissuetime
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
const TIME_KEYS: ReadonlyMap<string, TimeKey> = new Map([
  ['aws:currenttime', { families: ['Date'], age: 0, always: true }],
  ['aws:epochtime', { families: ['Date', 'Numeric'], age: 0, always: true }],
  ['aws:tokenissuetime', { families: ['Date'], age: 36 * HOUR, always: false }],
]);

/** Where a condition asks for a time that is past, so that no request meets it any more. */
export function isOver(condition: Condition): Judgement {
  const timed = timedBy(condition);
  if (!timed) return NO;
  const { key, operator } = timed;
  // That the time is another than a moment holds at every other one.
  if (operator.negated || (!key.always && operator.holdsWithoutKey)) return NO;
  return every(itemsOf(condition.values, true), ({ value }) => judge(value, compared(timed, 'never')));
}

/** Where a condition asks for a time after a moment that is past, so that every request meets it. */
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

/** Where a statement is over, because one of its conditions is. It neither allows nor denies anything any more. */
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

/** Tells whether a comparison with a value, whatever is made of it where it holds, always or never holds from now on. */
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

/** The moment that a value is. Numeric operators compare seconds since 1970, of which Date operators take five digits or more. */
function written(text: string, { family }: Operator): number | undefined {
  if (family !== 'Numeric') return momentOf(text);
  const seconds = numberOf(text);
  return seconds === undefined ? undefined : seconds * 1000;
}
