import type { Span } from '../base/span.ts';
import type { Leaf } from '../model/value.ts';

/**
 * The range that a finding marks for a value: the given part of its string if it is written there, after `skip` others
 * of the same text; otherwise the value itself if it is on one line, otherwise its key, otherwise its first line. An
 * empty string in a document within a string has no characters of its own, so its quotes are marked.
 */
export function markOf(
  { origin: { use, key } }: Pick<Leaf, 'origin'>,
  textOf: (doc: string) => string | undefined,
  part?: string,
  skip = 0,
): Span {
  const text = textOf(use.doc);
  if (text === undefined) return use;
  if (use.start === use.end) return quotesAround(use, text) ?? key ?? use;
  const start = part === undefined || part === '' ? -1 : placeOf(part, text.slice(use.start, use.end), skip);
  if (start >= 0) return { ...use, start: use.start + start, end: use.start + start + part!.length };
  // Only the line of the value matters: a plan of many megabytes can be on one line.
  const first = text.slice(use.start, use.end).indexOf('\n');
  if (first < 0) return use;
  if (key) return key;
  const newline = use.start + first;
  const end = text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
  return { ...use, end };
}

/** The quotes of an empty string, with the backslashes that each layer of strings writes before them. */
function quotesAround(at: Span, text: string): Span | undefined {
  let start = at.start - 1;
  if (text[start] !== '"' && text[start] !== "'") return undefined;
  while (text[start - 1] === '\\' && at.start - start < LONGEST_QUOTE) start--;
  const quote = text.slice(start, at.start);
  return text.startsWith(quote, at.end) ? { ...at, start, end: at.end + quote.length } : undefined;
}

/** The length of a quote in several layers of strings. */
const LONGEST_QUOTE = 16;

/** Where a text has a part, after others. If it is written with fewer of them, the last one counts. */
function placeOf(part: string, text: string, skip: number): number {
  let start = text.indexOf(part);
  for (let left = skip; left > 0; left--) {
    const next = text.indexOf(part, start + part.length);
    if (next < 0) break;
    start = next;
  }
  return start;
}
