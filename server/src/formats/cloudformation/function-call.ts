import { unknown } from '../../model/navigate.ts';
import type { EditPlace, Origin, Reason, Value } from '../../model/value.ts';
import type { Node } from '../../syntax/tree.ts';
import type { IntrinsicCall } from './call.ts';
import type { Template } from './evaluate.ts';
import { refsWithin } from './refs-of.ts';

/** A function call to evaluate. */
export interface FunctionCall {
  readonly template: Template;
  readonly call: IntrinsicCall;
  readonly node: Node;
  readonly origin: Origin;
  readonly edit: EditPlace;
}

/** An unknown result of a call, with the values that it depends on. */
export function unevaluated({ template, call, origin, edit }: FunctionCall, why: Reason): Value {
  const argument = call.short
    ? template.evaluateUntagged(call.argument, edit)
    : template.evaluate(call.argument, undefined, edit);
  return unknown({ ...origin, edit: 'none' }, why, refsWithin(argument));
}
