import type { Lines } from './lines.ts';
import { blank, leaveOut, type Fault, type Remedy } from './remedy.ts';
import { closing, openAt } from './scan.ts';
import { sentence } from './sentence.ts';

const UNPRINTABLE = /[^\t\n\r\x20-\x7E\x85\xA0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Hides the characters that YAML does not allow; all at once, because a binary file has thousands. */
export function unprintable({ text }: Lines, { reason }: Fault): readonly Remedy[] {
  if (!/non-printable|null byte|valid JSON character/.test(reason)) return [];
  const places = [...text.matchAll(UNPRINTABLE)].map((match) => match.index);
  return [{
    changes: places.length === 0 ? [] : [{ start: 0, end: text.length, by: text.replace(UNPRINTABLE, '\uFFFD') }],
    lasting: false,
    message: `This character cannot stand in a YAML file.${places.length > 1 ? ` The file has ${places.length} of them.` : ''}`,
    reported: places.slice(0, 1).map((at) => ({ start: at, end: at + 1 })),
    sure: true,
  }];
}

/** Leaves out what is nested deeper than is read. */
export function tooDeep(lines: Lines, { at, reason }: Fault): readonly Remedy[] {
  if (!reason.startsWith('nesting exceeded')) return [];
  const { text } = lines;
  const line = lines.at(at);
  const message = sentence(reason);
  if (openAt(text, lines.start(lines.surroundings(line)), at).length > 0) return [leaveOut(text, { start: at, end: endOfFlow(text, at) }, message)];
  // The dash or question mark in front of it would have an empty value, which is as deep.
  const start = at - (/[-?:] +$/.exec(text.slice(lines.start(line), at))?.[0].length ?? 0);
  const column = at - lines.start(line);
  let last = line;
  for (let next = lines.below(line); next < lines.count && lines.indent(next) >= column; next = lines.below(next)) last = next;
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

/** Leaves out the lines that a version control system writes between two versions which do not fit together. */
export function conflictMarkers(lines: Lines): readonly Remedy[] {
  if (!lines.text.includes('<<<<<<<') && !lines.text.includes('>>>>>>>')) return [];
  return [allOf(lines.text, /^(?:<{7}|={7}|>{7}|\|{7})(?: [^\r\n]*)?$/gm, 'This line was left behind by a merge conflict.')];
}

/** Leaves out everything that matches. */
export function allOf(text: string, pattern: RegExp, message: string): Remedy {
  const found = [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  return { changes: found.map((range) => blank(text, range)), lasting: true, message, reported: found, sure: true };
}
