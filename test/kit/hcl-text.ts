/** Values of Terraform JSON in the native syntax: template strings as expressions, everything else as it is. */
import type { TemplatePart } from '../../server/src/formats/terraform/expression/ast.ts';
import { parseTemplate } from '../../server/src/formats/terraform/expression/parser.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import type { Node, Pair, ScalarNode } from '../../server/src/syntax/tree.ts';
import { expressionLayout } from './hcl-expression.ts';
import { layoutText, type Entry, type Layout } from './hcl-layout.ts';

/** A document that has no counterpart in the native syntax, such as one with names that are no identifiers. */
export class Unconvertible extends Error {}

/**
 * How Terraform reads the strings of an argument: as templates, literally, or as references and types, which are
 * strings in JSON only because it has nothing else.
 * https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
 */
export type StringsAre = 'templates' | 'literal' | 'code';

const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/** An identifier; throws for what is none. */
export function identifier(name: string): string {
  if (!IDENTIFIER.test(name)) throw new Unconvertible(`${name} is not an identifier`);
  return name;
}

/** How values are written. */
export interface Writing {
  readonly strings: StringsAre;
  /**
   * As people write them: JSON documents with `jsonencode`, and expressions on several lines. Otherwise, as close to
   * the JSON as possible.
   */
  readonly idiomatic: boolean;
}

/** A value as an expression. */
export function valueLayout(node: Node, writing: Writing): Layout {
  switch (node.kind) {
    case 'map':
      return { kind: 'object', entries: node.pairs.map((pair) => entry(pair, writing)) };
    case 'list':
      return { kind: 'list', items: node.items.map(({ value }) => valueLayout(value, writing)) };
    case 'scalar':
      return scalarLayout(node, writing);
    case 'alias':
      throw new Unconvertible('JSON has no aliases');
  }
}

function entry({ name, value }: Pair, writing: Writing): Entry {
  return { key: keyText(name, writing.strings), value: valueLayout(value, writing) };
}

function keyText(name: string, strings: StringsAre): string {
  if (IDENTIFIER.test(name) && name !== 'for') return name;
  if (strings !== 'templates') return quotedText(name);
  const text = layoutText(templateLayout(name, false), '');
  return text.startsWith('"') ? text : `(${text})`;
}

function scalarLayout(node: ScalarNode, { strings, idiomatic }: Writing): Layout {
  if (node.style !== 'double') return node.value;
  if (strings === 'code') return /^\$\{[^{}]*\}$/.test(node.value) ? node.value.slice(2, -1) : node.value;
  return strings === 'literal' ? quotedText(node.value) : templateLayout(node.value, idiomatic);
}

/** A string without interpolation. */
export function quotedText(text: string): string {
  return `"${escaped(text.replaceAll(/[$%]\{/g, (marker) => marker[0]! + marker))}"`;
}

/** A template: a bare expression if it is one interpolation, a heredoc if it is lines, a quoted template otherwise. */
function templateLayout(text: string, idiomatic: boolean): Layout {
  const { expression, problems } = parseTemplate(text);
  if (problems.length > 0) throw new Unconvertible(`${text} is no template`);
  if (expression.kind !== 'template' || expression.form !== 'bare')
    return idiomatic ? expressionLayout(expression, text) : codeText(text);
  const encoded = idiomatic ? encodedLayout(text) : undefined;
  if (encoded) return encoded;
  // White space at the beginning of a line is part of the text in a heredoc without a dash.
  if (/^[^\r]*\n$/.test(text) && !text.split('\n').some((line) => line.trim() === 'EOT')) return `<<EOT\n${text}EOT`;
  return `"${partsText(text, expression.parts, 0, text.length)}"`;
}

/** The argument of `jsonencode` for a string with a JSON document; undefined for any other string. */
function encodedLayout(text: string): Layout | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const { roots, problems } = parse('file:///string.json', text, 'json');
  const [root] = roots;
  if (!root || problems.length > 0) return undefined;
  return { kind: 'row', parts: ['jsonencode(', valueLayout(root, { strings: 'templates', idiomatic: true }), ')'] };
}

/** The expression in the only interpolation of a string. In parentheses, line ends in it mean nothing. */
function codeText(text: string): string {
  const [, before, code, after] = /^\$\{(~?)(.*?)(~?)\}$/s.exec(text)!;
  if (before || after) return `"${text}"`;
  const inner = code!.trim();
  return inner.includes('\n') ? `(${inner}\n)` : inner;
}

/** The text between two offsets with what is literal in it escaped, and interpolations and directives as they are. */
function partsText(text: string, parts: readonly TemplatePart[], start: number, end: number): string {
  let at = start;
  let written = '';
  const code = (to: number): void => {
    written += text.slice(at, to);
    at = to;
  };
  for (const part of parts) {
    code(part.start);
    if (part.kind === 'text') written += escaped(text.slice(part.start, part.end));
    else if (part.kind === 'interpolation') written += text.slice(part.start, part.end);
    else {
      const inner = part.kind === 'if' ? [...part.then, ...(part.otherwise ?? [])] : part.body;
      written += partsText(text, inner, part.start, part.end);
    }
    at = part.end;
  }
  code(end);
  return written;
}

function escaped(text: string): string {
  return text.replaceAll(/["\\\n\r\t]/g, (character) => ESCAPES[character]!);
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
