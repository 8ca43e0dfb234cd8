/**
 * The tokens of JSON as kinds and places. jsonc-parser's scanner also makes the text of each token, and of each run of
 * white space character by character: several times as much memory as a document, with each edit. So it reads only what
 * is neither white space, a bracket, a comma, a colon nor a valid string.
 */
import { createScanner, type JSONScanner } from 'jsonc-parser';
import {
  COLON as COLON_CHARACTER,
  COMMA as COMMA_CHARACTER,
  CR,
  isHexDigit,
  LF,
  OPEN_BRACE as OPEN_BRACE_CHARACTER,
  QUOTE,
  SPACE,
  TAB,
} from '../base/characters.ts';

/** jsonc-parser's kinds of tokens and errors. Its own enumerations are constant ones, which cannot be imported. */
export const OPEN_BRACE = 1,
  CLOSE_BRACE = 2,
  OPEN_BRACKET = 3,
  CLOSE_BRACKET = 4,
  COMMA = 5,
  COLON = 6,
  STRING = 10,
  LINE_COMMENT = 12,
  BLOCK_COMMENT = 13,
  UNKNOWN = 16,
  END = 17;
export const NO_ERROR = 0,
  UNCLOSED_COMMENT = 1,
  UNCLOSED_STRING = 2,
  BAD_UNICODE = 4,
  BAD_ESCAPE = 5;

const BACKSLASH = 92,
  LETTER_U = 117;

export class JsonScanner {
  readonly #text: string;
  readonly #scanner: JSONScanner;
  #position = 0;
  #start = 0;
  #error = NO_ERROR;

  constructor(text: string) {
    this.#text = text;
    this.#scanner = createScanner(text);
  }

  /** The end of the token, from which the next one is looked for. */
  get position(): number {
    return this.#position;
  }

  /** Lets the next token be looked for from an offset. */
  set position(offset: number) {
    this.#position = offset;
  }

  /** The start of the token. */
  get start(): number {
    return this.#start;
  }

  /** What is wrong with the token. */
  get error(): number {
    return this.#error;
  }

  /** Reads the next token after white space, and returns its kind. */
  scan(): number {
    const text = this.#text;
    let at = this.#position;
    let c = text.charCodeAt(at);
    while (c === SPACE || c === LF || c === CR || c === TAB) c = text.charCodeAt(++at);
    this.#start = at;
    this.#error = NO_ERROR;
    const kind = c === QUOTE ? STRING : bracketOrSeparator(c);
    const end = kind === STRING ? endOfValidString(text, at) : kind === UNKNOWN ? -1 : at + 1;
    if (end < 0) return this.#scanOther();
    this.#position = end;
    return kind;
  }

  #scanOther(): number {
    this.#scanner.setPosition(this.#start);
    const kind = this.#scanner.scan() as number;
    this.#position = this.#scanner.getPosition();
    this.#error = this.#scanner.getTokenError();
    return kind;
  }
}

function bracketOrSeparator(c: number): number {
  switch (c) {
    case OPEN_BRACE_CHARACTER:
      return OPEN_BRACE;
    case 125:
      return CLOSE_BRACE;
    case 91:
      return OPEN_BRACKET;
    case 93:
      return CLOSE_BRACKET;
    case COMMA_CHARACTER:
      return COMMA;
    case COLON_CHARACTER:
      return COLON;
    default:
      return UNKNOWN;
  }
}

/** The end of a string whose quote is at an offset; -1 if it is not valid. */
function endOfValidString(text: string, quote: number): number {
  for (let at = quote + 1; ; at++) {
    const c = text.charCodeAt(at);
    if (c === QUOTE) return at + 1;
    if (c === BACKSLASH) {
      at = endOfEscape(text, at + 1);
      if (at < 0) return -1;
    }
    // The end of the text is NaN.
    else if (!(c >= SPACE)) return -1;
  }
}

/** The last character of an escape whose letter is at an offset; -1 if it is not valid. */
function endOfEscape(text: string, letter: number): number {
  const c = text.charCodeAt(letter);
  if (c !== LETTER_U) return ESCAPED.has(c) ? letter : -1;
  for (let at = letter + 1; at <= letter + 4; at++) if (!isHexDigit(text.charCodeAt(at))) return -1;
  return letter + 4;
}

/** The characters of escapes without digits. */
const ESCAPED: ReadonlySet<number> = new Set(Array.from('"\\/bfnrt', (letter) => letter.charCodeAt(0)));
