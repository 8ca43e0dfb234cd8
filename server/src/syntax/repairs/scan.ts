/** Finds quotes and brackets that something is wrong with, without parsing: by looking at where a value can begin. */

import { APOSTROPHE, COLON, COMMA, HASH, isSpaceOrEnd, isLineEnd, isSpace, QUOTE } from '../../base/characters.ts';

/**
 * The opening quotes on a line that are not closed there, or that something follows which cannot follow a quoted text.
 */
export function unclosedQuotes(text: string, start: number, end: number): readonly number[] {
  const odd: number[] = [];
  walk(text, start, end, (at) => {
    const close = closingQuote(text, at, end);
    if (close < 0 || !mayFollow(text, close + 1, end)) odd.push(at);
    return close < 0 ? end : close + 1;
  });
  return odd;
}

/** The brackets, and possibly a quote, that are open at `end` when reading from `start`, outermost first. */
export function openAt(text: string, start: number, end: number): readonly number[] {
  const open: number[] = [];
  walk(
    text,
    start,
    end,
    (at) => {
      const close = closingQuote(text, at, end);
      if (close >= 0) return close + 1;
      open.push(at);
      return end;
    },
    (at) => {
      if (isOpening(text.charCodeAt(at))) open.push(at);
      else open.pop();
      return open.length > 0;
    },
  );
  return open;
}

/**
 * The offset of the closing quote or bracket for the one at `start`, regardless of indentation; -1 if there is none.
 */
export function closing(text: string, start: number): number {
  if (isQuote(text.charCodeAt(start))) return closingQuote(text, start, text.length);
  let depth = 0;
  let found = -1;
  walk(
    text,
    start,
    text.length,
    (at) => {
      const close = closingQuote(text, at, text.length);
      return close < 0 ? text.length : close + 1;
    },
    (at) => {
      depth += isOpening(text.charCodeAt(at)) ? 1 : -1;
      if (depth === 0) found = at;
      return depth > 0;
    },
    () => found < 0,
  );
  return found;
}

/** Whether the rest of the line is valid after a quoted string. */
export function mayFollow(text: string, from: number, end: number): boolean {
  let at = from;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  const c = text.charCodeAt(at);
  return at >= end || isLineEnd(c) || c === COMMA || c === COLON || isClosing(c) || (c === HASH && at > from);
}

function closingQuote(text: string, open: number, end: number): number {
  const quote = text.charCodeAt(open);
  for (let at = open + 1; at < end; at++) {
    const c = text.charCodeAt(at);
    if (c === 92 && quote === QUOTE) at++;
    else if (c === quote) {
      if (quote === QUOTE || text.charCodeAt(at + 1) !== APOSTROPHE) return at;
      at++;
    }
  }
  return -1;
}

/**
 * Reads from value to value. `quote` gets every quote that opens a string and returns where to continue; `bracket` gets
 * every bracket outside of strings and returns whether the place after it is inside of brackets.
 */
function walk(
  text: string,
  start: number,
  end: number,
  quote: (at: number) => number,
  bracket: (at: number) => boolean = () => true,
  goOn = (): boolean => true,
): void {
  let fresh = true;
  let flow = false;
  for (let at = start; at < end && goOn();) {
    const c = text.charCodeAt(at);
    if (isLineEnd(c)) fresh = true;
    else if (isSpace(c)) {
      // A value may still come.
    } else if (fresh && isQuote(c)) {
      at = quote(at);
      fresh = false;
      continue;
    } else if (isOpening(c) && (fresh || flow)) flow = bracket(at);
    else if (flow && isClosing(c)) {
      flow = bracket(at);
      fresh = false;
    } else if (flow && c === COMMA) fresh = true;
    else if ((c === COLON || c === 45 || c === 63) && isSpaceOrEnd(text.charCodeAt(at + 1))) fresh = true;
    else if (fresh && (c === 33 || c === 38)) {
      while (at + 1 < end && !isSpaceOrEnd(text.charCodeAt(at + 1))) at++;
    } else if (c === HASH && (at === start || isSpaceOrEnd(text.charCodeAt(at - 1)))) {
      while (at + 1 < end && !isLineEnd(text.charCodeAt(at + 1))) at++;
    } else fresh = false;
    at++;
  }
}

function isOpening(c: number): boolean {
  return c === 91 || c === 123;
}

function isClosing(c: number): boolean {
  return c === 93 || c === 125;
}

function isQuote(c: number): boolean {
  return c === QUOTE || c === APOSTROPHE;
}
