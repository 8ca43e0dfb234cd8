/** Values of Terraform JSON in the native syntax: template strings as expressions, everything else as it is. */
import type { TemplatePart } from '../../server/src/formats/terraform/expression/ast.ts';
import { parseTemplate } from '../../server/src/formats/terraform/expression/parser.ts';
import type { MapNode, Node, ScalarNode } from '../../server/src/syntax/tree.ts';

/** A document that has no counterpart in the native syntax, such as one with names that are no identifiers. */
export class Unconvertible extends Error {}

/**
 * How Terraform reads the strings of an argument: as templates, literally, or as references and types, which are strings in JSON only because it has
 * nothing else. https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
 */
export type StringsAre = 'templates' | 'literal' | 'code';

const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/** An identifier; throws for what is none. */
export function identifier(name: string): string {
  if (!IDENTIFIER.test(name)) throw new Unconvertible(`${name} is not an identifier`);
  return name;
}

/** A value as an expression. `indent` is that of its line. */
export function valueText(node: Node, indent: string, strings: StringsAre): string {
  switch (node.kind) {
    case 'map':
      return objectText(node, indent, strings);
    case 'list': {
      const items = node.items.map(({ value }) => valueText(value, `${indent}  `, strings));
      if (items.length === 0) return '[]';
      return `[\n${items.map((item) => `${indent}  ${item},\n`).join('')}${indent}]`;
    }
    case 'scalar':
      return scalarText(node, strings);
    case 'alias':
      throw new Unconvertible('JSON has no aliases');
  }
}

function objectText({ pairs }: MapNode, indent: string, strings: StringsAre): string {
  if (pairs.length === 0) return '{}';
  const lines = pairs.map(
    ({ name, value }) =>
      `${indent}  ${keyText(name, strings)} = ${valueText(value, `${indent}  `, strings === 'code' ? 'code' : strings)}\n`,
  );
  return `{\n${lines.join('')}${indent}}`;
}

function keyText(name: string, strings: StringsAre): string {
  if (IDENTIFIER.test(name) && name !== 'for') return name;
  if (strings !== 'templates') return quotedText(name);
  const text = templateText(name);
  return text.startsWith('"') ? text : `(${text})`;
}

function scalarText(node: ScalarNode, strings: StringsAre): string {
  if (node.style !== 'double') return node.value;
  if (strings === 'code') return /^\$\{[^{}]*\}$/.test(node.value) ? node.value.slice(2, -1) : node.value;
  return strings === 'literal' ? quotedText(node.value) : templateText(node.value);
}

/** A string without interpolation. */
export function quotedText(text: string): string {
  return `"${escaped(text.replaceAll(/[$%]\{/g, (marker) => marker[0]! + marker))}"`;
}

/** A template: a bare expression if it is one interpolation, a heredoc if it is lines, a quoted template otherwise. */
function templateText(text: string): string {
  const { expression, problems } = parseTemplate(text);
  if (problems.length > 0) throw new Unconvertible(`${text} is no template`);
  if (expression.kind !== 'template' || expression.form !== 'bare') return codeText(text);
  // White space at the beginning of a line is part of the text in a heredoc without a dash.
  if (/^[^\r]*\n$/.test(text) && !text.split('\n').some((line) => line.trim() === 'EOT')) return `<<EOT\n${text}EOT`;
  return `"${partsText(text, expression.parts, 0, text.length)}"`;
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
