/** Condition operators and their effects. */
import { flatMap } from '../../base/flat-map.ts';
import { memoizeParts } from '../../base/memoize.ts';
import { nearest } from './nearest.ts';

/** The value type that an operator compares: the first word of its name. */
export type OperatorFamily = 'String' | 'Arn' | 'Numeric' | 'Date' | 'Binary' | 'Bool' | 'IpAddress' | 'Null';

/** The kind of comparison; `equals` if its family has only one. */
export type Comparison =
  | 'equals'
  | 'equalsIgnoreCase'
  | 'like'
  | 'lessThan'
  | 'lessThanEquals'
  | 'greaterThan'
  | 'greaterThanEquals';

/** The set operator before the colon: how it compares several values of a key in a request. */
export type Qualifier = 'ForAllValues' | 'ForAnyValue';

/** A parsed condition operator. */
export interface Operator {
  readonly how: 'equals' | 'like' | 'address' | 'bool' | 'null' | 'other';
  readonly family: OperatorFamily;
  readonly comparison: Comparison;
  /** Whether it matches values that are not listed. */
  readonly negated: boolean;
  readonly qualifier: Qualifier | undefined;
  /** Whether it ends in `IfExists`, so that it matches requests without the key. */
  readonly ifExists: boolean;
  /** Whether it matches a request that lacks the key. */
  readonly holdsWithoutKey: boolean;
  /** In AWS's spelling, without set operator and `IfExists`: `StringNotLike`. */
  readonly name: string;
}

type Kind = Pick<Operator, 'name' | 'family' | 'comparison' | 'negated' | 'how'>;

/**
 * The names of all operators, without set operators and `IfExists`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const KINDS: readonly Kind[] = [
  kind('StringEquals', 'String', 'equals'),
  kind('StringNotEquals', 'String', 'equals', true),
  kind('StringEqualsIgnoreCase', 'String', 'equalsIgnoreCase'),
  kind('StringNotEqualsIgnoreCase', 'String', 'equalsIgnoreCase', true),
  kind('StringLike', 'String', 'like'),
  kind('StringNotLike', 'String', 'like', true),
  ...flatMap(['Numeric', 'Date'] as const, (family) => [
    kind(`${family}Equals`, family, 'equals'),
    kind(`${family}NotEquals`, family, 'equals', true),
    kind(`${family}LessThan`, family, 'lessThan'),
    kind(`${family}LessThanEquals`, family, 'lessThanEquals'),
    kind(`${family}GreaterThan`, family, 'greaterThan'),
    kind(`${family}GreaterThanEquals`, family, 'greaterThanEquals'),
  ]),
  kind('Bool', 'Bool', 'equals'),
  kind('BinaryEquals', 'Binary', 'equals'),
  kind('IpAddress', 'IpAddress', 'equals'),
  kind('NotIpAddress', 'IpAddress', 'equals', true),
  kind('ArnEquals', 'Arn', 'equals'),
  kind('ArnNotEquals', 'Arn', 'equals', true),
  kind('ArnLike', 'Arn', 'like'),
  kind('ArnNotLike', 'Arn', 'like', true),
  kind('Null', 'Null', 'equals'),
];

function kind(name: string, family: OperatorFamily, comparison: Comparison, negated = false): Kind {
  return { name, family, comparison, negated, how: howOf(family, comparison) };
}

function howOf(family: OperatorFamily, comparison: Comparison): Operator['how'] {
  switch (family) {
    case 'IpAddress':
      return 'address';
    case 'Bool':
      return 'bool';
    case 'Null':
      return 'null';
    // ArnEquals supports wildcards like ArnLike.
    case 'Arn':
      return 'like';
    case 'String':
      return comparison === 'like' ? 'like' : 'equals';
    default:
      return 'other';
  }
}

/** The names of all operators, in the order of AWS's documentation. */
export const OPERATOR_NAMES: readonly string[] = KINDS.map(({ name }) => name);

const BY_NAME: ReadonlyMap<string, Kind> = new Map(KINDS.map((one) => [one.name.toLowerCase(), one]));

const PARTS = /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/is;

/** The length of all memoized operators. Documents use few, repeatedly, and many invalid ones do not stay. */
const MAX_MEMOIZED_LENGTH = 20_000;

/**
 * Parses the operator of a condition, case-insensitively; undefined for an unknown one. A negated operator, one with
 * `IfExists` and one with `ForAllValues` match requests without the key; `ForAnyValue` never does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export const readOperator = memoizeParts(operatorOf, MAX_MEMOIZED_LENGTH);

function operatorOf(written: string): Operator | undefined {
  const [, set, name = '', when] = PARTS.exec(written) ?? [];
  const known = BY_NAME.get(name.toLowerCase());
  if (!known) return undefined;
  const qualifier =
    set === undefined ? undefined : set.toLowerCase() === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue';
  const ifExists = when !== undefined;
  return {
    ...known,
    qualifier,
    ifExists,
    holdsWithoutKey: qualifier !== 'ForAnyValue' && (known.negated || ifExists || qualifier === 'ForAllValues'),
  };
}

/** An operator in AWS's spelling. */
export function written({ name, qualifier, ifExists }: Pick<Operator, 'name' | 'qualifier' | 'ifExists'>): string {
  return `${qualifier ? `${qualifier}:` : ''}${name}${ifExists ? 'IfExists' : ''}`;
}

/**
 * The equivalent operator of another family, such as `ArnNotLike` for `StringNotLike`, with set operator and
 * `IfExists`; undefined if the family has none.
 */
export function counterpart(operator: Operator, family: OperatorFamily): Operator | undefined {
  const found = KINDS.find(
    (one) => one.family === family && one.comparison === operator.comparison && one.negated === operator.negated,
  );
  return found && readOperator(written({ ...operator, name: found.name }));
}

/** The closest operator of another family: the counterpart, otherwise the one that compares for equality. */
export function inFamily(operator: Operator, family: OperatorFamily): Operator | undefined {
  const found = counterpart(operator, family);
  return (
    found ??
    (operator.comparison === 'like' || operator.comparison === 'equalsIgnoreCase'
      ? counterpart({ ...operator, comparison: 'equals' }, family)
      : undefined)
  );
}

/** The likely intended operator of an unknown one, with set operator and `IfExists`. */
export function nearestOperator(name: string): string | undefined {
  const [, before = '', rest = '', ifExists = ''] = /^(?:([^:]*):)?(.*?)(ifexists)?$/is.exec(name) ?? [];
  const qualifier = before === '' ? undefined : nearest(before, ['ForAllValues', 'ForAnyValue']);
  if (before !== '' && qualifier === undefined) return undefined;
  const known =
    BY_NAME.get(rest.toLowerCase())?.name ??
    nearest(
      rest,
      KINDS.map((one) => one.name),
    ) ??
    nearest(
      `${rest}${ifExists}`,
      KINDS.map((one) => `${one.name}IfExists`),
    );
  // A difference of two letters would also match the opposite operator.
  if (known === undefined || /un(?:like|equal)/i.test(rest)) return undefined;
  const whole = `${qualifier ? `${qualifier}:` : ''}${known}${/ifexists$/i.test(known) ? '' : ifExists && 'IfExists'}`;
  // Null supports neither.
  return /^for.*:null|nullifexists$/i.test(whole) ? 'Null' : whole;
}
