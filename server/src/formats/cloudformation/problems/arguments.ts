import type { Range } from '../../../base/span.ts';
import { resolved, type ListNode, type Node } from '../../../syntax/tree.ts';
import { callOf, longCallOf, type Call } from '../call.ts';
import type { Names } from './names.ts';
import { REJECTED, type Report } from './report.ts';
import type { Visit } from './walk.ts';

/** What a function takes, and whether arguments are that. What another function gives is taken for right. */
interface Signature {
  readonly takes: string;
  /** `extended` is whether functions may be where CloudFormation itself takes texts alone. */
  readonly fits: (argument: Node, extended: boolean) => boolean;
}

/**
 * What functions take, as far as CloudFormation refuses anything else.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
const SIGNATURES: ReadonlyMap<string, Signature> = new Map(
  Object.entries({
    Ref: { takes: 'the name of a parameter or resource', fits: isScalar },
    'Fn::Base64': { takes: 'a string', fits: isScalar },
    'Fn::And': { takes: 'a list of 2 to 10 conditions', fits: conditions(2, 10) },
    'Fn::Or': { takes: 'a list of 2 to 10 conditions', fits: conditions(2, 10) },
    'Fn::Not': { takes: 'a list of one condition', fits: conditions(1, 1) },
    'Fn::Equals': { takes: 'a list of the two values to compare', fits: listOf(2, 2) },
    'Fn::If': {
      takes: 'a list of three: a condition name, the value if true, and the value if false',
      fits: listOf(3, 3, isText),
    },
    'Fn::Join': { takes: 'a list of two: a delimiter and the list to join', fits: listOf(2, 2, isText, isListOrCall) },
    'Fn::Split': {
      takes: 'a list of two: a delimiter and the string to split',
      fits: listOf(2, 2, isText, isTextOrCall),
    },
    'Fn::Select': {
      takes: 'a list of two: an index counted from 0 and the list to select from',
      fits: listOf(2, 2, isIndexOrCall, isListOrCall),
    },
    'Fn::Cidr': {
      takes: 'a list of two or three: a CIDR block, a count, and the number of subnet bits',
      fits: listOf(2, 3),
    },
    'Fn::FindInMap': {
      takes: 'a list of three: a mapping name, a top-level key, and a second-level key',
      fits: listOf(3, 4),
    },
    'Fn::GetAtt': { takes: 'the name of a resource and of an attribute', fits: isAttribute },
    'Fn::Sub': { takes: 'a string, or a list of a string and a map of variables', fits: isSubstitution },
  } satisfies Record<string, Signature>),
);

/** Calls of functions with arguments that they do not take. */
export function checkArguments({ call, node, place }: Visit, names: Names, report: Report): void {
  const signature = SIGNATURES.get(call.name);
  if (!signature || names.includes || place.attribute === 'Metadata') return;
  const argument = resolved(call.argument);
  if (!argument || isCallIn(call, argument)) {
    // Only a transform lets a function have all its arguments from another one.
    if (argument && call.name === 'Ref' && !names.extended)
      report(nameOf(call, node), `Ref takes ${signature.takes}, not a function. ${REJECTED}; write the name.`);
    return;
  }
  if (!signature.fits(argument, names.extended))
    report(nameOf(call, node), `${call.name} takes ${signature.takes}. ${REJECTED}; correct its arguments.`);
  else if (call.name === 'Fn::Select') checkIndex(argument as ListNode, report);
}

/**
 * An index that a list has not.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-select.html
 */
function checkIndex({ items }: ListNode, report: Report): void {
  const [index, list] = items.map(({ value }) => resolved(value));
  if (index?.kind !== 'scalar' || callOf(index) || list?.kind !== 'list' || callOf(list)) return;
  const count = list.items.length;
  // What a function gives may be more than one thing.
  if (list.items.some(({ value }) => value.kind === 'alias' || callOf(value))) return;
  if (Number(index.value) >= count)
    report(
      items[0]!.value,
      `The list has ${count === 1 ? 'one item' : `${count} items`} and none at index ${Number(index.value)}, so CloudFormation cannot select it; correct the index, which starts at 0.`,
    );
}

/** Whether the arguments of a call are what another call gives. */
function isCallIn(call: Call, argument: Node): boolean {
  return (call.short && argument === call.argument ? longCallOf(argument) : callOf(argument)) !== undefined;
}

/** Where the name of the function is written. */
function nameOf(call: Call, node: Node): Range {
  if (call.short && node.tag) return node.tag;
  return node.kind === 'map' ? node.pairs[0]!.key : node;
}

/** A list whose first items are what they have to be. */
function listOf(least: number, most: number, ...each: readonly ((item: Node) => boolean)[]): Signature['fits'] {
  return (argument, extended) =>
    argument.kind === 'list' &&
    argument.items.length >= least &&
    argument.items.length <= most &&
    each.every((fits, i) => {
      const item = resolved(argument.items[i]?.value);
      return item === undefined || fits(item) || (extended && callOf(item) !== undefined);
    });
}

function conditions(least: number, most: number): Signature['fits'] {
  const isList = listOf(least, most);
  return (argument, extended) =>
    isList(argument, extended) &&
    (argument as ListNode).items.every(
      ({ value }) => resolved(value)?.kind !== 'scalar' || callOf(value) !== undefined,
    );
}

function isScalar(argument: Node): boolean {
  return argument.kind === 'scalar';
}

function isText(item: Node): boolean {
  return item.kind === 'scalar' && !callOf(item);
}

function isTextOrCall(item: Node): boolean {
  return item.kind === 'scalar' || callOf(item) !== undefined;
}

function isListOrCall(item: Node): boolean {
  return item.kind === 'list' || callOf(item) !== undefined;
}

function isIndexOrCall(item: Node): boolean {
  return callOf(item) !== undefined || (item.kind === 'scalar' && /^\d+$/.test(item.value));
}

function isAttribute(argument: Node): boolean {
  if (argument.kind === 'scalar') return /^[^.]+\..+$/s.test(argument.value);
  const isThere = (item: Node): boolean => callOf(item) !== undefined || (item.kind === 'scalar' && item.value !== '');
  return listOf(2, Infinity, isThere, isThere)(argument, false);
}

function isSubstitution(argument: Node, extended: boolean): boolean {
  const isVariables = (item: Node): boolean => item.kind === 'map' || callOf(item) !== undefined;
  return isScalar(argument) || listOf(1, 2, isText, isVariables)(argument, extended);
}
