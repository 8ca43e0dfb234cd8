/** The operators of conditions, and what each of them does. */
import { nearest } from './nearest.ts';

/** What an operator compares: the word by which its name begins. */
export type OperatorFamily = 'String' | 'Arn' | 'Numeric' | 'Date' | 'Binary' | 'Bool' | 'IpAddress' | 'Null';

/** How it compares what a request has with what is listed; `equals` where its family has no other. */
export type Comparison =
  'equals' | 'equalsIgnoreCase' | 'like' | 'lessThan' | 'lessThanEquals' | 'greaterThan' | 'greaterThanEquals';

/** What stands before an operator and a colon: how it deals with a key that has several values in a request. */
export type Qualifier = 'ForAllValues' | 'ForAnyValue';

/** How a condition compares, taken apart. */
export interface Operator {
  readonly how: 'equals' | 'like' | 'address' | 'bool' | 'null' | 'other';
  readonly family: OperatorFamily;
  readonly comparison: Comparison;
  /** Whether it holds where the value is not one of those listed. */
  readonly negated: boolean;
  readonly qualifier: Qualifier | undefined;
  /** Whether it ends in `IfExists`, so that it holds where the key is missing. */
  readonly ifExists: boolean;
  /** Whether it holds for a request that lacks the key. */
  readonly holdsWithoutKey: boolean;
  /** In the writing of AWS's documentation, without what stands before and behind it: `StringNotLike`. */
  readonly name: string;
}

type Kind = Pick<Operator, 'name' | 'family' | 'comparison' | 'negated' | 'how'>;

/**
 * The names of all operators, without what can stand before and behind them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const KINDS: readonly Kind[] = [
  kind('StringEquals', 'String', 'equals'),
  kind('StringNotEquals', 'String', 'equals', true),
  kind('StringEqualsIgnoreCase', 'String', 'equalsIgnoreCase'),
  kind('StringNotEqualsIgnoreCase', 'String', 'equalsIgnoreCase', true),
  kind('StringLike', 'String', 'like'),
  kind('StringNotLike', 'String', 'like', true),
  ...(['Numeric', 'Date'] as const).flatMap((family) => [
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
    // ArnEquals takes wildcards as ArnLike does.
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

const read = new Map<string, Operator | undefined>();

/** Documents have few operators and repeat them; what is no operator at all is not to fill the memory. */
const MOST_REMEMBERED = 500;

/**
 * Reads the operator of a condition, whose name counts in any case; undefined when there is none of that name. Without the key, a negated
 * operator holds, and so do one with `IfExists` and one with `ForAllValues`; `ForAnyValue` never does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function readOperator(written: string): Operator | undefined {
  if (read.has(written)) return read.get(written);
  if (read.size >= MOST_REMEMBERED) read.clear();
  const operator = operatorOf(written);
  read.set(written, operator);
  return operator;
}

function operatorOf(written: string): Operator | undefined {
  const [, set, name = '', exists] = PARTS.exec(written) ?? [];
  const known = BY_NAME.get(name.toLowerCase());
  if (!known) return undefined;
  const qualifier =
    set === undefined ? undefined : set.toLowerCase() === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue';
  const ifExists = exists !== undefined;
  return {
    ...known,
    qualifier,
    ifExists,
    holdsWithoutKey: qualifier !== 'ForAnyValue' && (known.negated || ifExists || qualifier === 'ForAllValues'),
  };
}

/** An operator as AWS's documentation writes it. */
export function written({ name, qualifier, ifExists }: Pick<Operator, 'name' | 'qualifier' | 'ifExists'>): string {
  return `${qualifier ? `${qualifier}:` : ''}${name}${ifExists ? 'IfExists' : ''}`;
}

/**
 * The operator of a family that compares as another one does, `ArnNotLike` for `StringNotLike`, with what stands before and behind it;
 * undefined where the family has none that does.
 */
export function counterpart(operator: Operator, family: OperatorFamily): Operator | undefined {
  const found = KINDS.find(
    (one) => one.family === family && one.comparison === operator.comparison && one.negated === operator.negated,
  );
  return found && readOperator(written({ ...operator, name: found.name }));
}

/** The operator of a family that comes nearest to another one, as `counterpart` and where nothing compares in that way by being equal. */
export function inFamily(operator: Operator, family: OperatorFamily): Operator | undefined {
  const found = counterpart(operator, family);
  return (
    found ??
    (operator.comparison === 'like' || operator.comparison === 'equalsIgnoreCase'
      ? counterpart({ ...operator, comparison: 'equals' }, family)
      : undefined)
  );
}

/** The operator that somebody most likely meant who wrote one that does not exist, with what stands before and behind it. */
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
  // Two letters make the contrary of it.
  if (known === undefined || /un(?:like|equal)/i.test(rest)) return undefined;
  const whole = `${qualifier ? `${qualifier}:` : ''}${known}${/ifexists$/i.test(known) ? '' : ifExists && 'IfExists'}`;
  // Null takes neither.
  return /^for.*:null|nullifexists$/i.test(whole) ? 'Null' : whole;
}
