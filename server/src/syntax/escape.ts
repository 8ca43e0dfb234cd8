import { blockIndent, foldedIndent, isFolded, offsetMap } from './offset-map.ts';
import type { ScalarNode, Tree } from './tree.ts';

/**
 * Writes text for the inside of a scalar, at an offset of its decoded text, undefined if the scalar cannot contain it.
 */
export function encodeFor(tree: Tree, scalar: ScalarNode, text: string, inner: number): string | undefined {
  if (isFolded(tree, scalar)) return encodeForFolded(tree, scalar, text, inner);
  switch (scalar.style) {
    case 'double':
      return tree.language === 'hcl' ? encodeForHcl(text) : jsonEscaped(text);
    case 'single':
      return isPrintable(text) && !/[\r\n]/.test(text) ? text.replaceAll("'", "''") : undefined;
    case 'literal':
      return encodeForBlock(tree, scalar, text, inner);
    case 'plain':
      return tree.language === 'yaml' && staysPlain(scalar, text, inner) ? text : undefined;
    // An expression of HCL is its own source.
    case 'expression':
      return text;
    default:
      return undefined;
  }
}

function jsonEscaped(text: string): string {
  return JSON.stringify(text).slice(1, -1).replace(UNPRINTABLE, unicodeEscape);
}

/** HCL has no short escapes for a backspace and a form feed. Markers of templates are escaped in the text already. */
function encodeForHcl(text: string): string {
  return jsonEscaped(text).replaceAll(/\\(?:[bf]|.)/g, (escape) =>
    escape === '\\b' ? '\\u0008' : escape === '\\f' ? '\\u000c' : escape,
  );
}

/** Characters that YAML requires to be escaped, or that a reader could treat as a line end. */
const UNPRINTABLE = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g;

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function isPrintable(text: string): boolean {
  return text.search(UNPRINTABLE) < 0 && !/\p{Surrogate}/u.test(text);
}

/**
 * Where lines are folded, white space at their ends is lost; so a text that begins or ends with some is not written
 * beside a line break, save as an escape.
 */
function encodeForFolded(tree: Tree, scalar: ScalarNode, text: string, inner: number): string | undefined {
  if (offsetMap(tree, scalar).isWithin(inner)) return undefined;
  switch (scalar.style) {
    case 'double':
      return jsonEscaped(text).replace(/^ | $/g, '\\x20');
    case 'single':
      return isPrintable(text) && !/[\r\n]|^\s|\s$/.test(text) ? text.replaceAll("'", "''") : undefined;
    case 'plain':
      return staysPlain(scalar, text, inner) && text === text.trim() ? text : undefined;
    default:
      return encodeForFoldedBlock(tree, scalar, text, inner);
  }
}

/**
 * In a block after `>` a line end is one line break beside a line that is indented more, and two elsewhere. Whether a
 * line is indented more now, so that others around it are read differently, is for the caller to see.
 */
function encodeForFoldedBlock(tree: Tree, scalar: ScalarNode, text: string, inner: number): string | undefined {
  const { value } = scalar;
  const indent = foldedIndent(tree, scalar);
  if (
    indent === undefined ||
    !isPrintable(text) ||
    text.includes('\r') ||
    text.trim() === '' ||
    text !== text.trimEnd()
  )
    return undefined;
  const lineStart = value.lastIndexOf('\n', inner - 1) + 1;
  const lineEnd = (value.indexOf('\n', inner) + value.length + 1) % (value.length + 1);
  const before = value.slice(lineStart, inner);
  const behind = value.slice(inner, lineEnd);
  const lines = text.split('\n');
  const whole = lines.map((line, i) => (i === 0 ? before : '') + line + (i === lines.length - 1 ? behind : ''));
  if (whole.some((line) => line.trim() === '')) return undefined;
  return lines
    .map((line, i) => {
      if (i === 0) return line;
      const free = /^[ \t]/.test(whole[i]!) || /^[ \t]/.test(whole[i - 1]!);
      return (free ? '\n' : '\n\n') + ' '.repeat(indent) + line;
    })
    .join('');
}

function encodeForBlock(tree: Tree, scalar: ScalarNode, text: string, inner: number): string | undefined {
  const { value } = scalar;
  const indent = blockIndent(tree, scalar);
  if (indent === undefined || !isPrintable(text) || /\r(?!\n)/.test(text)) return undefined;
  const isEmptyLine = (inner === 0 || value[inner - 1] === '\n') && (value[inner] ?? '\n') === '\n';
  // Behind the last line end there is no line, and how many line ends there are at the end may not count.
  if ((inner === value.length && isEmptyLine) || (text.endsWith('\n') && /^\n*$/.test(value.slice(inner))))
    return undefined;
  // The first line with text determines the indentation of the block.
  if (value.slice(0, inner).trim() === '' && (isEmptyLine || /^\s/.test(text))) return undefined;
  const { start, end } = scalar.content;
  const lineEnd =
    /\r\n|\r|\n/.exec(tree.text.slice(start, end))?.[0] ?? (tree.text.startsWith('\r', end) ? '\r\n' : '\n');
  const lines = text.split(/\r?\n/);
  return lines
    .map((line, i) => {
      // An empty line has no indentation, unless the text continues after the inserted part.
      const isEmpty = line === '' && (i < lines.length - 1 || isEmptyLine);
      const isIndented = i > 0 || isEmptyLine;
      return (i > 0 ? lineEnd : '') + (isIndented && !isEmpty ? ' '.repeat(indent) : '') + line;
    })
    .join('');
}

function staysPlain(scalar: ScalarNode, text: string, inner: number): boolean {
  if (!isPrintable(text) || /[\r\n\t]|:(?:\s|$)|(?:^|\s)#/.test(text)) return false;
  if (scalar.parent?.style === 'flow' && /[,[\]{}]/.test(text)) return false;
  if (inner === 0 && !/^[\w./$]/.test(text)) return false;
  return inner < scalar.value.length || text === text.trimEnd();
}
