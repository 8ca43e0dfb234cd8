import type { Guard, Truth } from '../base/guard.ts';
import type { Span } from '../base/span.ts';
import type { Value } from './value.ts';

/** An evaluated expression of a document: a value or a condition. Explanations are based on it. */
export type EvaluatedExpression = ValueExpression | ConditionExpression;

interface Written {
  /** Its source range. */
  readonly at: Span;
  /**
   * Its source text on one line, at most about sixty characters: `!Ref Stage`, `${Stage}`, `!Equals [!Ref Stage,
   * live]`.
   */
  readonly text: string;
  /** The scenarios in which it is reached, according to the conditions around it. */
  readonly reached?: Guard;
  /**
   * The expressions that it contains, in document order: arguments of a function, placeholders of a string. Plain
   * scalars have none.
   */
  parts(): readonly EvaluatedExpression[];
}

export interface ValueExpression extends Written {
  readonly what: 'value';
  readonly value: Value;
  /** Whether a function or a reference computes it; false for a literal. */
  readonly computed: boolean;
}

export interface ConditionExpression extends Written {
  readonly what: 'condition';
  /** The name of a named condition; undefined for other expressions. */
  readonly name: string | undefined;
  readonly truth: Truth;
}
