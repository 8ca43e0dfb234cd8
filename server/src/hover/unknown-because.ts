import { shown } from '../model/shown.ts';
import type { Leaf, Reason, Value } from '../model/value.ts';

/** Why a value is not known, as the rest of a sentence about it. */
export const UNKNOWN_BECAUSE: Readonly<Record<Reason, string>> = {
  parameter: 'depends on a parameter without a default',
  import: 'comes from another stack',
  function: 'is the result of a function that cannot be evaluated here',
  file: 'comes from a file that is not read',
  computed: 'is known after deployment only',
  transform: 'is set by a macro',
  'dynamic-reference': 'is a dynamic reference, which is looked up at deployment',
  sensitive: 'is secret, so it is not shown',
  syntax: 'cannot be read yet',
  unmapped: 'is written in a way that is not known here',
  budget: 'depends on more than is evaluated here',
};

/** What is known of a value that is not known, as the rest of a sentence about it: `comes from another stack`. */
export function unknownBecause(leaf: Leaf): string {
  switch (leaf.state) {
    case 'unknown':
      return isPseudo(inputName(leaf)) ? 'is known at deployment only' : UNKNOWN_BECAUSE[leaf.why];
    case 'absent':
      return leaf.open ? 'is not set here and may be set elsewhere' : 'is not set';
    case 'reference':
      return `refers to ${shown(leaf)}`;
    case 'object':
    case 'list':
      return 'is set';
    default:
      return `is ${shown(leaf)}`;
  }
}

/** The name of the parameter or variable that an unknown value is the whole value of. */
export function inputName(leaf: Value): string | undefined {
  return leaf.state === 'unknown' ? leaf.input?.slice(leaf.input.lastIndexOf('#') + 1) : undefined;
}

/** Whether a parameter is one that CloudFormation gives, such as AWS::Region. */
export function isPseudo(input: string | undefined): boolean {
  return input?.startsWith('AWS::') === true;
}
