/** Whether the conditions of a statement hold for every request, or exclude some requests. */
import { flatMap } from '../../base/flat-map.ts';
import { memoizeText, numbering } from '../../base/memoize.ts';
import { TRUE, type Truth } from '../../base/guard.ts';
import { startOfToday } from '../../base/today.ts';
import {
  all,
  among,
  any,
  exists,
  is,
  isPresent,
  judge,
  judgement,
  NO,
  not,
  UNKNOWABLE,
  YES,
  type Judgement,
} from '../../model/judgement.ts';
import { itemsOf, leaves } from '../../model/navigate.ts';
import type { Condition, Statement } from '../../model/policy.ts';
import { isFalse } from '../../model/predicate.ts';
import { ANY_REQUEST, conditionHolds, conditionsHold, listsAnything, type RequestContext } from './condition-holds.ts';
import { readOperator } from '../text/condition-operator.ts';
import { dateText, momentOf } from '../text/condition-text.ts';
import { withConditions } from '../statement/with-conditions.ts';

/**
 * Condition keys that every request of an identity has.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const IN_EVERY_REQUEST: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:useragent',
  'aws:userid',
]);

/**
 * Where every request meets the conditions of a statement, whatever its unknown keys are. No where some request does
 * not meet one of them. Unknown where the document does not determine it, as with an external operator or pattern.
 */
export function holdForEvery({ conditions, conditionsComplete }: Statement, request = ANY_REQUEST): Judgement {
  if (conditions.length === 0 && conditionsComplete.yes.isAlways()) return YES;
  return not(
    among(
      any(...conditions.map((condition) => all(judgement(condition.when), not(holdsForEvery(condition, request))))),
      conditionsComplete,
    ),
  );
}

function holdsForEvery(condition: Condition, request: RequestContext): Judgement {
  const operator = readOperator(condition.operator);
  const isSent = IN_EVERY_REQUEST.has(condition.key.toLowerCase());
  if (isSent && operator?.family === 'Null')
    return exists(itemsOf(condition.values, true), ({ value }) => is(value, isFalse));
  // A pattern that matches every value only requires the key to be present.
  const anything = isSent && operator && !operator.negated ? listsAnything(operator, condition) : NO;
  const holds = any(conditionHolds(condition, request), anything);
  // Known keys do not vary between requests. If some scenarios are decided, the others are unknown.
  if (isFixed(request.get(condition.key.toLowerCase())) || holds.yes.satisfiable()) return holds;
  return judgement({ yes: holds.yes, no: holds.no.or(varies(condition).yes) });
}

/** Whether a key has the same values in each request, or is in none. */
function isFixed(values: ReturnType<RequestContext['get']>): boolean {
  return values !== undefined && !values?.some((value) => typeof value !== 'string' && value.varies);
}

/**
 * Where a condition that not every request meets excludes some requests. Every comparison with a fixed value does; an
 * unknown pattern can be a wildcard, which excludes nothing.
 */
function varies({ operator: written, values }: Condition): Judgement {
  const operator = readOperator(written);
  if (!operator) return UNKNOWABLE;
  if (operator.negated || operator.how !== 'like') return YES;
  return not(
    exists(itemsOf(values, true), ({ value }) =>
      judge(value, (leaf) => (leaf.state === 'known' || leaf.state === 'template' ? false : undefined)),
    ),
  );
}

/** A value that no condition lists. */
const OTHER = '\uE005';

/** The maximum number of conditions, values of a key, and requests that are combined. */
const [MOST_CONDITIONS, MOST_VALUES, MOST_REQUESTS] = [24, 6, 512] as const;

/** Requirements for a request: the statements that must not apply to it, and those that must. */
export interface RequestRequirements {
  readonly outside: readonly Statement[];
  readonly inside: readonly Statement[];
  /** Whether the request can be unsigned, which means that it lacks the ARN of a principal. */
  readonly isAnonymous?: boolean;
}

/**
 * Whether a request exists to which none of some statements applies and all of the others do, given that each statement
 * alone has such requests. Conditions on different keys are independent, so only conditions that share a key are
 * combined. Undefined if no request is found but one may exist.
 */
export function findsRequest(wanted: RequestRequirements, request = ANY_REQUEST): boolean | undefined {
  const [first] = wanted.outside;
  if (!first) return true;
  const cacheKey = JSON.stringify([
    wanted.outside.map(numberOf),
    wanted.inside.map(numberOf),
    wanted.isAnonymous,
    [...request],
  ]);
  return found(first, cacheKey, wanted, request);
}

const numberOf = numbering<Statement>();

/** Memoized by the first statement, because the same statements deny many actions. */
const found = memoizeText((_: Statement, __: string, wanted: RequestRequirements, request: RequestContext) =>
  requestExists(wanted, request),
);

function requestExists(
  { outside, inside, isAnonymous = false }: RequestRequirements,
  request: RequestContext,
): boolean | undefined {
  const parts = [...outside.map((one) => ({ one, out: true })), ...inside.map((one) => ({ one, out: false }))].map(
    ({ one, out }) => ({
      one: whenPresent(one),
      out,
      keys: new Set(one.conditions.map(({ key }) => key.toLowerCase()).filter((key) => !request.has(key))),
    }),
  );
  const shared = parts.filter((part) =>
    parts.some((other) => other !== part && [...part.keys].some((key) => other.keys.has(key))),
  );
  if (shared.length === 0) return true;
  const conditions = flatMap(shared, ({ one }) => one.conditions);
  if (conditions.length > MOST_CONDITIONS) return undefined;
  let isKnown = areAllTried(conditions, request);
  for (const context of requestsFor(conditions, request, isAnonymous)) {
    const answers = shared.map(({ one, out }) => {
      const holds = conditionsHold(one, context);
      return (out ? holds.no : holds.yes).isAlways()
        ? true
        : (out ? holds.yes : holds.no).isAlways()
          ? false
          : undefined;
    });
    if (answers.every((answer) => answer === true)) return true;
    if (!answers.includes(false)) isKnown = false;
  }
  return isKnown ? false : undefined;
}

/**
 * A statement in the scenarios in which it exists. Conditions that it has in all of these scenarios become
 * unconditional.
 */
function whenPresent(statement: Statement): Statement {
  const present = all(judgement(statement.when), isPresent(statement.effect));
  const settled = (when: Truth): Truth => (all(present, not(judgement(when))).yes.satisfiable() ? when : TRUE);
  return withConditions(
    statement,
    statement.conditions.map((condition) => ({ ...condition, when: settled(condition.when) })),
    settled(statement.conditionsComplete),
  );
}

/**
 * Whether the tried requests represent all requests: for each key one with every listed string and one with another, or
 * both sides of a single pattern.
 */
function areAllTried(conditions: readonly Condition[], request: RequestContext): boolean {
  const values = new Map<string, Set<string>>();
  for (const { key, operator: written, values: listed } of conditions) {
    const lower = key.toLowerCase();
    if (request.has(lower)) continue;
    const operator = readOperator(written);
    const { items, complete } = itemsOf(listed, true);
    if (
      !operator ||
      operator.qualifier !== undefined ||
      !['String', 'Bool', 'Null'].includes(operator.family) ||
      operator.comparison === 'equalsIgnoreCase' ||
      !complete.yes.isAlways()
    )
      return false;
    const ofKey = values.get(lower) ?? new Set();
    values.set(lower, ofKey);
    if (operator.family === 'Null') continue;
    for (const { value } of items) {
      if (value.state !== 'known' || value.raw.includes('${')) return false;
      ofKey.add(value.raw);
    }
  }
  const counts = [...values.values()].map((ofKey) => Math.max(ofKey.size, 2) + 2);
  return (
    counts.reduce((product, count) => product * count, 1) <= MOST_REQUESTS &&
    [...values.values()].every(
      (ofKey) => ofKey.size < MOST_VALUES && (ofKey.size < 2 || ![...ofKey].some((text) => /[*?]/.test(text))),
    )
  );
}

/** Requests whose keys lack a value, or have a value on either side of each comparison. */
function* requestsFor(
  conditions: readonly Condition[],
  request: RequestContext,
  isAnonymous: boolean,
): Iterable<RequestContext> {
  const values = new Map<string, Set<string>>();
  const free = new Set<string>();
  for (const { key, operator, values: listed } of conditions) {
    const lower = key.toLowerCase();
    if (request.has(lower)) continue;
    const ofKey = values.get(lower) ?? new Set();
    values.set(lower, ofKey);
    const family = readOperator(operator)?.family;
    if (family !== 'Bool' && family !== 'Null') free.add(lower);
    for (const { value } of itemsOf(listed, true).items)
      for (const { value: leaf } of leaves(value)) {
        if (ofKey.size < MOST_VALUES && leaf.state === 'known')
          for (const one of around(leaf.raw, family)) ofKey.add(one);
      }
  }
  const keys = [...values].map(([key, ofKey]): readonly [string, readonly (readonly string[] | null)[]] => [
    key,
    [
      ...[...ofKey].map((one) => [one]),
      ...(free.has(key) ? [[OTHER]] : []),
      ...(IN_EVERY_REQUEST.has(key) && !(isAnonymous && key === 'aws:principalarn') ? [] : [null]),
    ],
  ]);
  const total = Math.min(
    MOST_REQUESTS,
    keys.reduce((product, [, ofKey]) => product * ofKey.length, 1),
  );
  for (let number = 0; number < total; number++) {
    const context = new Map(request);
    let rest = number;
    for (const [key, ofKey] of keys) {
      context.set(key, ofKey[rest % ofKey.length]!);
      rest = Math.floor(rest / ofKey.length);
    }
    yield context;
  }
}

function around(text: string, family: string | undefined): readonly string[] {
  switch (family) {
    case 'Bool':
    case 'Null':
      return ['true', 'false'];
    case 'Numeric':
      return [text, String(Number(text) - 1), String(Number(text) + 1)];
    case 'Date':
      return [text, dateText(startOfToday())!, '2999-01-01T00:00:00Z'].filter(
        (moment) => !((momentOf(moment) ?? Infinity) < startOfToday()),
      );
    case 'IpAddress':
      return [text.split('/')[0]!, '203.0.113.77'];
    default:
      return [text.replace(/[*?]/g, 'x')];
  }
}
