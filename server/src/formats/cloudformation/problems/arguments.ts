import type { Range } from '../../../base/span.ts';
import { resolved, type ListNode, type Node } from '../../../syntax/tree.ts';
import { callOf, longCallOf, type IntrinsicCall } from '../call.ts';
import { INTRINSICS, type ArgumentForm, type ItemForm } from '../intrinsics.ts';
import type { DefinedNames } from './names.ts';
import { REJECTED, type ReportProblem } from './report.ts';
import type { Visit } from './walk.ts';

/** Calls of functions with invalid arguments. */
export function checkArguments({ call, node, place }: Visit, names: DefinedNames, report: ReportProblem): void {
  const takes = INTRINSICS.get(call.name)?.takes;
  if (!takes || names.includes || place.attribute === 'Metadata') return;
  const argument = resolved(call.argument);
  if (!argument || isCallIn(call, argument)) {
    // Only a transform allows the result of another function as the complete argument list.
    if (argument && call.name === 'Ref' && !names.extended)
      report(nameOf(call, node), `Ref takes ${takes.words}, not a function. ${REJECTED}; write the name.`);
    return;
  }
  if (!fits(argument, takes.form, names.extended))
    report(nameOf(call, node), `${call.name} takes ${takes.words}. ${REJECTED}; correct its arguments.`);
  else if (call.name === 'Fn::Select') checkIndex(argument as ListNode, report);
}

/**
 * Indexes beyond the end of a list.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-select.html
 */
function checkIndex({ items }: ListNode, report: ReportProblem): void {
  const [index, list] = items.map(({ value }) => resolved(value));
  if (index?.kind !== 'scalar' || callOf(index) || list?.kind !== 'list' || callOf(list)) return;
  const count = list.items.length;
  // The result of a function can be several items.
  if (list.items.some(({ value }) => value.kind === 'alias' || callOf(value))) return;
  if (Number(index.value) >= count)
    report(
      items[0]!.value,
      `The list has ${count === 1 ? 'one item' : `${count} items`} and none at index ${Number(index.value)}, so CloudFormation cannot select it; correct the index, which starts at 0.`,
    );
}

/** Whether the argument of a call is the result of another call. */
function isCallIn(call: IntrinsicCall, argument: Node): boolean {
  return (call.short && argument === call.argument ? longCallOf(argument) : callOf(argument)) !== undefined;
}

/** The place of the function name. */
function nameOf(call: IntrinsicCall, node: Node): Range {
  if (call.short && node.tag) return node.tag;
  return node.kind === 'map' ? node.pairs[0]!.key : node;
}

/**
 * Whether an argument has a form. The result of another function is accepted.
 * @param extended Whether functions are supported where CloudFormation itself takes only strings.
 */
function fits(argument: Node, form: ArgumentForm, extended: boolean): boolean {
  switch (form.kind) {
    case 'scalar':
      return argument.kind === 'scalar';
    case 'attribute':
      return argument.kind === 'scalar'
        ? /^[^.]+\..+$/s.test(argument.value)
        : isListOf(argument, 2, Infinity, [isFilled, isFilled]);
    case 'substitution':
      return (
        argument.kind === 'scalar' ||
        isListOf(
          argument,
          1,
          2,
          [ITEMS.string, isVariables].map((fit) => orCall(fit, extended)),
        )
      );
    case 'list':
      return (
        isListOf(
          argument,
          form.least,
          form.most,
          (form.items ?? []).map((item) => orCall(ITEMS[item], extended)),
        ) &&
        (form.every !== 'condition' || argument.items.every(({ value }) => isCondition(value)))
      );
  }
}

type Fit = (item: Node) => boolean;

const ITEMS: Readonly<Record<ItemForm, Fit>> = {
  string: (item) => item.kind === 'scalar' && !callOf(item),
  'string or call': (item) => item.kind === 'scalar' || callOf(item) !== undefined,
  'list or call': (item) => item.kind === 'list' || callOf(item) !== undefined,
  'index or call': (item) => callOf(item) !== undefined || (item.kind === 'scalar' && /^\d+$/.test(item.value)),
};

function orCall(fit: Fit, extended: boolean): Fit {
  return (item) => fit(item) || (extended && callOf(item) !== undefined);
}

/** Whether a node is a list of some length whose first items fit. */
function isListOf(argument: Node, least: number, most: number, first: readonly Fit[]): argument is ListNode {
  return (
    argument.kind === 'list' &&
    argument.items.length >= least &&
    argument.items.length <= most &&
    first.every((fit, i) => {
      const item = resolved(argument.items[i]?.value);
      return item === undefined || fit(item);
    })
  );
}

function isCondition(item: Node): boolean {
  return resolved(item)?.kind !== 'scalar' || callOf(item) !== undefined;
}

function isFilled(item: Node): boolean {
  return callOf(item) !== undefined || (item.kind === 'scalar' && item.value !== '');
}

function isVariables(item: Node): boolean {
  return item.kind === 'map' || callOf(item) !== undefined;
}
