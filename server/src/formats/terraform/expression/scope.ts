/** The scope of an expression: the names that it can refer to. */
import type { Truth, ScenarioVariable } from '../../../base/guard.ts';
import type { Range, Span } from '../../../base/span.ts';
import type { Origin, Value } from '../../../model/value.ts';
import type { Domain } from '../../domain.ts';
import type { Located } from '../../located.ts';
import type { Expression } from './ast.ts';
import type { Traversal } from './references.ts';

/**
 * The depth of an evaluation, and its remaining budget. All scopes of a configuration share one, because expressions
 * refer to each other.
 */
export interface EvaluationBudget {
  level: number;
  /** The numbers of evaluated expressions and of items that functions create. */
  left: number;
  /**
   * Whether a value depends on the order in which values were evaluated: one depends on itself, failed, or exceeded a
   * limit.
   */
  dependsOnOrder?: boolean;
}

/** The first names of a traversal to a module output or a data source attribute. */
export interface TraversalHead {
  readonly kind: 'module' | 'data';
  /** The type of the data source; empty for a module. */
  readonly type: string;
  readonly name: string;
  /** The selected instance in the form of addresses, `["a"]` or `[0]`; `EVERY` for the list of all instances. */
  readonly key: string | undefined;
  readonly attribute: string;
}

/** The key that represents all instances, as a splat expression does. */
export const EVERY_INSTANCE = '[*]';

export interface Scope {
  /** The parsed text. */
  readonly text: string;
  /** The prefix of the module's addresses: empty, `module.a.`. */
  readonly within: string;
  readonly nesting: EvaluationBudget;
  /** Identifies the instance of its block among those of the block in the module. */
  readonly instance?: string;
  /** The string that contains the expression, if its literals can be changed there. */
  readonly place?: Located;
  /** The place in the document of a range of the text. */
  span(range: Range): Span;
  /** The value of `var.NAME` at the place that the origin describes. */
  variable(name: string, origin: Origin): Value;
  /** The value of `local.NAME` at the place that the origin describes. */
  local(name: string, origin: Origin): Value;
  /** The truth of `local.NAME` as a condition, named; undefined if it is not one expression, or depends on itself. */
  localTruth?(name: string): Truth | undefined;
  /** The truth of what a module call passes for `var.NAME`, named; undefined if it is not one expression. */
  argumentTruth?(name: string): Truth | undefined;
  /**
   * The value of a name that is bound here, such as `each` or the iterator of a dynamic block, as an object; undefined
   * for other names.
   */
  bound(name: string): Value | undefined;
  /**
   * The value of a module output, or of an attribute of a data source; undefined if it is unknown and remains a
   * reference.
   */
  resolve(head: TraversalHead, origin: Origin): Value | undefined;
  /**
   * Resolves all other traversals with the given origin: resources, data sources, module outputs, `count`, `path`,
   * `self`, `terraform`. The traversal is complete, including splats and indexes, with evaluated keys where known.
   */
  reference(traversal: Traversal, origin: Origin): Value;
  /** The known values of a variable, so that comparisons can be decided for all of them. */
  domain(variable: string): Domain | undefined;
  /**
   * The scenario variable for a condition that cannot be evaluated: the same object for the same condition. Its values
   * are true and false, in this order. `shown` is the condition with secrets redacted. Undefined if there is no
   * variable; the results of the condition are unknown then.
   */
  condition(text: string, expression: Expression, shown: string): ScenarioVariable | undefined;
  /**
   * The value of a call of a function that depends on more than its arguments, such as `file`; undefined if unknown.
   */
  call(name: string, args: readonly Value[], origin: Origin): Value | undefined;
}
