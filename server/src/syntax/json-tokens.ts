/**
 * The tokens of a JSON text. Valid punctuation, strings and keywords are read here, without their values and without white space: a plan has
 * millions of them. jsonc-parser's scanner reads all else: numbers, comments, and mistakes.
 */
import { createScanner, type JSONScanner } from 'jsonc-parser';
import { COLON, COMMA, CR, isSpaceOrEnd, LF, OPEN_BRACE, QUOTE, SPACE, TAB } from '../base/characters.ts';

/** The scanner's kinds of tokens and errors. Its own enumerations are constant ones, which cannot be imported. */
export const TOKEN = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  trivia: 15,
  unknown: 16,
  end: 17,
} as const;
export const TOKEN_ERROR = { none: 0, unclosedComment: 1, unclosedString: 2, badUnicode: 4, badEscape: 5 } as const;

const OPEN_BRACKET = 91,
  BACKSLASH = 92,
  CLOSE_BRACKET = 93,
  CLOSE_BRACE = 125,
  LETTER_F = 102,
  LETTER_N = 110,
  LETTER_T = 116,
  LETTER_U = 117;
/** The first character that is not a control character. */
const PRINTABLE = 32;

export class JsonTokens {
  readonly #text: string;
  #scanner: JSONScanner | undefined;
  /** Where the last token starts and ends. */
  #start = 0;
  #end = 0;
  #error: number = TOKEN_ERROR.none;

  constructor(text: string) {
    this.#text = text;
  }

  /** The start of the last token. */
  get start(): number {
    return this.#start;
  }

  /** Where the next token is sought. */
  get position(): number {
    return this.#end;
  }

  get length(): number {
    return this.#end - this.#start;
  }

  get error(): number {
    return this.#error;
  }

  /** Goes on at another place. */
  moveTo(position: number): void {
    this.#start = 0;
    this.#end = position;
    this.#error = TOKEN_ERROR.none;
  }

  /** Reads the next token and returns its kind. */
  next(): number {
    const text = this.#text;
    let at = this.#end;
    let c = text.charCodeAt(at);
    while (c === SPACE || c === LF || c === CR || c === TAB) c = text.charCodeAt(++at);
    switch (c) {
      case QUOTE: {
        const end = stringEnd(text, at);
        return end < 0 ? this.#scan(at) : this.#token(TOKEN.string, at, end);
      }
      case COMMA:
        return this.#token(TOKEN.comma, at, at + 1);
      case COLON:
        return this.#token(TOKEN.colon, at, at + 1);
      case OPEN_BRACE:
        return this.#token(TOKEN.openBrace, at, at + 1);
      case CLOSE_BRACE:
        return this.#token(TOKEN.closeBrace, at, at + 1);
      case OPEN_BRACKET:
        return this.#token(TOKEN.openBracket, at, at + 1);
      case CLOSE_BRACKET:
        return this.#token(TOKEN.closeBracket, at, at + 1);
      case LETTER_T:
        return this.#keyword('true', TOKEN.true, at);
      case LETTER_F:
        return this.#keyword('false', TOKEN.false, at);
      case LETTER_N:
        return this.#keyword('null', TOKEN.null, at);
      default:
        return this.#scan(at);
    }
  }

  #token(kind: number, start: number, end: number): number {
    this.#start = start;
    this.#end = end;
    this.#error = TOKEN_ERROR.none;
    return kind;
  }

  #keyword(word: string, kind: number, at: number): number {
    const end = at + word.length;
    const after = this.#text.charCodeAt(end);
    const isWhole = isSpaceOrEnd(after) || after === COMMA || after === CLOSE_BRACE || after === CLOSE_BRACKET;
    return isWhole && this.#text.startsWith(word, at) ? this.#token(kind, at, end) : this.#scan(at);
  }

  #scan(at: number): number {
    const scanner = (this.#scanner ??= createScanner(this.#text));
    scanner.setPosition(at);
    const kind = scanner.scan();
    this.#start = scanner.getTokenOffset();
    this.#end = scanner.getPosition();
    this.#error = scanner.getTokenError();
    return kind;
  }
}

/** The end of the valid string that starts at a quote, or -1. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const c = text.charCodeAt(at);
    if (c === QUOTE) return at + 1;
    if (c === BACKSLASH) {
      const escape = text.charCodeAt(++at);
      if (escape === LETTER_U) {
        for (const end = at + 4; at < end; at++) if (!isHexDigit(text.charCodeAt(at + 1))) return -1;
      } else if (!isEscape(escape)) return -1;
      continue;
    }
    // The end of the text is not a number.
    if (!(c >= PRINTABLE)) return -1;
  }
}

function isHexDigit(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102);
}

/** Whether a character after a backslash is one of `"\/bfnrt`. */
function isEscape(c: number): boolean {
  switch (c) {
    case QUOTE:
    case BACKSLASH:
    case 47:
    case 98:
    case LETTER_F:
    case LETTER_N:
    case 114:
    case LETTER_T:
      return true;
    default:
      return false;
  }
}
