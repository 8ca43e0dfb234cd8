import type { Guard, Truth } from '../base/guard.ts';
import type { Span } from '../base/span.ts';
import type { Value } from './value.ts';

/** Something in a document that is evaluated: a value, or a condition. Explanations are made of it. */
export type Expression = ValueExpression | ConditionExpression;

interface Written {
  /** Where it is written. */
  readonly at: Span;
  /**
   * As written, on one line and at most about sixty characters: `!Ref Stage`, `${Stage}`, `!Equals [!Ref Stage, live]`.
   */
  readonly text: string;
  /** The scenarios in which its place counts at all: those of the conditions around it. */
  readonly reached?: Guard;
  /** The expressions that it is made of, in the order of the document: arguments of a function, placeholders of a text. Plain scalars are none. */
  parts(): readonly Expression[];
}

export interface ValueExpression extends Written {
  readonly what: 'value';
  readonly value: Value;
  /** Whether a function or a reference computes it; false for a literal. */
  readonly computed: boolean;
}

export interface ConditionExpression extends Written {
  readonly what: 'condition';
  /** The name of a condition; undefined for an expression within one. */
  readonly name: string | undefined;
  readonly truth: Truth;
}
