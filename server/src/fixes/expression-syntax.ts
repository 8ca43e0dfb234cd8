/**
 * How Terraform's expressions write what JSON writes with quotes and colons. A string is a template in both, so `${…}`
 * in a new one stays as it is. https://developer.hashicorp.com/terraform/language/expressions/strings
 */
import { table, type Table } from '../base/table.ts';
import type { Tree } from '../syntax/tree.ts';
import { flowStyle } from './flow-style.ts';
import type { FlowSyntax } from './flow-text.ts';
import { Refused } from './refused.ts';

/** The syntax of collections in an expression, in the style of a document. */
export function expressionSyntax(tree: Tree): FlowSyntax {
  return { style: flowStyle(tree), spaced: false, key: bareKey, scalar: scalarOf };
}

/** A bare key is a name; `for` at the beginning of an object would be a loop. */
export function bareKey(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) && name !== 'for' ? name : quoted(name);
}

/** A string that is one interpolation is the expression in it. */
export function scalarOf(value: string | number | boolean | null): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Refused(`The number ${value} cannot be written.`);
  if (typeof value !== 'string') return String(value);
  return /^\$\{([^{}"]*)\}$/.exec(value)?.[1] ?? quoted(value);
}

/** References that are written have no quotes in them, so that all quotes are those of the text. */
function quoted(template: string): string {
  return `"${template.replace(/[\\"\x00-\x1F]/g, escaped)}"`;
}

const SHORT: Table<string> = table({ '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' });

function escaped(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
