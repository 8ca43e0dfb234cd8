/**
 * The tokens of Terraform expressions, read one at a time. Strings are read by the template parser, starting at their
 * first quote.
 */
import type { Range } from '../../../base/span.ts';
import type { BinaryOperator } from './ast.ts';

export type TokenKind =
  | 'name'
  | 'number'
  | 'heredoc'
  | 'newline'
  | 'end'
  | 'bad'
  | BinaryOperator
  | '...'
  | '=>'
  | '::'
  | '~}'
  | '('
  | ')'
  | '['
  | ']'
  | '{'
  | '}'
  | '"'
  | ','
  | '.'
  | ':'
  | '?'
  | '='
  | '!';

export interface Token extends Range {
  readonly kind: TokenKind;
}

const SPACE = /[ \t\r]+/y;
const LINE_COMMENT = /(?:#|\/\/)[^\n]*/y;
const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const DIGITS = /\d+/y;
/** The token includes the line break, so that the body starts at the end of the token. */
const HEREDOC = /<<-?[\p{ID_Start}_][\p{ID_Continue}-]*\r?\n/uy;
const PUNCTUATION = /\.\.\.|&&|\|\||[=!<>]=|=>|::|~\}|[()[\]{}",.:?=<>+\-*/%!]/y;

/** The first token at or after an offset. Line breaks are tokens; spaces and comments are skipped. */
export function scan(text: string, offset: number): Token {
  const start = skipSpace(text, offset);
  if (start >= text.length) return { kind: 'end', start: text.length, end: text.length };
  if (text[start] === '\n') return { kind: 'newline', start, end: start + 1 };
  let end = match(NAME, text, start);
  if (end > start) return { kind: 'name', start, end };
  end = match(NUMBER, text, start);
  if (end > start) return { kind: 'number', start, end };
  end = match(HEREDOC, text, start);
  if (end > start) return { kind: 'heredoc', start, end };
  end = match(PUNCTUATION, text, start);
  if (end > start) return { kind: text.slice(start, end) as TokenKind, start, end };
  return { kind: 'bad', start, end: start + (text.codePointAt(start)! > 0xffff ? 2 : 1) };
}

/** The digits at an offset, as in `list.0.1`, where a number token would be `0.1`. */
export function scanDigits(text: string, offset: number): Range | undefined {
  const end = match(DIGITS, text, offset);
  return end > offset ? { start: offset, end } : undefined;
}

function skipSpace(text: string, offset: number): number {
  for (let at = offset; ;) {
    const before = at;
    at = match(SPACE, text, at);
    at = match(LINE_COMMENT, text, at);
    if (text.startsWith('/*', at)) {
      const close = text.indexOf('*/', at + 2);
      at = close < 0 ? text.length : close + 2;
    }
    if (at === before) return at;
  }
}

/** The end of a match of a sticky pattern, or the offset itself. */
function match(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : offset;
}
