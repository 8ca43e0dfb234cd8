/**
 * Whether a condition is met by a request, as AWS evaluates it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
import { withPlaceholders } from '../../base/placeholders.ts';
import {
  all,
  among,
  any,
  exists,
  is,
  judge,
  judgement,
  not,
  NO,
  UNKNOWABLE,
  YES,
  type Judgement,
} from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { Condition, Statement } from '../../model/policy.ts';
import { isFalse, isTrue } from '../../model/predicate.ts';
import type { Leaf, Value } from '../../model/value.ts';
import { readOperator, type Operator } from '../text/condition-operator.ts';
import {
  withVariableValues,
  fitsArn,
  fitsPattern,
  momentOf,
  numberOf,
  plain,
  textWithUnknowns,
} from '../text/condition-text.ts';
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';
import { ipRange, isInRange } from '../text/ip-range.ts';
import { hasEveryAddress, isMetByAll } from './open-value.ts';
import { hasBegun, isOver } from './time-condition.ts';

/** A request value that is known in part, such as the ARN of a role whose account is not in the document. */
export interface PartlyKnown {
  /** Its possible values, each with its scenarios. */
  readonly alternatives: readonly {
    readonly there: Judgement;
    /** Whether it matches a value of a condition; undefined if that depends on the unknown part. */
    meets(operator: Operator, listed: Leaf): boolean | undefined;
  }[];
  /** Set if the unknown part differs between requests, such as the name of a session. */
  readonly varies?: boolean;
  /** Distinguishes it from other values of its kind. */
  toJSON(): string;
}

/**
 * The facts that are known about a request: the values of condition keys by their names in lower case; null for a key
 * that the request lacks. All other keys are unknown.
 */
export type RequestContext = ReadonlyMap<string, readonly (string | PartlyKnown)[] | null>;

/**
 * A request without known facts. A condition that holds for it holds for every request; one that does not hold for it
 * holds for none.
 */
export const ANY_REQUEST: RequestContext = new Map();

/** Whether a request meets all conditions of a statement, as far as they exist. */
export function conditionsHold(statement: Statement, request = ANY_REQUEST): Judgement {
  return allHold(statement, (condition) => conditionHolds(condition, request));
}

/** Whether some request can meet all conditions of a statement. No if one of them is never met. */
export function conditionsCanHold(statement: Statement, request = ANY_REQUEST): Judgement {
  return allHold(statement, (condition) => (conditionHolds(condition, request).no.isAlways() ? NO : YES));
}

function allHold({ conditions, conditionsComplete }: Statement, holds: (condition: Condition) => Judgement): Judgement {
  if (conditions.length === 0 && conditionsComplete.yes.isAlways()) return YES;
  return not(
    among(
      any(...conditions.map((condition) => all(judgement(condition.when), not(holds(condition))))),
      conditionsComplete,
    ),
  );
}

/**
 * Whether a request meets a condition. Unknown if the operator, a value or a relevant key of the request is unknown.
 */
export function conditionHolds(condition: Condition, request: RequestContext): Judgement {
  const operator = readOperator(condition.operator);
  if (!operator) return UNKNOWABLE;
  const has = request.get(condition.key.toLowerCase());
  if (has === null) return withoutKey(operator, condition.values);
  if (has !== undefined) return withKey(operator, condition, has, request);
  // A result that is the same without the key and with any value of it does not depend on the request. Neither does the
  // time.
  const [without, withAny] = [withoutKey(operator, condition.values), withAnyValue(operator, condition)];
  const [begun, over] = [hasBegun(condition), isOver(condition)];
  return judgement({ yes: any(all(without, withAny), begun).yes, no: all(any(without, withAny), not(over)).no });
}

/** Whether a condition is met by a request that lacks the key. */
export function withoutKey(operator: Operator, values: Value): Judgement {
  if (operator.family === 'Null') return exists(itemsOf(values, true), ({ value }) => is(value, isTrue));
  return operator.holdsWithoutKey ? YES : NO;
}

/**
 * Whether a condition holds for every request that has the key. Yes or no if its value is irrelevant; unknown
 * otherwise.
 */
export function withAnyValue(operator: Operator, { key, values }: Condition): Judgement {
  if (operator.family === 'Null') return exists(itemsOf(values, true), ({ value }) => is(value, isFalse));
  const met =
    operator.family === 'IpAddress'
      ? hasEveryAddress(values)
      : exists(itemsOf(values, true), ({ value }) =>
          judge(value, (leaf) => isMetByAll(operator, key, leaf) || undefined),
        );
  return operator.negated ? not(met) : met;
}

/** Where a condition lists a pattern that matches every value of its key. Unknown values are assumed not to match. */
export function listsAnything(operator: Operator, { key, values }: Condition): Judgement {
  return exists(itemsOf(values, true), ({ value }) => judge(value, (leaf) => isMetByAll(operator, key, leaf)));
}

function withKey(
  operator: Operator,
  condition: Condition,
  has: readonly (string | PartlyKnown)[],
  request: RequestContext,
): Judgement {
  const { values } = condition;
  // A key without a value counts as missing, which is why Null can guard ForAllValues.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition_examples-multi-valued-context-keys.html
  if (operator.family === 'Null')
    return has.length === 0 ? withoutKey(operator, values) : withAnyValue(operator, condition);
  const one = (value: string | PartlyKnown): Judgement => {
    const listed =
      typeof value === 'string'
        ? exists(itemsOf(values, true), (item) => judge(item.value, (leaf) => compare(operator, value, leaf, request)))
        : any(
            ...value.alternatives.map(({ there, meets }) =>
              all(
                there,
                exists(itemsOf(values, true), (item) => judge(item.value, (leaf) => meets(operator, leaf))),
              ),
            ),
          );
    return operator.negated ? not(listed) : listed;
  };
  switch (operator.qualifier) {
    case 'ForAllValues':
      return all(...has.map(one));
    case 'ForAnyValue':
      return any(...has.map(one));
    // AWS does not document how an operator without a set operator compares several values, or none.
    default:
      return has.length === 1 ? one(has[0]!) : UNKNOWABLE;
  }
}

/** Whether a request value matches a listed value. */
function compare(operator: Operator, value: string, leaf: Leaf, request: RequestContext): boolean | undefined {
  // An unknown value can be one that no principal can send.
  if (
    leaf.state === 'unknown' &&
    operator.how === 'equals' &&
    operator.comparison === 'equals' &&
    leaf.admits?.(value) === false
  )
    return false;
  const written = textWithUnknowns(leaf);
  if (written === undefined) return undefined;
  // The operator does not support wildcards, so its wildcard characters are literal.
  const text =
    operator.how === 'like'
      ? written
      : withPlaceholders(
          written,
          ({ start, end }) => written.slice(start, end),
          (part) => part.replace(/[*?]/g, plain),
        );
  const listed = withVariableValues(text, (key) => valueIn(request, key));
  // A variable without a value matches nothing; the effect on a negated operator is not documented.
  if (listed === undefined) return operator.negated ? undefined : false;
  return comparedAs(operator, value, listed);
}

function valueIn(request: RequestContext, key: string): string | null | undefined {
  const values = request.get(key);
  const [value] = values?.length === 1 ? values : [];
  return values === null ? null : typeof value === 'string' ? value : undefined;
}

function comparedAs({ family, comparison }: Operator, value: string, listed: string): boolean | undefined {
  switch (family) {
    case 'String':
      return comparison === 'equalsIgnoreCase'
        ? fitsPattern(plain(value).toLowerCase(), listed.toLowerCase())
        : fitsPattern(plain(value), listed);
    case 'Arn':
      return fitsArn(plain(value), listed);
    case 'Binary':
      return fitsPattern(plain(value), listed);
    case 'Bool':
      return /^(?:true|false)$/i.test(listed) ? value.toLowerCase() === listed.toLowerCase() : undefined;
    case 'Numeric':
      return ordered(comparison, numberOf(value), numberOf(listed));
    case 'Date':
      return ordered(comparison, momentOf(value), momentOf(listed));
    case 'IpAddress':
      return isWithin(value, listed);
    case 'Null':
      return undefined;
  }
}

function ordered(
  comparison: Operator['comparison'],
  one: number | undefined,
  other: number | undefined,
): boolean | undefined {
  if (one === undefined || other === undefined) return undefined;
  switch (comparison) {
    case 'lessThan':
      return one < other;
    case 'lessThanEquals':
      return one <= other;
    case 'greaterThan':
      return one > other;
    case 'greaterThanEquals':
      return one >= other;
    default:
      return one === other;
  }
}

function isWithin(value: string, listed: string): boolean | undefined {
  const [address, range] = [ipRange(value), listed.includes(UNKNOWN_PIECE) ? undefined : ipRange(listed)];
  return address && range && isInRange(address, range);
}
