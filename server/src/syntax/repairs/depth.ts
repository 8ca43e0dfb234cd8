import type { Lines } from './lines.ts';
import { leaveOut, type ReadingError, type RepairAttempt } from './repair-attempt.ts';
import { closing, openAt } from './scan.ts';
import { sentence } from './sentence.ts';

/** Removes nodes that are nested deeper than the limit. */
export function tooDeep(lines: Lines, { at, reason }: ReadingError): readonly RepairAttempt[] {
  if (!reason.startsWith('nesting exceeded')) return [];
  const { text } = lines;
  const line = lines.at(at);
  const message = sentence(reason);
  if (openAt(text, lines.start(lines.surroundings(line)), at).length > 0)
    return [leaveOut(text, { start: at, end: endOfFlow(text, at) }, message)];
  // The dash or question mark before it would have an empty value, which is as deep.
  const start = at - (/[-?:] +$/.exec(text.slice(lines.start(line), at))?.[0].length ?? 0);
  const column = at - lines.start(line);
  let last = line;
  for (let next = lines.below(line); next < lines.count && lines.indent(next) >= column; next = lines.below(next))
    last = next;
  return [leaveOut(text, { start, end: lines.end(last) }, message)];
}

/** Where the innermost bracket around an offset is closed, or the end of the text. */
function endOfFlow(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const c = text[at]!;
    if (c === ']' || c === '}') return at;
    if (c === '[' || c === '{' || c === '"') {
      const close = closing(text, at);
      if (close < 0) return text.length;
      at = close;
    }
  }
  return text.length;
}
