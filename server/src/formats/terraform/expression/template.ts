/** The scalars of a configuration that Terraform evaluates: strings of Terraform JSON with `${…}` in them, and expressions of HCL. */
import type { ScalarNode } from '../../../syntax/tree.ts';
import { parseExpression, parseTemplate, type Parsed } from './parser.ts';

/** Whether a scalar has to be evaluated. Every other one is a literal. */
export function isTemplate({ style, value }: ScalarNode): boolean {
  return style === 'expression' || (style === 'double' && (value.includes('${') || value.includes('%{')));
}

/** Parses the text of a scalar, as an expression or as a template. Ranges count in its decoded text. */
export function parseScalar({ style, value }: Pick<ScalarNode, 'style' | 'value'>): Parsed {
  return style === 'expression' ? parseExpression(value) : parseTemplate(value);
}
