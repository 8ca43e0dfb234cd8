import type { Span } from '../base/span.ts';
import type { Leaf } from '../model/value.ts';

/**
 * The range that a finding marks for a value: the given part of its string if it is written there; otherwise the value itself if it is on one line, otherwise its key, otherwise its
 * first line.
 */
export function markOf(leaf: Leaf, textOf: (doc: string) => string | undefined, part?: string): Span {
  const { use, key } = leaf.origin;
  const text = textOf(use.doc);
  if (text === undefined) return use;
  const start = part === undefined ? -1 : text.slice(use.start, use.end).indexOf(part);
  if (start >= 0) return { ...use, start: use.start + start, end: use.start + start + part!.length };
  // Only the line of the value matters: a plan of many megabytes can be on one line.
  const first = text.slice(use.start, use.end).indexOf('\n');
  if (first < 0) return use;
  if (key) return key;
  const newline = use.start + first;
  const end = text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
  return { ...use, end };
}
