/**
 * Strings in conditions with special formats: numbers, dates, and patterns with wildcards and policy variables.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import { flatMap } from '../../base/flat-map.ts';
import { placeholdersIn, withPlaceholders } from '../../base/placeholders.ts';
import type { Leaf } from '../../model/value.ts';
import type { OperatorFamily } from './condition-operator.ts';
import { UNKNOWN_PIECE, shapeOf } from './unknown-piece.ts';
import { ipRange } from './ip-range.ts';
import { fits } from './wildcard.ts';
import { arnFields } from './arn-fields.ts';

/** A literal asterisk and question mark, which a policy writes as `${*}` and `${?}`. */
const PLAIN_STAR = '\uE02A';
const PLAIN_MARK = '\uE03F';

/** A string without wildcards. */
export function plain(text: string): string {
  return text.replaceAll('*', PLAIN_STAR).replaceAll('?', PLAIN_MARK);
}

/** A parsed policy variable. */
export interface PolicyVariable {
  /** The condition key that provides its value, as written. */
  readonly key: string;
  /** The default value for requests without the key. */
  readonly otherwise: string | undefined;
}

/** Placeholders of other tools, `${ORG_ID}` or `${AWS::Partition}`, do not have the single colon of a key. */
const KEY = /^[\w./-]+:[^:,\s]/;

/** The policy variables of a string. A literal asterisk, question mark or dollar sign is not a variable. */
export function variablesOf(text: string): readonly PolicyVariable[] {
  return flatMap(placeholdersIn(text), ({ inside }) => variableOf(inside) ?? []);
}

function variableOf(inner: string): PolicyVariable | undefined {
  const comma = inner.indexOf(',');
  const key = (comma < 0 ? inner : inner.slice(0, comma)).trim();
  if (!KEY.test(key)) return undefined;
  if (comma < 0) return { key, otherwise: undefined };
  const otherwise = /^'([^']*)'$/.exec(inner.slice(comma + 1).trim())?.[1];
  return otherwise === undefined ? undefined : { key, otherwise };
}

/** The value of a policy variable in a request: a string, null if the request lacks the key, undefined if unknown. */
export type VariableLookup = (key: string) => string | null | undefined;

/**
 * A condition string with the values of its variables interpolated, `UNKNOWN_PIECE` for unknown values, and literal
 * characters distinguished from wildcards. Undefined if a variable has neither a value in the request nor a default.
 */
export function withVariableValues(text: string, lookup: VariableLookup): string | undefined {
  let missing = false as boolean;
  const filled = withPlaceholders(text, ({ inside: inner }) => {
    if (inner === '*' || inner === '?' || inner === '$') return plain(inner);
    const variable = variableOf(inner);
    if (!variable) return UNKNOWN_PIECE;
    const value = lookup(variable.key.toLowerCase());
    if (value === undefined) return UNKNOWN_PIECE;
    if (value === null && variable.otherwise === undefined) missing = true;
    return plain(value ?? variable.otherwise ?? '');
  });
  return missing ? undefined : filled;
}

/** The string of a leaf, with `UNKNOWN_PIECE` for unknown interpolated values; undefined for other values. */
export function textWithUnknowns(leaf: Leaf): string | undefined {
  switch (leaf.state) {
    case 'known':
      return leaf.value === null ? undefined : leaf.raw;
    case 'template':
      return shapeOf(leaf);
    case 'reference':
      return UNKNOWN_PIECE;
    default:
      return undefined;
  }
}

/** Whether a plain string matches a pattern with possibly unknown parts. */
export function fitsPattern(text: string, pattern: string): boolean | undefined {
  if (!pattern.includes(UNKNOWN_PIECE)) return fits(text, pattern);
  return fits(text, pattern.replaceAll(UNKNOWN_PIECE, '*')) ? undefined : false;
}

/**
 * Whether a plain ARN matches a pattern, field by field. How AWS evaluates a pattern with fewer than six fields,
 * including a wildcard alone, is not documented.
 */
export function fitsArn(arn: string, pattern: string): boolean | undefined {
  const wanted = arnFields(pattern);
  if (pattern.includes(UNKNOWN_PIECE) || wanted.length < 6)
    return fitsPattern(arn, pattern) === false ? false : undefined;
  const fields = arnFields(arn);
  return fields.length === 6 && wanted.every((field, index) => fits(fields[index]!, field));
}

/** The number in a string; undefined if it is not a number. */
export function numberOf(text: string): number | undefined {
  return /^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Whether a string is seconds since 1970, where a date is expected. Four digits are a year. */
export function isEpoch(text: string): boolean {
  return /^-?\d{5,}(?:\.\d+)?$/.test(text);
}

const ISO = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/i;

/**
 * Whether a string is an ISO 8601 date as conditions support it: yes, no, or undefined without the time zone, which W3C
 * requires.
 * https://www.w3.org/TR/NOTE-datetime
 */
export function isDate(text: string): boolean | undefined {
  const match = ISO.exec(text);
  if (!match) return false;
  const [, year = '', month = '01', day = '01', hour, minute = '00', second = '00', zone] = match;
  const fitting =
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= daysIn(Number(year), Number(month)) &&
    Number(hour ?? 0) <= 24 &&
    Number(minute) < 60 &&
    Number(second) <= 60;
  return fitting && hour !== undefined && zone === undefined ? undefined : fitting;
}

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The time of a date, in milliseconds since 1970; undefined for an invalid date or an unknown time zone. */
export function momentOf(text: string): number | undefined {
  if (isEpoch(text)) return Number(text) * 1000;
  if (isDate(text) !== true) return undefined;
  const moment = Date.parse(text.toUpperCase().replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(moment) ? undefined : moment;
}

/** Dates after this are milliseconds in place of seconds. */
const LAST_MOMENT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** A time as an ISO 8601 date; undefined if the year does not have four digits. */
export function dateText(moment: number): string | undefined {
  return moment >= 0 && moment <= LAST_MOMENT ? new Date(moment).toISOString().replace('.000Z', 'Z') : undefined;
}

/** Whether a string is base64. */
export function isBase64(text: string): boolean {
  return text !== '' && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

/**
 * Whether operators of a family can match a string: an address for IP address operators, a string with all fields of an
 * ARN for ARN operators.
 */
export function canCompare(family: OperatorFamily, text: string): boolean {
  switch (family) {
    case 'Arn':
      return text.split(':').length >= 6;
    case 'Numeric':
      return numberOf(text) !== undefined;
    case 'Date':
      return momentOf(text) !== undefined;
    case 'Bool':
    case 'Null':
      return /^(?:true|false)$/i.test(text);
    case 'IpAddress':
      return ipRange(text) !== undefined;
    case 'Binary':
      return isBase64(text);
    case 'String':
      return true;
  }
}

/** Whether a string has wildcards. Policy variables contain none. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(withPlaceholders(text, () => ''));
}

/** Whether a pattern consists of wildcards that match every string. */
export function isAnything(pattern: string): boolean {
  return /^\*+$/.test(pattern);
}
