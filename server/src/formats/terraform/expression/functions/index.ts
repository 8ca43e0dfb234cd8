/** The supported functions, by name. https://developer.hashicorp.com/terraform/language/functions */
import { flatMap } from '../../../../base/flat-map.ts';
import { ARN_FUNCTIONS } from './arn.ts';
import { CHOOSING_FUNCTIONS } from './choose.ts';
import { CONVERTING_FUNCTIONS } from './convert.ts';
import { ENCODING_FUNCTIONS } from './encoding.ts';
import { FORMAT_FUNCTIONS } from './format.ts';
import { withoutNulls, type TerraformFunction } from './function.ts';
import { LIST_FUNCTIONS } from './list.ts';
import { MAP_FUNCTIONS } from './map.ts';
import { NETWORK_FUNCTIONS } from './network.ts';
import { NUMBER_FUNCTIONS } from './number.ts';
import { PATTERN_FUNCTIONS } from './pattern.ts';
import { SET_FUNCTIONS } from './set.ts';
import { TEXT_FUNCTIONS } from './text.ts';

/**
 * Functions that Terraform refuses to call with null, so that `try(length(null), 0)` is 0. None of their parameters has
 * `AllowNull`. https://github.com/hashicorp/terraform/tree/main/internal/lang/funcs
 */
const NOT_OF_NULL: ReadonlySet<string> = new Set([
  'chunklist',
  'concat',
  'distinct',
  'element',
  'endswith',
  'flatten',
  'join',
  'keys',
  'length',
  'lower',
  'regex',
  'regexall',
  'replace',
  'reverse',
  'slice',
  'sort',
  'split',
  'startswith',
  'strcontains',
  'substr',
  'title',
  'trim',
  'trimprefix',
  'trimspace',
  'trimsuffix',
  'upper',
  'values',
]);

const FUNCTIONS: ReadonlyMap<string, TerraformFunction> = new Map(
  flatMap(
    [
      TEXT_FUNCTIONS,
      FORMAT_FUNCTIONS,
      PATTERN_FUNCTIONS,
      LIST_FUNCTIONS,
      SET_FUNCTIONS,
      MAP_FUNCTIONS,
      NUMBER_FUNCTIONS,
      CHOOSING_FUNCTIONS,
      CONVERTING_FUNCTIONS,
      ENCODING_FUNCTIONS,
      NETWORK_FUNCTIONS,
      ARN_FUNCTIONS,
    ],
    (functions) =>
      Object.entries(functions).map(([name, f]) => [name, NOT_OF_NULL.has(name) ? withoutNulls(f) : f] as const),
  ),
);

/** The function with a name, with or without the namespace of built-in functions; undefined if it is not supported. */
export function functionNamed(name: string): TerraformFunction | undefined {
  return FUNCTIONS.get(name.replace(/^core::/, ''));
}

/** The names of the supported functions. */
export function functionNames(): readonly string[] {
  return [...FUNCTIONS.keys()].sort();
}
