import { shown } from '../model/shown.ts';
import type { Leaf, Reason, Value } from '../model/value.ts';

/** Why a value is unknown, as the predicate of a sentence. */
export const UNKNOWN_BECAUSE: Readonly<Record<Reason, string>> = {
  parameter: 'depends on a parameter without a default',
  import: 'comes from another stack',
  function: 'is the result of a function that cannot be evaluated',
  file: 'comes from a file that is not read',
  computed: 'is known only after deployment',
  transform: 'is set by a macro',
  'dynamic-reference': 'is a dynamic reference, which is resolved at deployment',
  'secret-reference': 'is read from Secrets Manager at deployment',
  sensitive: 'is secret and not shown',
  syntax: 'has a syntax error',
  unmapped: 'uses a form that is not supported',
  budget: 'exceeds the evaluation limit',
};

/** The state of a value as the predicate of a sentence: `comes from another stack`. */
export function unknownBecause(leaf: Leaf): string {
  switch (leaf.state) {
    case 'unknown':
      if (isPseudo(inputName(leaf))) return 'is known only at deployment';
      // A member of a collection that is not known, or an output of a module that is not read.
      if (leaf.why === 'computed' && leaf.byCaller) return 'depends on input that is not given here';
      return UNKNOWN_BECAUSE[leaf.why];
    case 'absent':
      return leaf.open ? 'is not set here but can be set elsewhere' : 'is not set';
    case 'reference':
      return `refers to ${shown(leaf)}`;
    case 'object':
    case 'list':
      return 'is set';
    default:
      return `is ${shown(leaf)}`;
  }
}

/** The name of the parameter or variable if an unknown value is exactly its value. */
export function inputName(leaf: Value): string | undefined {
  return leaf.state === 'unknown' ? leaf.input?.slice(leaf.input.lastIndexOf('#') + 1) : undefined;
}

/** Whether a parameter is a pseudo parameter, such as AWS::Region. */
export function isPseudo(input: string | undefined): boolean {
  return input?.startsWith('AWS::') === true;
}
