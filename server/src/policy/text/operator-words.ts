/** Descriptions of condition operators. */
import { readOperator, type Operator } from './condition-operator.ts';

/**
 * The comparison of an operator with the value in a request, as a clause: `equals one of the values, case-sensitive`.
 * Undefined for an unknown operator.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function operatorWords(written: string): string | undefined {
  const operator = readOperator(written);
  return operator && clauseOf(operator);
}

function clauseOf({ family, comparison, negated }: Operator): string {
  const is = negated ? 'equals none of the values' : 'equals one of the values';
  switch (family) {
    case 'String':
      if (comparison === 'like') return negated ? 'matches none of the patterns' : 'matches one of the patterns';
      return `${is}, ${comparison === 'equalsIgnoreCase' ? 'ignoring case' : 'case-sensitive'}`;
    case 'Arn':
      return negated
        ? 'is an ARN that matches none of the patterns, field by field'
        : 'is an ARN that matches one of the patterns, field by field';
    case 'Numeric':
      return `is a number ${ORDER[comparison][Number(negated)]}`;
    case 'Date':
      return `is a date ${TIMES[comparison] ?? ORDER[comparison][Number(negated)]}`;
    case 'Bool':
      return 'equals the value, true or false';
    case 'Binary':
      return 'equals the value, byte by byte';
    case 'IpAddress':
      return negated ? 'is an IP address in none of the ranges' : 'is an IP address in one of the ranges';
    case 'Null':
      return 'is missing (for the value true) or present (for false)';
  }
}

const TIMES: Readonly<Partial<Record<Operator['comparison'], string>>> = {
  lessThan: 'before the specified date',
  lessThanEquals: 'not after the specified date',
  greaterThan: 'after the specified date',
  greaterThanEquals: 'not before the specified date',
};

const ORDER: Readonly<Record<Operator['comparison'], readonly [string, string]>> = {
  equals: ['equal to one of the values', 'equal to none of the values'],
  equalsIgnoreCase: ['equal to one of the values', 'equal to none of the values'],
  like: ['equal to one of the values', 'equal to none of the values'],
  lessThan: ['less than the value', ''],
  lessThanEquals: ['at most the value', ''],
  greaterThan: ['greater than the value', ''],
  greaterThanEquals: ['at least the value', ''],
};

/** Whether an operator supports the wildcards `*` and `?` in its values. */
export function takesWildcards({ how, family }: Operator): boolean {
  return how === 'like' && (family === 'String' || family === 'Arn');
}
