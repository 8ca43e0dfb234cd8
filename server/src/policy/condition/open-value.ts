/**
 * Condition values that exclude no principal: a single wildcard, a pattern that matches every value of its key (`o-*`,
 * or twelve question marks for an account), and address ranges that together cover all addresses.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { TRUE } from '../../base/guard.ts';
import { any, exists, judge, UNKNOWABLE, YES, type Judgement } from '../../model/judgement.ts';
import { itemsOf } from '../../model/navigate.ts';
import type { Leaf, Value } from '../../model/value.ts';
import type { Operator } from '../text/condition-operator.ts';
import { isAnything, textWithUnknowns, variablesOf } from '../text/condition-text.ts';
import { knownText } from './conditions.ts';
import { UNKNOWN_PIECE } from '../text/unknown-piece.ts';
import { ipRange, isEveryAddress, type IpRange } from '../text/ip-range.ts';
import { exampleValues } from './key-values.ts';
import { isOwnPartition } from '../resource/own-partition.ts';
import { fits } from '../text/wildcard.ts';
import { arnFields } from '../text/arn-fields.ts';

/**
 * Where a positive comparison lists a pattern that matches every value of its key, or address ranges that together
 * cover all addresses.
 */
export function listsEveryValue(operator: Operator, key: string, values: Value): Judgement {
  if (operator.negated) return any();
  if (operator.family === 'IpAddress') return isEveryRange(values);
  if (operator.family !== 'String' && operator.family !== 'Arn') return any();
  const items = itemsOf(values, true);
  // Values that are not known are not patterns where the operator has none.
  return exists(isExact(operator) ? { ...items, complete: TRUE } : items, ({ value }) =>
    judge(value, (leaf) => {
      const text = knownText(leaf);
      if (text !== undefined) return matchesAll(text, key, operator) !== false;
      // A pattern whose evaluation is not documented is not assumed to limit anything.
      return leaf.state === 'template' || isExact(operator) ? false : undefined;
    }),
  );
}

/** Whether an operator compares strings without patterns. */
function isExact({ family, comparison }: Operator): boolean {
  return family === 'String' && comparison !== 'like';
}

/** Whether every value of a key certainly matches a listed value, regardless of negation. */
export function isMetByAll(operator: Operator, key: string, leaf: Leaf): boolean {
  const text = textWithUnknowns(leaf);
  return text !== undefined && matchesAll(inKnownPartition(text, leaf), key, operator) === true;
}

/**
 * Replaces the partition of the deployment in an ARN pattern by a known partition. All requests are in that partition.
 */
function inKnownPartition(text: string, leaf: Leaf): string {
  const [first, second] = leaf.state === 'template' ? leaf.pieces : [];
  return first === 'arn:' && second !== undefined && typeof second !== 'string' && isOwnPartition(second)
    ? text.replace(UNKNOWN_PIECE, 'aws')
    : text;
}

/**
 * Whether a pattern matches every value of a key. Undefined for ARN patterns with fewer than six fields, whose
 * evaluation is not documented.
 */
function matchesAll(pattern: string, key: string, { family, comparison }: Operator): boolean | undefined {
  if ((family === 'String' || family === 'Arn') && isOwnVariable(pattern, key)) return true;
  if (comparison !== 'like' && family !== 'Arn') return false;
  const matches = (value: string): boolean => fits(value, pattern);
  const examples = exampleValues(key.toLowerCase(), pattern);
  const all = isAnything(pattern) || (examples.length > 0 && examples.every(matches));
  if (family !== 'Arn') return all;
  const fields = arnFields(pattern);
  if (fields.length < 6) return all || /^arn(?::\*+){1,5}$/.test(pattern) ? undefined : false;
  return (
    /^arn(?::\*+){5,}$/.test(pattern) || (examples.length > 0 && examples.every((value) => fitsFields(value, fields)))
  );
}

/** Whether a value is the policy variable of the compared key, which always equals itself. */
function isOwnVariable(text: string, key: string): boolean {
  const [variable, ...more] = variablesOf(text);
  return (
    variable !== undefined &&
    more.length === 0 &&
    /^\$\{[^{}]*\}$/.test(text) &&
    variable.key.toLowerCase() === key.toLowerCase()
  );
}

/** Whether an ARN matches an ARN pattern, field by field. */
function fitsFields(arn: string, pattern: readonly string[]): boolean {
  const fields = arnFields(arn);
  return pattern.every((field, index) => fits(fields[index] ?? '', field));
}

/** Where the address ranges of every scenario together cover all IPv4 and all IPv6 addresses; otherwise unknown. */
export function hasEveryAddress(values: Value): Judgement {
  const ranges = rangesIn(values);
  return ([32, 128] as const).every((width) => isEveryAddress(ranges.filter((range) => range.width === width)))
    ? YES
    : UNKNOWABLE;
}

function rangeOf(value: Value): IpRange | undefined {
  const text = value.state === 'known' ? knownText(value) : undefined;
  return text === undefined ? undefined : ipRange(text);
}

/** The address ranges that exist in every scenario. */
function rangesIn(values: Value): readonly IpRange[] {
  return flatMap(itemsOf(values, true).items, ({ value, when }) => (when.yes.isAlways() ? (rangeOf(value) ?? []) : []));
}

/**
 * Where the address ranges of every scenario together cover all IPv4 or all IPv6 addresses, or a single range does in
 * some scenario.
 */
export function isEveryRange(values: Value): Judgement {
  const { items, complete } = itemsOf(values, true);
  if (isEveryAddress(rangesIn(values))) return YES;
  return exists({ items, complete }, ({ value }) =>
    judge(value, (leaf) => {
      const range = rangeOf(leaf);
      return range === undefined
        ? leaf.state === 'template' || leaf.state === 'known'
          ? false
          : undefined
        : range.bits === 0;
    }),
  );
}
