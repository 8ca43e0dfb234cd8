import { absentFrom, mapLeaves, unknown } from '../model/navigate.ts';
import type { Leaf, Value } from '../model/value.ts';
import { parseEmbedded } from '../syntax/embedded.ts';
import { valueOfJson } from './json-text.ts';
import { locate, madeOfJson, unreadIn } from './located.ts';
import { plainValue } from './plain.ts';

/**
 * Parses a string that holds a JSON object or list, with source ranges if possible. Other values are unchanged. `note`
 * receives the result for each string.
 */
export function documentIn(value: Value, note?: (document: Value, text: Leaf) => void): Value {
  // A text with several values is one document in which something has several values, not several documents.
  const whole = madeOfJson(value);
  if (whole) return whole;
  return mapLeaves(value, (leaf) => {
    const document = documentOf(leaf);
    note?.(document, leaf);
    return document;
  });
}

function documentOf(leaf: Leaf): Value {
  const made = madeOfJson(leaf);
  if (made) return made;
  // An empty text is not a document: providers and what blanks out secrets leave one where there is none to see.
  if (leaf.state === 'known' && leaf.value !== null && leaf.raw.trim() === '') return absentFrom(leaf);
  if (leaf.state === 'template') return madeUp(leaf.pieces, leaf);
  if (leaf.state !== 'known' || !/^\s*[{[]/.test(leaf.raw)) return leaf;
  const located = locate(leaf);
  // A text that a function made is not the text that is there.
  const written = located?.node.kind === 'scalar' && located.node.value === leaf.raw;
  const inner = written ? parseEmbedded(located.tree, located.node, 'json') : undefined;
  const root = inner?.roots[0];
  if (!inner || !root) return madeUp([leaf.raw], leaf);
  return plainValue(inner, root, leaf.origin.key, leaf.origin.edit, leaf.origin.secret);
}

/** The object or list in a text of pieces, which has no characters in the document. */
function madeUp(pieces: Parameters<typeof valueOfJson>[0], text: Leaf): Value {
  const value = valueOfJson(pieces, text.origin, 'any');
  return value?.state === 'object' || value?.state === 'list'
    ? value
    : unreadIn(unknown(text.origin, 'function'), text);
}
