/** An evaluation under way. Expressions are nested, so the context contains the evaluator. */
import type { Span } from '../../../base/span.ts';
import type { EditPlace, Value } from '../../../model/value.ts';
import type { Expression } from './ast.ts';
import type { Scope } from './scope.ts';

/** Where the value of an expression is used, if not at the expression itself. */
export interface ExpressionUse {
  readonly use?: Span;
  readonly key?: Span | undefined;
}

/** An evaluation under way. */
export interface EvaluationContext {
  readonly scope: Scope;
  readonly edit: EditPlace;
  /** The values of names that `for` introduces. */
  readonly bindings: ReadonlyMap<string, Value>;
  /** The item that a splat is at. */
  readonly item?: Value;
  /** The outermost expression. */
  readonly whole?: Expression;
  readonly work: { left: number };
  /** Evaluates an expression: expressions of every kind contain others. */
  readonly evaluate: (expression: Expression, context: EvaluationContext, place: ExpressionUse) => Value;
}

/** The value of an expression within an evaluation. */
export function evaluateIn(expression: Expression, context: EvaluationContext, place: ExpressionUse = {}): Value {
  return context.evaluate(expression, context, place);
}
