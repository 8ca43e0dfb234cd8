/**
 * The intrinsic functions of CloudFormation. `functions.ts` and `conditions.ts` have an evaluator for each evaluated
 * function; `problems/arguments.ts` checks the arguments.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
import type { Reason } from '../../model/value.ts';

/** The result of a function: a value, or the truth of a condition or of an assertion in `Rules`. */
export type Evaluation = 'value' | 'condition';

export interface Intrinsic {
  /** Its page in the AWS CloudFormation template reference. */
  readonly page: string;
  /** The name of its YAML tag, without the exclamation mark. */
  readonly short: string;
  /** How it is evaluated, or why its value is unknown. */
  readonly evaluation: Evaluation | { readonly unknown: Reason };
  /** Its arguments, if CloudFormation rejects others. */
  readonly takes?: Arguments;
  /** Whether its arguments are names, not values. */
  readonly named?: true;
  /** The only section that supports it. */
  readonly within?: 'Rules';
}

export interface Arguments {
  /** In words, for messages: "Fn::If takes …". */
  readonly words: string;
  readonly form: ArgumentForm;
}

/** The form of the arguments of a function. */
export type ArgumentForm =
  | { readonly kind: 'scalar' | 'attribute' }
  /** A list with this many items. Its first items have these forms, the others any. */
  | {
      readonly kind: 'list';
      readonly least: number;
      readonly most: number;
      readonly items?: readonly ItemForm[];
      /** The form of all items. */
      readonly every?: 'condition';
    }
  /** A string, or a list of a string and its variables. */
  | { readonly kind: 'substitution' };

/** The form of an argument in a list. Only `string` excludes calls of functions. */
export type ItemForm = 'string' | 'string or call' | 'list or call' | 'index or call';

const TABLE = {
  Ref: {
    page: 'intrinsic-function-reference-ref',
    short: 'Ref',
    evaluation: 'value',
    takes: { words: 'the name of a parameter or resource', form: { kind: 'scalar' } },
    named: true,
  },
  Condition: {
    page: 'intrinsic-function-reference-conditions',
    short: 'Condition',
    evaluation: 'condition',
    named: true,
  },
  'Fn::And': {
    page: 'intrinsic-function-reference-conditions',
    short: 'And',
    evaluation: 'condition',
    takes: { words: 'a list of 2 to 10 conditions', form: { kind: 'list', least: 2, most: 10, every: 'condition' } },
  },
  'Fn::Base64': {
    page: 'intrinsic-function-reference-base64',
    short: 'Base64',
    evaluation: 'value',
    takes: { words: 'a string', form: { kind: 'scalar' } },
  },
  'Fn::Cidr': {
    page: 'intrinsic-function-reference-cidr',
    short: 'Cidr',
    evaluation: 'value',
    takes: {
      words: 'a list of two or three: a CIDR block, a count, and the number of subnet bits',
      form: { kind: 'list', least: 2, most: 3 },
    },
  },
  'Fn::Contains': {
    page: 'intrinsic-function-reference-rules',
    short: 'Contains',
    evaluation: 'condition',
    within: 'Rules',
  },
  'Fn::EachMemberEquals': {
    page: 'intrinsic-function-reference-rules',
    short: 'EachMemberEquals',
    evaluation: 'condition',
    within: 'Rules',
  },
  'Fn::EachMemberIn': {
    page: 'intrinsic-function-reference-rules',
    short: 'EachMemberIn',
    evaluation: 'condition',
    within: 'Rules',
  },
  'Fn::Equals': {
    page: 'intrinsic-function-reference-conditions',
    short: 'Equals',
    evaluation: 'condition',
    takes: { words: 'a list of the two values to compare', form: { kind: 'list', least: 2, most: 2 } },
  },
  'Fn::FindInMap': {
    page: 'intrinsic-function-reference-findinmap',
    short: 'FindInMap',
    evaluation: 'value',
    takes: {
      words: 'a list of three: a mapping name, a top-level key, and a second-level key',
      form: { kind: 'list', least: 3, most: 4 },
    },
  },
  'Fn::GetAtt': {
    page: 'intrinsic-function-reference-getatt',
    short: 'GetAtt',
    evaluation: 'value',
    takes: { words: 'the name of a resource and of an attribute', form: { kind: 'attribute' } },
    named: true,
  },
  'Fn::GetAZs': {
    page: 'intrinsic-function-reference-getavailabilityzones',
    short: 'GetAZs',
    evaluation: { unknown: 'computed' },
  },
  'Fn::GetStackOutput': {
    page: 'intrinsic-function-reference-getstackoutput',
    short: 'GetStackOutput',
    evaluation: { unknown: 'import' },
  },
  'Fn::If': {
    page: 'intrinsic-function-reference-conditions',
    short: 'If',
    evaluation: 'value',
    takes: {
      words: 'a list of three: a condition name, the value if true, and the value if false',
      form: { kind: 'list', least: 3, most: 3, items: ['string'] },
    },
  },
  'Fn::ImportValue': {
    page: 'intrinsic-function-reference-importvalue',
    short: 'ImportValue',
    evaluation: { unknown: 'import' },
  },
  'Fn::Join': {
    page: 'intrinsic-function-reference-join',
    short: 'Join',
    evaluation: 'value',
    takes: {
      words: 'a list of two: a delimiter and the list to join',
      form: { kind: 'list', least: 2, most: 2, items: ['string', 'list or call'] },
    },
  },
  'Fn::Length': { page: 'intrinsic-function-reference-length', short: 'Length', evaluation: 'value' },
  'Fn::Not': {
    page: 'intrinsic-function-reference-conditions',
    short: 'Not',
    evaluation: 'condition',
    takes: { words: 'a list of one condition', form: { kind: 'list', least: 1, most: 1, every: 'condition' } },
  },
  'Fn::Or': {
    page: 'intrinsic-function-reference-conditions',
    short: 'Or',
    evaluation: 'condition',
    takes: { words: 'a list of 2 to 10 conditions', form: { kind: 'list', least: 2, most: 10, every: 'condition' } },
  },
  'Fn::RefAll': {
    page: 'intrinsic-function-reference-rules',
    short: 'RefAll',
    evaluation: { unknown: 'function' },
    within: 'Rules',
  },
  'Fn::Select': {
    page: 'intrinsic-function-reference-select',
    short: 'Select',
    evaluation: 'value',
    takes: {
      words: 'a list of two: an index counted from 0 and the list to select from',
      form: { kind: 'list', least: 2, most: 2, items: ['index or call', 'list or call'] },
    },
  },
  'Fn::Split': {
    page: 'intrinsic-function-reference-split',
    short: 'Split',
    evaluation: 'value',
    takes: {
      words: 'a list of two: a delimiter and the string to split',
      form: { kind: 'list', least: 2, most: 2, items: ['string', 'string or call'] },
    },
  },
  'Fn::Sub': {
    page: 'intrinsic-function-reference-sub',
    short: 'Sub',
    evaluation: 'value',
    takes: { words: 'a string, or a list of a string and a map of variables', form: { kind: 'substitution' } },
  },
  'Fn::ToJsonString': { page: 'intrinsic-function-reference-ToJsonString', short: 'ToJsonString', evaluation: 'value' },
  'Fn::Transform': {
    page: 'intrinsic-function-reference-transform',
    short: 'Transform',
    evaluation: { unknown: 'transform' },
  },
  'Fn::ValueOf': {
    page: 'intrinsic-function-reference-rules',
    short: 'ValueOf',
    evaluation: { unknown: 'function' },
    within: 'Rules',
  },
  'Fn::ValueOfAll': {
    page: 'intrinsic-function-reference-rules',
    short: 'ValueOfAll',
    evaluation: { unknown: 'function' },
    within: 'Rules',
  },
} as const satisfies Readonly<Record<string, Intrinsic>>;

type Names<Wanted extends Evaluation> = {
  [Name in keyof typeof TABLE]: (typeof TABLE)[Name]['evaluation'] extends Wanted ? Name : never;
}[keyof typeof TABLE];

/** The functions that are evaluated to values. Each has an evaluator in `functions.ts`. */
export type ValueIntrinsic = Names<'value'>;

/** The functions that are evaluated to truths. Each has an evaluator in `conditions.ts`. */
export type ConditionIntrinsic = Names<'condition'>;

/** The functions by full name. `Fn::ForEach::…` is not a function, but a loop (`loop.ts`). */
export const INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>(Object.entries(TABLE));

/** The full names by short form. */
const FULL_NAMES: ReadonlyMap<string, string> = new Map([...INTRINSICS].map(([name, { short }]) => [short, name]));

/** The full name of the function of a YAML tag, without its exclamation mark; undefined for tags of other tools. */
export function fullName(short: string): string | undefined {
  return FULL_NAMES.get(short);
}

/** Why the value of a function is unknown; undefined if it is evaluated or no function of CloudFormation. */
export function whyUnknown(name: string): Reason | undefined {
  const evaluation = INTRINSICS.get(name)?.evaluation;
  return typeof evaluation === 'object' ? evaluation.unknown : undefined;
}

/** The name of a function if it is evaluated to a truth. */
export function conditionIntrinsic(name: string): ConditionIntrinsic | undefined {
  return INTRINSICS.get(name)?.evaluation === 'condition' ? (name as ConditionIntrinsic) : undefined;
}
