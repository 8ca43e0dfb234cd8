/**
 * The parser of Terraform expressions and templates. It is total: it returns a tree and problems for every input, in
 * linear time.
 */
import type { Expression } from './ast.ts';
import { ExpressionCursor, type ExpressionProblem } from './cursor.ts';
import { readExpression } from './read-expression.ts';
import { readParts, unwrapped } from './read-template.ts';

export type { ExpressionProblem } from './cursor.ts';

export interface Parsed {
  readonly expression: Expression;
  /** In document order, with ranges in the parsed text. */
  readonly problems: readonly ExpressionProblem[];
}

/**
 * Parses a string with `${…}` and `%{…}`, such as a string of Terraform JSON after its JSON escapes are decoded. For a
 * string that consists of one interpolation, the result is the inner expression.
 */
export function parseTemplate(text: string): Parsed {
  const cursor = new ExpressionCursor(text, 0, readExpression);
  const parts = readParts(cursor, { form: 'bare' });
  return {
    expression: unwrapped(cursor, { kind: 'template', form: 'bare', start: 0, end: text.length, parts }),
    problems: cursor.problems,
  };
}

/**
 * Parses the expression in a range of a text. Line breaks in it have no meaning. Ranges in the result refer to the
 * whole text.
 */
export function parseExpression(text: string, start = 0, end = text.length): Parsed {
  const cursor = new ExpressionCursor(text.slice(0, end), start, readExpression);
  const expression = readExpression(cursor);
  if (cursor.isBroken()) return { expression: { kind: 'invalid', start, end }, problems: cursor.problems };
  const rest = cursor.peek();
  if (rest.kind === 'end') return { expression, problems: cursor.problems };
  cursor.fail(rest, 'the end of the expression');
  // Terraform 0.11 accepted a comma after an argument. It is an error now, but the value is clear.
  const isComma = /^,\s*$/.test(text.slice(rest.start, end));
  return { expression: isComma ? expression : { kind: 'invalid', start, end }, problems: cursor.problems };
}
