/** Terraform configurations as data, which are written in HCL and in JSON. */

/** An expression, such as a reference. */
export class Expression {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A call of `jsonencode` with an object. */
export class JsonText {
  readonly value: Argument;

  constructor(value: Argument) {
    this.value = value;
  }
}

/** Nested blocks of one type. A label is that of a dynamic block. */
export class Blocks {
  readonly bodies: readonly Body[];
  readonly label: string | undefined;

  constructor(bodies: readonly Body[], label?: string) {
    this.bodies = bodies;
    this.label = label;
  }
}

export type Argument =
  | string
  | number
  | boolean
  | Expression
  | JsonText
  | readonly Argument[]
  | { readonly [key: string]: Argument };
export type Body = Readonly<Record<string, Argument | Blocks>>;

/** A block of a file, such as a resource with its type and name. */
export interface TopBlock {
  readonly kind: 'terraform' | 'provider' | 'variable' | 'locals' | 'data' | 'resource' | 'output';
  readonly labels: readonly string[];
  readonly body: Body;
  readonly comment?: string;
}

export const ref = (text: string): Expression => new Expression(text);
export const jsonencode = (value: Argument): JsonText => new JsonText(value);
export const blocks = (...bodies: readonly Body[]): Blocks => new Blocks(bodies);
export const dynamic = (label: string, each: Expression, content: Body): Blocks =>
  new Blocks([{ for_each: each, content: blocks(content) }], label);
