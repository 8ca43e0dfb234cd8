/**
 * Where a JSON document can name a credential. Its words are common: a plan has `key` in the type, address and ARN of
 * each key. In JSON, the string that has such a word shows whether it is a name.
 */
import { BACKSLASH, COLON, CR, LF, QUOTE, SPACE, TAB } from '../base/characters.ts';
import type { MatchOffsets } from '../base/line-matches.ts';
import { isSecretName } from '../model/credential.ts';
import type { Tree } from '../syntax/tree.ts';

/** Whether a document is JSON without errors, so that each quote begins or ends a string or is escaped. */
export function isValidJson({ language, problems, comments, layer }: Tree): boolean {
  return language === 'json' && problems.length === 0 && comments.length === 0 && layer === undefined;
}

/**
 * The matches that name or mark a credential, or that can do so in another way.
 * @param places The matches of words that are in the names of credentials, and of `others`, in a valid document.
 * @param others Matches that count wherever they are.
 * @param nameKeys The keys whose value is a name.
 * @param marks The keys that mark a credential.
 */
export function namingMatches(
  text: string,
  places: MatchOffsets,
  others: RegExp,
  nameKeys: ReadonlySet<string>,
  marks: ReadonlySet<string>,
): MatchOffsets {
  const found: number[] = [];
  let end = 0;
  let isNaming = false;
  for (const place of places) {
    // Several words of one string have one answer, so that the work grows with the document.
    if (place >= end) {
      const start = startOfString(text, place, end);
      end = endOfString(text, place);
      isNaming = isName(text, start, end, nameKeys, marks);
    }
    others.lastIndex = place;
    if (isNaming || others.test(text)) found.push(place);
  }
  return found;
}

/** Whether a string from quote to quote is the name of a credential or marks one, or can be. */
function isName(
  text: string,
  start: number,
  end: number,
  nameKeys: ReadonlySet<string>,
  marks: ReadonlySet<string>,
): boolean {
  if (text.charCodeAt(behindSpace(text, end)) === COLON) {
    const name = text.slice(start + 1, end - 1);
    return name.includes('\\') || marks.has(name) || isSecretName(name);
  }
  const colon = beforeSpace(text, start);
  if (text.charCodeAt(colon - 1) !== COLON) return false;
  const keyEnd = beforeSpace(text, colon - 1) - 1;
  const key = text.slice(startOfString(text, keyEnd, keyEnd - LONGEST_KEY) + 1, keyEnd);
  if (!nameKeys.has(key)) return key.includes('\\');
  const name = text.slice(start + 1, end - 1);
  return name.includes('\\') || isSecretName(name);
}

/** More than the length of a key whose value is a name. */
const LONGEST_KEY = 32;

/** The quote that begins the string around a place, which does not begin before another place. */
function startOfString(text: string, place: number, least: number): number {
  let at = place - 1;
  while (at > least && (text.charCodeAt(at) !== QUOTE || isEscaped(text, at))) at--;
  return Math.max(at, least);
}

/** The end of the string around a place. */
function endOfString(text: string, place: number): number {
  let at = text.indexOf('"', place);
  while (at >= 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at < 0 ? text.length : at + 1;
}

/** Whether a character is behind an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text.charCodeAt(start - 1) === BACKSLASH) start--;
  return (at - start) % 2 === 1;
}

function behindSpace(text: string, at: number): number {
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** The place behind the last character in front of a place that is not white space. */
function beforeSpace(text: string, at: number): number {
  while (isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}

function isSpace(c: number): boolean {
  return c === SPACE || c === LF || c === CR || c === TAB;
}
