import { blockIndent } from './offset-map.ts';
import type { ScalarNode, Tree } from './tree.ts';

/**
 * Writes text for the inside of a scalar, at an offset of its decoded text, or says with undefined that it cannot be there.
 */
export function encodeFor(tree: Tree, scalar: ScalarNode, text: string, inner: number): string | undefined {
  switch (scalar.style) {
    case 'double': return JSON.stringify(text).slice(1, -1).replace(UNPRINTABLE, unicodeEscape);
    case 'single': return isPrintable(text) && !/[\r\n]/.test(text) ? text.replaceAll("'", "''") : undefined;
    case 'literal': return encodeForBlock(tree, scalar, text, inner);
    case 'plain': return tree.language === 'yaml' && staysPlain(scalar, text, inner) ? text : undefined;
    default: return undefined;
  }
}

/** What YAML wants escaped, or what a reader could take for a line end. */
const UNPRINTABLE = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g;

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function isPrintable(text: string): boolean {
  return text.search(UNPRINTABLE) < 0 && !/\p{Surrogate}/u.test(text);
}

function encodeForBlock(tree: Tree, scalar: ScalarNode, text: string, inner: number): string | undefined {
  const { value } = scalar;
  const indent = blockIndent(tree, scalar);
  if (indent === undefined || !isPrintable(text) || /\r(?!\n)/.test(text)) return undefined;
  const isEmptyLine = (inner === 0 || value[inner - 1] === '\n') && (value[inner] ?? '\n') === '\n';
  // Behind the last line end there is no line, and how many line ends there are at the end may not count.
  if ((inner === value.length && isEmptyLine) || (text.endsWith('\n') && /^\n*$/.test(value.slice(inner)))) return undefined;
  // The first line with text says how far the block is indented.
  if (value.slice(0, inner).trim() === '' && (isEmptyLine || /^\s/.test(text))) return undefined;
  const { start, end } = scalar.content;
  const lineEnd = /\r\n|\r|\n/.exec(tree.text.slice(start, end))?.[0] ?? (tree.text.startsWith('\r', end) ? '\r\n' : '\n');
  const lines = text.split(/\r?\n/);
  return lines.map((line, i) => {
    // An empty line has no indentation, unless the text goes on behind what is written.
    const isEmpty = line === '' && (i < lines.length - 1 || isEmptyLine);
    const isIndented = i > 0 || isEmptyLine;
    return (i > 0 ? lineEnd : '') + (isIndented && !isEmpty ? ' '.repeat(indent) : '') + line;
  }).join('');
}

function staysPlain(scalar: ScalarNode, text: string, inner: number): boolean {
  if (!isPrintable(text) || /[\r\n\t]|:(?:\s|$)|(?:^|\s)#/.test(text)) return false;
  if (scalar.parent?.style === 'flow' && /[,[\]{}]/.test(text)) return false;
  if (inner === 0 && !/^[\w./$]/.test(text)) return false;
  return inner < scalar.value.length || text === text.trimEnd();
}
