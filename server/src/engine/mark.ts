import type { Span } from '../base/span.ts';
import type { Leaf } from '../model/value.ts';

/**
 * What a finding marks for a value: the value itself on one line; for a value of several lines its key, else its first line.
 */
export function markOf(leaf: Leaf, textOf: (doc: string) => string | undefined): Span {
  const { use, key } = leaf.origin;
  const text = textOf(use.doc);
  if (text === undefined) return use;
  const newline = text.indexOf('\n', use.start);
  if (newline < 0 || newline >= use.end) return use;
  if (key) return key;
  const end = text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
  return { ...use, end };
}
