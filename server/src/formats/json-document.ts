import { mapLeaves, unknown } from '../model/navigate.ts';
import type { Value } from '../model/value.ts';
import { parseEmbedded } from '../syntax/embedded.ts';
import type { ScalarNode } from '../syntax/tree.ts';
import { valueOfJson } from './json-text.ts';
import { locate, madeOfJson } from './located.ts';
import { plainValue } from './plain.ts';

/** A text that holds a JSON object or list becomes that, with its places in the text, where characters of it have places. Other values stay. */
export function documentIn(value: Value): Value {
  return mapLeaves(value, (leaf) => {
    const made = madeOfJson(leaf);
    if (made) return made;
    if (leaf.state === 'text') return valueOfJson(leaf.pieces, leaf.origin) ?? unknown(leaf.origin, 'function');
    if (leaf.state !== 'known' || !/^\s*[{[]/.test(leaf.raw)) return leaf;
    const located = locate(leaf);
    // A text that a function made is not the text that stands there.
    const written = located?.node.kind === 'scalar' && located.node.value === leaf.raw;
    const inner = written ? parseEmbedded(located.tree, located.node as ScalarNode, 'json') : undefined;
    const root = inner?.roots[0];
    if (!inner || !root) return valueOfJson([leaf.raw], leaf.origin) ?? unknown(leaf.origin, 'function');
    return plainValue(inner, root, leaf.origin.key, leaf.origin.edit);
  });
}
