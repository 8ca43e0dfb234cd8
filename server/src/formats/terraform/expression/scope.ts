/** The scope of an expression: the names that it can refer to. */
import type { Variable } from '../../../base/guard.ts';
import type { Range, Span } from '../../../base/span.ts';
import type { Origin, Value } from '../../../model/value.ts';
import type { Domain } from '../../domain.ts';
import type { Located } from '../../located.ts';
import type { Expression } from './ast.ts';
import type { Traversal } from './references.ts';

/** How deep evaluation is, and how much it may still do. All scopes of one configuration share one, because expressions lead to each other. */
export interface Nesting {
  level: number;
  /** Expressions that are evaluated, and items that functions make. */
  left: number;
}

/** The first names of a traversal to a module output or a data source attribute. */
export interface Head {
  readonly kind: 'module' | 'data';
  /** The type of the data source; empty for a module. */
  readonly type: string;
  readonly name: string;
  /** The instance that is picked, as addresses write it: `["a"]`, `[0]`; `EVERY` for the list of all of them. */
  readonly key: string | undefined;
  readonly attribute: string;
}

/** The key that represents all instances, as a splat expression does. */
export const EVERY = '[*]';

export interface Scope {
  /** The text that was parsed. */
  readonly text: string;
  /** The prefix of the module's addresses: empty, `module.a.`. */
  readonly within: string;
  readonly nesting: Nesting;
  /** The string that contains the expression, if its literals can be changed there. */
  readonly place?: Located;
  /** The place in the document of a range of the text. */
  span(range: Range): Span;
  /** The value of `var.NAME` at the place that the origin describes. */
  variable(name: string, origin: Origin): Value;
  /** The value of `local.NAME` at the place that the origin describes. */
  local(name: string, origin: Origin): Value;
  /** The value of a name that is bound here: `each` and the iterators of dynamic blocks, as objects; else undefined. */
  bound(name: string): Value | undefined;
  /**
   * The value of an output of a module, or of an attribute of a data source; undefined if it is not known, and only
   * refers to it.
   */
  resolve(head: Head, origin: Origin): Value | undefined;
  /**
   * Resolves all other traversals with the given origin: resources, data sources, module outputs, `count`, `path`,
   * `self`, `terraform`. The traversal is complete, including splats and indexes, with evaluated keys where known.
   */
  reference(traversal: Traversal, origin: Origin): Value;
  /** The known values of a variable, so that comparisons can be decided for all of them. */
  domain(variable: string): Domain | undefined;
  /**
   * The scenario variable, true or false in this order, for a condition that cannot be evaluated: the same object for
   * what is the same condition. `shown` is the text that people may see, without what tells a secret. Undefined when
   * there is none; what depends on the condition is unknown then.
   */
  condition(text: string, expression: Expression, shown: string): Variable | undefined;
  /**
   * The value of a call of a function that needs more than its arguments, such as `file`; undefined if it is not known.
   */
  call(name: string, args: readonly Value[], origin: Origin): Value | undefined;
}
