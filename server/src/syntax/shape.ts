/** The shape of a part of a tree: how its text was parsed, regardless of where the text is. */
import { JsonPair } from './json-tape.ts';
import type { Node, Pair } from './tree.ts';

export interface Shape {
  /** Equal for equal texts that were parsed alike: 64 bits, in hexadecimal digits. */
  readonly hash: string;
  /** The end of the text that its nodes are read from, which can be after that of the pair. */
  readonly end: number;
}

/** The shape of a pair. Undefined with anchors or aliases, because its text does not determine it then. */
export function pairShape(pair: Pair): Shape | undefined {
  const origin = pair.start;
  let { end } = pair;
  let [high, low] = [0x811c9dc5, 0x9e3779b9];
  const add = (value: number): void => {
    high = Math.imul(high ^ value, 0x01000193);
    low = Math.imul(low ^ (value + (high >>> 15)), 0x85ebca6b);
  };
  if (pair instanceof JsonPair) {
    pair.shape(add);
    return { hash: hex(high) + hex(low), end };
  }
  const open: Node[] = [pair.value, pair.key];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'alias' || node.anchor) return undefined;
    add(node.start - origin);
    add(node.end - origin);
    if (node.tag) {
      add(node.tag.start - origin);
      add(node.tag.end - origin);
    }
    if (node.kind === 'scalar') {
      add(STYLES[node.style]);
      // The content of others follows from their text.
      if (node.style === 'plain' || node.style === 'single' || node.style === 'double') continue;
      const { content } = node;
      add(content.start - origin);
      add(content.end - origin);
      if (content.end > end) ({ end } = content);
      continue;
    }
    add(node.kind === 'map' ? 1 : 2);
    add(node.style === 'flow' ? -1 : node.indent);
    if (node.kind === 'map') {
      add(node.pairs.length);
      for (const { key, value } of node.pairs) open.push(value, key);
    } else {
      add(node.items.length);
      for (const { value } of node.items) open.push(value);
    }
  }
  return { hash: hex(high) + hex(low), end };
}

const STYLES = { plain: 3, single: 4, double: 5, literal: 6, folded: 7, expression: 8 } as const;

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
