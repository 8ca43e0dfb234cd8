/** How a condition compares, taken apart. */
export interface Operator {
  readonly how: 'equals' | 'like' | 'address' | 'bool' | 'null' | 'other';
  /** Whether it holds where the value is not one of those listed. */
  readonly negated: boolean;
  /** Whether it holds for a request that lacks the key. */
  readonly holdsWithoutKey: boolean;
}

const OPERATOR = /^(?:(forallvalues|foranyvalue):)?(string|arn|numeric|date|binary|bool|null|ipaddress|notipaddress)(not)?(equals|equalsignorecase|like|lessthan|lessthanequals|greaterthan|greaterthanequals)?(ifexists)?$/i;

/**
 * Reads the operator of a condition; undefined when there is none of that name. Without the key, a negated operator holds, and so do one
 * with `IfExists` and one with `ForAllValues`; `ForAnyValue` never does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function readOperator(written: string): Operator | undefined {
  const match = OPERATOR.exec(written);
  if (!match) return undefined;
  const [, set = '', family = '', not = '', comparison = '', ifExists = ''] = match.map((part) => part?.toLowerCase());
  const negated = not !== '' || family === 'notipaddress';
  return { how: howOf(family, comparison), negated, holdsWithoutKey: set !== 'foranyvalue' && (negated || ifExists !== '' || set === 'forallvalues') };
}

function howOf(family: string, comparison: string): Operator['how'] {
  switch (family) {
    case 'ipaddress': case 'notipaddress': return 'address';
    case 'bool': return 'bool';
    case 'null': return 'null';
    // ArnEquals takes wildcards as ArnLike does.
    case 'arn': return 'like';
    case 'string': return comparison === 'like' ? 'like' : comparison.startsWith('equals') ? 'equals' : 'other';
    default: return 'other';
  }
}
