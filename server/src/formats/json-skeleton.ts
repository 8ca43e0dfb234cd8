/** Syntax errors in a JSON template string that exist regardless of the interpolated values. */
import type { Range } from '../base/span.ts';
import { table, type Table } from '../base/table.ts';
import { parseJson } from '../syntax/json.ts';

/** A text and the ranges of its placeholders. */
export interface Skeleton {
  readonly text: string;
  readonly placeholders: readonly Range[];
}

/**
 * The length of a string with one character. A shorter range is an unclosed placeholder, whose replacement is not JSON.
 */
const SHORTEST = 3;

/**
 * The text with a valid JSON fragment of the same length in place of each placeholder: a part of a string, or outside
 * of strings a separate string.
 */
export function withMarks(
  { text, placeholders }: Skeleton,
  begin: string,
  more: string,
): { readonly text: string; /** Whether all placeholders are within strings. */ readonly within: boolean } {
  let result = '';
  let at = 0;
  let inString = false;
  let within = true;
  for (const { start, end } of placeholders) {
    const before = text.slice(at, start);
    inString = isInString(before, inString);
    within &&= inString;
    const length = end - start;
    result +=
      before +
      (inString
        ? begin + more.repeat(length - 1)
        : length < SHORTEST
          ? begin.repeat(length)
          : `"${begin}${more.repeat(length - SHORTEST)}"`);
    at = end;
  }
  return { text: result + text.slice(at), within };
}

/** Whether a text that starts inside or outside of a string ends inside one. */
function isInString(text: string, inString: boolean): boolean {
  let inside = inString;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') inside = !inside;
  }
  return inside;
}

/** A placeholder in pieces of text, with the minimum width of its replacement outside of a string. */
const PLACEHOLDER = '\uE000\uE001\uE001\uE001';

/**
 * Why the pieces of a template string are not JSON, regardless of the interpolated values; undefined if they can be
 * JSON.
 */
export function whyNotJson(pieces: readonly unknown[]): string | undefined {
  let text = '';
  const placeholders: Range[] = [];
  for (const piece of pieces) {
    if (typeof piece !== 'string') placeholders.push({ start: text.length, end: text.length + PLACEHOLDER.length });
    text += typeof piece === 'string' ? piece : PLACEHOLDER;
  }
  const made = withMarks({ text, placeholders }, '\uE000', '\uE001');
  const { roots, problems } = parseJson('', made.text);
  if (problems.length === 0)
    return roots.length > 1 && made.within ? 'The string contains more than one JSON document.' : undefined;
  return made.within ? problems[0]!.message : misplaced(made.text);
}

/**
 * A string, a placeholder outside of strings, a punctuation character, or any other token, including preceding white
 * space.
 */
const TOKEN = /\s*(?:("\uE000[^"]*")|("(?:[^"\\]|\\.)*")|([{}[\],:])|([^\s{}[\],:"]+)|("))/gsy;

/** The tokens that cannot follow each token anywhere in JSON. */
const NEVER_BEHIND: Table<RegExp> = table({
  '{': /^[,:[{\]v]$/,
  '[': /^[,:}]$/,
  ',': /^[,:}\]]$/,
  ':': /^[,:}\]]$/,
  '}': /^[{["v:]$/,
  ']': /^[{["v:]$/,
  '"': /^[{["v]$/,
  v: /^[{["v:]$/,
});

const SIGNS: Table<string> = table({
  '{': 'brace',
  '}': 'brace',
  '[': 'bracket',
  ']': 'bracket',
  ',': 'comma',
  ':': 'colon',
});

/** The first two adjacent tokens that never occur in JSON, regardless of interpolations elsewhere. */
function misplaced(text: string): string | undefined {
  let before: string | undefined;
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
    const [, unknownPiece, string, sign, word] = found;
    const token =
      unknownPiece === undefined
        ? string === undefined
          ? (sign ?? (word === undefined ? undefined : 'v'))
          : '"'
        : undefined;
    if (before !== undefined && token !== undefined && NEVER_BEHIND[before]!.test(token))
      return `A ${sign === undefined ? (word === undefined ? 'string' : 'value') : SIGNS[sign]} is misplaced in the string.`;
    before = token;
  }
  return undefined;
}
