import { absentFrom, mapLeaves, unknown } from '../model/navigate.ts';
import type { Leaf, Value } from '../model/value.ts';
import { parseEmbedded } from '../syntax/embedded.ts';
import { valueOfJson } from './json-text.ts';
import { locate, decodedJson, withUnparsedText } from './located.ts';
import { plainValue } from './plain.ts';

/**
 * Parses a string with a JSON object or list, with source ranges if possible. Other values are unchanged. `note`
 * receives the result for each string.
 */
export function documentIn(value: Value, note?: (document: Value, text: Leaf) => void): Value {
  // A string with several interpolated values is one document with several values, not several documents.
  const whole = decodedJson(value);
  if (whole) return whole;
  return mapLeaves(value, (leaf) => {
    const document = documentOf(leaf);
    note?.(document, leaf);
    return document;
  });
}

function documentOf(leaf: Leaf): Value {
  const made = decodedJson(leaf);
  if (made) return made;
  // An empty string is not a document. Providers and redaction of secrets leave one in place of the content.
  if (leaf.state === 'known' && leaf.value !== null && leaf.raw.trim() === '') return absentFrom(leaf);
  if (leaf.state === 'template') return madeUp(leaf.pieces, leaf);
  if (leaf.state !== 'known' || !/^\s*[{[]/.test(leaf.raw)) return leaf;
  const located = locate(leaf);
  // The result of a function is not in the source text.
  const written = located?.node.kind === 'scalar' && located.node.value === leaf.raw;
  const inner = written ? parseEmbedded(located.tree, located.node, 'json') : undefined;
  const root = inner?.roots[0];
  if (!inner || !root) return madeUp([leaf.raw], leaf);
  return plainValue(inner, root, leaf.origin.key, leaf.origin.edit, leaf.origin.secret);
}

/** The object or list in a string of pieces without source characters. */
function madeUp(pieces: Parameters<typeof valueOfJson>[0], text: Leaf): Value {
  const value = valueOfJson(pieces, text.origin, 'any');
  return value?.state === 'object' || value?.state === 'list'
    ? value
    : withUnparsedText(unknown(text.origin, 'function'), text);
}
