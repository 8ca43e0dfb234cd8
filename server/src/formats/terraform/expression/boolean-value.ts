/** The value of `!`, `&&`, `||` and comparisons. */
import { flatMap } from '../../../base/flat-map.ts';
import { bothTruths, eitherTruth, notTruth, type Guard, type Truth } from '../../../base/guard.ts';
import { choice, leaves, unknown } from '../../../model/navigate.ts';
import type { Origin, Value } from '../../../model/value.ts';
import type { Expression } from './ast.ts';
import { evaluateIn, type EvaluationContext } from './context.ts';
import { terraformBoolean } from './conversions.ts';
import { computedFrom, scalar, withStep } from './origin.ts';
import { addressesIn, traversalOf } from './references.ts';
import { conditionText, refusedIn, truthIn } from './truth.ts';

/**
 * A condition as a value. If the condition is unknown, so is the value. `!var.disabled` is another way to write
 * `var.enabled`, so a value that a caller has to choose remains one that nothing in the document selects.
 */
export function booleanValue(expression: Expression, context: EvaluationContext, origin: Origin): Value {
  const { yes, no } = truthOfInputs(expression, context);
  if (!yes.satisfiable() && !no.satisfiable())
    return unknown(
      origin,
      refusedIn(expression, context, false).satisfiable() ? 'syntax' : 'function',
      addressesIn(expression, context.scope),
    );
  const result = (guard: Guard, holds: boolean): { readonly guard: Guard; readonly value: Value } => ({
    guard,
    value: scalar(guard.holdsByDefault() ? origin : computedFrom(origin, inputsOf(expression, context)), holds),
  });
  return choice(origin, [result(yes, true), result(no, false)]);
}

/** The truth of a condition. Values of inputs that are its operands are assumed, as where they are passed on. */
function truthOfInputs(expression: Expression, context: EvaluationContext): Truth {
  if (expression.kind === 'parentheses') return truthOfInputs(expression.inner, context);
  if (expression.kind === 'unary' && expression.operator === '!')
    return notTruth(truthOfInputs(expression.operand, context));
  if (expression.kind === 'binary' && (expression.operator === '&&' || expression.operator === '||')) {
    const sides = [truthOfInputs(expression.left, context), truthOfInputs(expression.right, context)] as const;
    return expression.operator === '&&' ? bothTruths(...sides) : eitherTruth(...sides);
  }
  const { yes, no } = truthIn(expression, context, false);
  if (traversalOf(expression) === undefined) return { yes, no };
  const all = leaves(evaluateIn(expression, context));
  const where = (result: boolean, guard: Guard): Guard =>
    all.some((one) => terraformBoolean(one.value) === result && one.guard.reached().satisfiable())
      ? guard
      : guard.assumed();
  return { yes: where(true, yes), no: where(false, no) };
}

/** The values of the inputs in a condition that differ from their defaults. */
function inputsOf(expression: Expression, context: EvaluationContext): readonly Value[] {
  switch (expression.kind) {
    case 'parentheses':
      return inputsOf(expression.inner, context);
    case 'unary':
      return inputsOf(expression.operand, context);
    case 'binary':
      return flatMap([expression.left, expression.right], (side) => inputsOf(side, context));
    default: {
      if (traversalOf(expression) === undefined) return [];
      const step = { what: 'allowed', name: conditionText(expression, context) } as const;
      return flatMap(leaves(evaluateIn(expression, context)), ({ value, guard }) =>
        guard.reached().satisfiable() ? [] : [isByCaller(value) ? withStep(value, step) : value],
      );
    }
  }
}

/** Whether a value is any that differs from the default of a variable. */
function isByCaller(value: Value): boolean {
  return value.state === 'unknown' && value.byCaller === true;
}
