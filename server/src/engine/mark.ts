import type { Span } from '../base/span.ts';
import type { Leaf } from '../model/value.ts';

/**
 * The range that a finding marks for a value: the value itself if it is on one line, otherwise its key, otherwise its
 * first line.
 */
export function markOf(leaf: Leaf, textOf: (doc: string) => string | undefined): Span {
  const { use, key } = leaf.origin;
  const text = textOf(use.doc);
  if (text === undefined) return use;
  // Only the line of the value matters: a plan of many megabytes can be on one line.
  const first = text.slice(use.start, use.end).indexOf('\n');
  if (first < 0) return use;
  if (key) return key;
  const newline = use.start + first;
  const end = text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
  return { ...use, end };
}
