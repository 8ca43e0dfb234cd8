/**
 * The syntax tree of Terraform expressions. All ranges are half-open offsets into the parsed text: for a string of
 * Terraform JSON, its decoded text. The height of a tree is limited to `MAX_EXPRESSION_DEPTH`, so that recursion is
 * safe.
 */
import type { Range } from '../../../base/span.ts';

/** The maximum nesting depth of expressions. Deeper ones are a problem and an invalid node. */
export const MAX_EXPRESSION_DEPTH = 200;

export type Expression =
  | Literal
  | TemplateExpression
  | Variable
  | Attribute
  | Index
  | Splat
  | SplatItem
  | Call
  | Unary
  | Binary
  | Conditional
  | Tuple
  | ObjectLiteral
  | For
  | Parentheses
  | Invalid;

/** A number, `true`, `false` or `null`. Strings are templates. */
export interface Literal extends Range {
  readonly kind: 'literal';
  readonly value: number | boolean | null;
  /** As written. */
  readonly raw: string;
}

/**
 * A template string: literal text and interpolations. A string that consists of one interpolation is not a template:
 * the parser returns the inner expression, because the string has its type.
 */
export interface TemplateExpression extends Range {
  readonly kind: 'template';
  /** `bare` is a template without quotes, `name` is an object key without quotes. */
  readonly form: 'bare' | 'quoted' | 'heredoc' | 'name';
  readonly parts: readonly TemplatePart[];
}

/** A part of a Terraform template: text, an interpolation or a directive. */
export type TemplatePart = TextPart | Interpolation | IfDirective | ForDirective;

/** Literal text. In its value, escapes are decoded, and strip markers and the indentation of `<<-` are applied. */
export interface TextPart extends Range {
  readonly kind: 'text';
  readonly value: string;
  /** The ranges in which the value differs from the source, in order. */
  readonly escapes: readonly Escape[];
}

/** The source range of `length` characters of the value at `at`; undefined for removed text. */
export interface Escape extends Range {
  readonly at: number;
  readonly length: number;
}

/** `${…}`, including the braces. */
export interface Interpolation extends Range {
  readonly kind: 'interpolation';
  readonly expression: Expression;
  readonly strip: Strip;
}

/** Which sides of `${~ … ~}` or `%{~ … ~}` have a strip marker. The text parts are already stripped. */
export interface Strip {
  readonly before: boolean;
  readonly after: boolean;
}

/** A complete `%{ if … }…%{ else }…%{ endif }`. */
export interface IfDirective extends Range {
  readonly kind: 'if';
  readonly condition: Expression;
  readonly then: readonly TemplatePart[];
  readonly otherwise: readonly TemplatePart[] | undefined;
  /** The ranges of `if`, `else` (if present) and `endif`, in this order. */
  readonly strips: readonly Strip[];
}

/** A complete `%{ for … }…%{ endfor }`. */
export interface ForDirective extends Range {
  readonly kind: 'for';
  readonly key: string | undefined;
  readonly value: string;
  readonly collection: Expression;
  readonly body: readonly TemplatePart[];
  /** The ranges of `for` and `endfor`. */
  readonly strips: readonly Strip[];
}

/** A name that starts a traversal: `var`, `aws_s3_bucket`, `each`. */
export interface Variable extends Range {
  readonly kind: 'variable';
  readonly name: string;
}

export interface Attribute extends Range {
  readonly kind: 'attribute';
  readonly of: Expression;
  readonly name: string;
  readonly nameAt: Range;
}

export interface Index extends Range {
  readonly kind: 'index';
  readonly of: Expression;
  readonly key: Expression;
  /** Written as `.0`. */
  readonly legacy: boolean;
}

/** `of[*]` or `of.*`, and the operations on each item. */
export interface Splat extends Range {
  readonly kind: 'splat';
  readonly of: Expression;
  /** The attributes, indexes and splats that apply to the item, starting at a `splat-item`. */
  readonly each: Expression;
  /** `[*]`; false for `.*`. */
  readonly full: boolean;
}

/** The item in `Splat.each`. Its range is empty and follows the splat. */
export interface SplatItem extends Range {
  readonly kind: 'splat-item';
}

export interface Call extends Range {
  readonly kind: 'call';
  /** The name, with its namespace if present: `provider::aws::arn_parse`. */
  readonly name: string;
  readonly nameAt: Range;
  readonly args: readonly Expression[];
  /** Whether the last argument is expanded, `xs...`. */
  readonly spread: boolean;
}

export interface Unary extends Range {
  readonly kind: 'unary';
  readonly operator: '-' | '!';
  readonly operand: Expression;
}

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

export interface Binary extends Range {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Conditional extends Range {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

export interface Tuple extends Range {
  readonly kind: 'tuple';
  readonly items: readonly Expression[];
}

export interface ObjectLiteral extends Range {
  readonly kind: 'object';
  readonly items: readonly ObjectItem[];
}

export interface ObjectItem extends Range {
  /** A bare name is a template of the form `name`. */
  readonly key: Expression;
  readonly value: Expression;
}

/** `[for k, v in collection : value if condition]`, or with braces and `key => value...`. */
export interface For extends Range {
  readonly kind: 'for';
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
  /** The expression for the key of each entry; undefined if the result is a list. */
  readonly key: Expression | undefined;
  readonly value: Expression;
  readonly condition: Expression | undefined;
  /** Whether values with the same key are grouped, `value...`. */
  readonly group: boolean;
}

export interface Parentheses extends Range {
  readonly kind: 'parentheses';
  readonly inner: Expression;
}

/** An invalid expression; a problem states why. */
export interface Invalid extends Range {
  readonly kind: 'invalid';
}

/** The value of a string without interpolations; undefined for any other expression. */
export function constantText(expression: Expression): string | undefined {
  if (expression.kind !== 'template') return undefined;
  if (expression.parts.length === 0) return '';
  const [only] = expression.parts;
  return expression.parts.length === 1 && only?.kind === 'text' ? only.value : undefined;
}

/** The source range of the characters from `start` to `end` of a literal's value. */
export function sourceRange(part: TextPart, start: number, end: number): Range {
  const first = sourceOfCharacter(part, start);
  return { start: first.start, end: end > start ? sourceOfCharacter(part, end - 1).end : first.start };
}

function sourceOfCharacter(part: TextPart, index: number): Range {
  let source = part.start;
  let from = 0;
  for (const escape of part.escapes) {
    if (index < escape.at) break;
    if (index < escape.at + escape.length) return escape;
    source = escape.end;
    from = escape.at + escape.length;
  }
  const start = source + index - from;
  return { start, end: start + 1 };
}
