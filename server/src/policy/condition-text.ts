/**
 * The texts in conditions that are no plain texts: numbers, dates, and patterns with wildcards and policy variables.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
import { placeholdersIn, withPlaceholders } from '../base/placeholders.ts';
import type { Leaf } from '../model/value.ts';
import type { OperatorFamily } from './condition-operator.ts';
import { HOLE, shapeOf } from './hole.ts';
import { ipRange } from './ip-range.ts';
import { fits } from './wildcard.ts';

/** A literal asterisk and question mark, which a policy writes as `${*}` and `${?}`. */
const PLAIN_STAR = '\uE02A';
const PLAIN_MARK = '\uE03F';

/** A text in which nothing is a wildcard. */
export function plain(text: string): string {
  return text.replaceAll('*', PLAIN_STAR).replaceAll('?', PLAIN_MARK);
}

/** A policy variable, as far as it is taken apart. */
export interface PolicyVariable {
  /** The condition key from which it takes its value, as written. */
  readonly key: string;
  /** What stands for it where the request lacks the key. */
  readonly otherwise: string | undefined;
}

/** What other tools interpolate, `${ORG_ID}` or `${AWS::Partition}`, lacks the one colon of a key. */
const KEY = /^[\w./-]+:[^:,\s]/;

/** The policy variables of a text. A literal asterisk, question mark or dollar sign is none. */
export function variablesOf(text: string): readonly PolicyVariable[] {
  return placeholdersIn(text).flatMap(({ inside }) => variableOf(inside) ?? []);
}

function variableOf(inner: string): PolicyVariable | undefined {
  const comma = inner.indexOf(',');
  const key = (comma < 0 ? inner : inner.slice(0, comma)).trim();
  if (!KEY.test(key)) return undefined;
  if (comma < 0) return { key, otherwise: undefined };
  const otherwise = /^'([^']*)'$/.exec(inner.slice(comma + 1).trim())?.[1];
  return otherwise === undefined ? undefined : { key, otherwise };
}

/** What stands in a request for a policy variable: a text, null where it lacks the key, undefined where that is not known. */
export type Lookup = (key: string) => string | null | undefined;

/**
 * A text of a condition with the values of its variables interpolated, `HOLE` for what is not known, and what is no wildcard told from what
 * is one; undefined where a variable has no value in the request and none for that case.
 */
export function filledIn(text: string, lookup: Lookup): string | undefined {
  let missing = false as boolean;
  const filled = withPlaceholders(text, ({ inside: inner }) => {
    if (inner === '*' || inner === '?' || inner === '$') return plain(inner);
    const variable = variableOf(inner);
    if (!variable) return HOLE;
    const value = lookup(variable.key.toLowerCase());
    if (value === undefined) return HOLE;
    if (value === null && variable.otherwise === undefined) missing = true;
    return plain(value ?? variable.otherwise ?? '');
  });
  return missing ? undefined : filled;
}

/** The text of a leaf, with `HOLE` for what is interpolated and not known; undefined for what is no text. */
export function textOf(leaf: Leaf): string | undefined {
  switch (leaf.state) {
    case 'known':
      return leaf.value === null ? undefined : leaf.raw;
    case 'text':
      return shapeOf(leaf);
    case 'reference':
      return HOLE;
    default:
      return undefined;
  }
}

/** Whether a plain text fits a pattern in which parts may not be known. */
export function fitsPattern(text: string, pattern: string): boolean | undefined {
  if (!pattern.includes(HOLE)) return fits(text, pattern);
  return fits(text, pattern.replaceAll(HOLE, '*')) ? undefined : false;
}

/**
 * Whether a plain ARN fits a pattern, field by field. What AWS makes of a pattern with fewer than six fields, a wildcard alone among
 * them, is not documented.
 */
export function fitsArn(arn: string, pattern: string): boolean | undefined {
  const wanted = fieldsOf(pattern);
  if (pattern.includes(HOLE) || wanted.length < 6) return fitsPattern(arn, pattern) === false ? false : undefined;
  const fields = fieldsOf(arn);
  return fields.length === 6 && wanted.every((field, index) => fits(fields[index]!, field));
}

/** The six fields of an ARN; there may be further colons in the last. */
function fieldsOf(arn: string): readonly string[] {
  const fields = arn.split(':');
  return fields.length > 6 ? [...fields.slice(0, 5), fields.slice(5).join(':')] : fields;
}

/** The number that a text is; undefined when it is none. */
export function numberOf(text: string): number | undefined {
  return /^[+-]?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Seconds since 1970, where a date is expected. Four digits are a year. */
export function isEpoch(text: string): boolean {
  return /^-?\d{5,}(?:\.\d+)?$/.test(text);
}

const ISO = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/i;

/**
 * The forms of ISO 8601 that dates of conditions can have: yes, no, or undefined for one without the time zone, which W3C requires.
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

/** The moment that a date is, in milliseconds since 1970; undefined for what is none, or one whose time zone is not known. */
export function momentOf(text: string): number | undefined {
  if (isEpoch(text)) return Number(text) * 1000;
  if (isDate(text) !== true) return undefined;
  const moment = Date.parse(text.toUpperCase().replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(moment) ? undefined : moment;
}

/** What milliseconds in the place of seconds are far behind. */
const LAST_MOMENT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** A moment as a date of ISO 8601; undefined where the year has not four digits, of which AWS's forms have no more. */
export function dateText(moment: number): string | undefined {
  return moment >= 0 && moment <= LAST_MOMENT ? new Date(moment).toISOString().replace('.000Z', 'Z') : undefined;
}

/** Whether a text is in base64. */
export function isBase64(text: string): boolean {
  return text !== '' && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

/** Whether operators of a family can find a text in a request: one for addresses an address, one for ARNs a text with all fields of an ARN. */
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

/** Whether a text has wildcards. Those of variables are none. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(withPlaceholders(text, () => ''));
}

/** Whether a pattern is met by every text: stars alone. */
export function isAnything(pattern: string): boolean {
  return /^\*+$/.test(pattern);
}
