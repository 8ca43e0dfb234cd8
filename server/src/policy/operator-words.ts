/** What operators of conditions do, in words. */
import { readOperator, type Operator } from './condition-operator.ts';

/**
 * What an operator asks of the value in a request, as a clause: `is one of the values, in the same case`. Undefined when there is no such operator.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function operatorWords(written: string): string | undefined {
  const operator = readOperator(written);
  return operator && clauseOf(operator);
}

function clauseOf({ family, comparison, negated }: Operator): string {
  const is = negated ? 'is none of the values' : 'is one of the values';
  switch (family) {
    case 'String':
      if (comparison === 'like') return negated ? 'fits none of the patterns' : 'fits one of the patterns';
      return `${is}, ${comparison === 'equalsIgnoreCase' ? 'in whatever case' : 'in the same case'}`;
    case 'Arn':
      return negated
        ? 'is an ARN that fits none of the patterns, part by part'
        : 'is an ARN that fits one of the patterns, part by part';
    case 'Numeric':
      return `is a number ${ORDER[comparison][Number(negated)]}`;
    case 'Date':
      return `is a time ${TIMES[comparison] ?? ORDER[comparison][Number(negated)]}`;
    case 'Bool':
      return 'is true, or false, as the value says';
    case 'Binary':
      return 'is the value, byte by byte';
    case 'IpAddress':
      return negated ? 'is an address in none of the ranges' : 'is an address in one of the ranges';
    case 'Null':
      return 'is missing where the value is true, and there where it is false';
  }
}

const TIMES: Readonly<Partial<Record<Operator['comparison'], string>>> = {
  lessThan: 'before the one given',
  lessThanEquals: 'not after the one given',
  greaterThan: 'after the one given',
  greaterThanEquals: 'not before the one given',
};

const ORDER: Readonly<Record<Operator['comparison'], readonly [string, string]>> = {
  equals: ['equal to one of the values', 'equal to none of the values'],
  equalsIgnoreCase: ['equal to one of the values', 'equal to none of the values'],
  like: ['equal to one of the values', 'equal to none of the values'],
  lessThan: ['less than the one given', ''],
  lessThanEquals: ['not more than the one given', ''],
  greaterThan: ['more than the one given', ''],
  greaterThanEquals: ['not less than the one given', ''],
};

/** Whether a star and a question mark stand for other characters in the values of an operator. */
export function takesWildcards({ how, family }: Operator): boolean {
  return how === 'like' && (family === 'String' || family === 'Arn');
}
