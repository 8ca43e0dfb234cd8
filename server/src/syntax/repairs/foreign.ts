import type { Lines } from './lines.ts';
import { blank, type ReadingError, type RepairAttempt } from './repair-attempt.ts';

const UNPRINTABLE = /[^\t\n\r\x20-\x7E\x85\xA0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Hides the characters that YAML does not allow; all at once, because a binary file has thousands. */
export function unprintable({ text }: Lines, { reason }: ReadingError): readonly RepairAttempt[] {
  if (!/non-printable|null byte|valid JSON character/.test(reason)) return [];
  const places = [...text.matchAll(UNPRINTABLE)].map((match) => match.index);
  return [
    {
      changes: places.length === 0 ? [] : [{ start: 0, end: text.length, by: text.replace(UNPRINTABLE, '\uFFFD') }],
      isKept: false,
      message: `This character is not allowed in YAML.${places.length > 1 ? ` The file contains ${places.length} of them.` : ''}`,
      reported: places.slice(0, 1).map((at) => ({ start: at, end: at + 1 })),
      sure: true,
    },
  ];
}

/** Leaves out the lines that a version control system writes between two versions which do not fit together. */
export function conflictMarkers(lines: Lines): readonly RepairAttempt[] {
  if (!lines.text.includes('<<<<<<<') && !lines.text.includes('>>>>>>>')) return [];
  return [allOf(lines.text, /^(?:<{7}|={7}|>{7}|\|{7})(?: [^\r\n]*)?$/gm, 'Unresolved merge conflict.')];
}

/** Leaves out the statements and comments of a template language that have lines of their own. */
export function templateTags(lines: Lines, { at }: ReadingError): readonly RepairAttempt[] {
  if (!/^\s*\{[%#].*[%#]\}\s*$/.test(lines.content(lines.at(at)))) return [];
  return [
    allOf(
      lines.text,
      /^[ \t]*\{[%#][^\r\n\u2028\u2029]*[%#]\}[ \t]*$/gm,
      'This line is not YAML but a template directive.',
    ),
  ];
}

/** Leaves out everything that matches. */
function allOf(text: string, pattern: RegExp, message: string): RepairAttempt {
  const found = [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  return { changes: found.map((range) => blank(text, range)), isKept: true, message, reported: found, sure: true };
}
