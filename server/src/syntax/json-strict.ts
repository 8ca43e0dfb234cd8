/**
 * Reads JSON without errors, which most documents are: it only has to find where values begin and end, which takes a
 * fraction of the time that `json-builder.ts` needs to also recover from errors.
 */
import { BACKSLASH, BOM, COLON, COMMA, CR, LF, OPEN_BRACE, QUOTE, SPACE, TAB } from '../base/characters.ts';
import { LIST_ENTRY, MAP_ENTRY, STRING_ENTRY, Tape, WORD_ENTRY } from './json-tape.ts';
import { MAX_DEPTH } from './nodes.ts';
import type { Node } from './tree.ts';

const OPEN_BRACKET = 91,
  CLOSE_BRACKET = 93,
  CLOSE_BRACE = 125;
const LOWER_U = 117;

/** The number of values that are read in one step. */
const VALUES_OF_STEP = 2048;

/** The root of a text that is one JSON value, without comments; undefined if the text is anything else. */
export function* readingStrictly(text: string): Generator<void, Node | undefined, undefined> {
  const reader = new StrictReader(text);
  for (;;) {
    const state = reader.read(VALUES_OF_STEP);
    if (state !== 'open') return state === 'read' ? reader.root() : undefined;
    yield;
  }
}

class StrictReader {
  readonly #text: string;
  readonly #tape: Tape;
  #position: number;
  /** The places on the tape of the collections that are not closed yet, and whether each is a map. */
  readonly #open = new Int32Array(MAX_DEPTH);
  readonly #isMap = new Uint8Array(MAX_DEPTH);
  #depth = 0;
  #hasEscapedKeys = false;

  constructor(text: string) {
    this.#text = text;
    this.#tape = new Tape(text);
    this.#position = text.charCodeAt(0) === BOM ? 1 : 0;
  }

  root(): Node {
    this.#tape.hasPlainKeys = !this.#hasEscapedKeys;
    this.#tape.end();
    return this.#tape.node(0, undefined);
  }

  /** Reads a number of values, each with the key in front of it and the closing brackets behind it. */
  read(values: number): 'open' | 'read' | 'invalid' {
    for (let left = values; left > 0; left--) {
      const state = this.#value();
      if (state !== 'open') return state;
    }
    return 'open';
  }

  #value(): 'open' | 'read' | 'invalid' {
    const text = this.#text;
    let at = behindSpace(text, this.#position);
    if (this.#depth > 0 && this.#isMap[this.#depth - 1] === 1) {
      at = this.#key(at);
      if (at < 0) return 'invalid';
    }
    const first = text.charCodeAt(at);
    if (first === OPEN_BRACE || first === OPEN_BRACKET) return this.#collection(at, first === OPEN_BRACE);
    const end = first === QUOTE ? endOfString(text, at) : endOfWord(text, at);
    if (end < 0) return 'invalid';
    this.#tape.scalar(first === QUOTE ? STRING_ENTRY : WORD_ENTRY, at, end);
    return this.#behindValue(end);
  }

  /** Reads a key and its colon, and returns where the value begins, or -1. */
  #key(start: number): number {
    const text = this.#text;
    if (text.charCodeAt(start) !== QUOTE) return -1;
    let end = behindPlain(text, start + 1) + 1;
    if (text.charCodeAt(end - 1) !== QUOTE) {
      this.#hasEscapedKeys = true;
      end = endOfString(text, start);
      if (end < 0) return -1;
    }
    const colon = behindSpace(text, end);
    if (text.charCodeAt(colon) !== COLON) return -1;
    this.#tape.key(colon, STRING_ENTRY, start, end);
    return behindSpace(text, colon + 1);
  }

  #collection(start: number, isMap: boolean): 'open' | 'read' | 'invalid' {
    if (this.#depth === MAX_DEPTH) return 'invalid';
    const place = this.#tape.open(isMap ? MAP_ENTRY : LIST_ENTRY, start);
    const inner = behindSpace(this.#text, start + 1);
    if (this.#text.charCodeAt(inner) === (isMap ? CLOSE_BRACE : CLOSE_BRACKET)) {
      this.#tape.close(place, inner + 1);
      return this.#behindValue(inner + 1);
    }
    this.#open[this.#depth] = place;
    this.#isMap[this.#depth++] = isMap ? 1 : 0;
    this.#position = inner;
    return 'open';
  }

  /** Reads the closing brackets behind a value, and the comma or the end of the text behind them. */
  #behindValue(end: number): 'open' | 'read' | 'invalid' {
    const text = this.#text;
    for (let at = behindSpace(text, end); this.#depth > 0; at = behindSpace(text, at)) {
      const next = text.charCodeAt(at++);
      if (next === COMMA) {
        this.#position = at;
        return 'open';
      }
      if (next !== (this.#isMap[this.#depth - 1] === 1 ? CLOSE_BRACE : CLOSE_BRACKET)) return 'invalid';
      this.#tape.close(this.#open[--this.#depth]!, at);
      end = at;
    }
    return behindSpace(text, end) === text.length ? 'read' : 'invalid';
  }
}

function behindSpace(text: string, at: number): number {
  for (let c = text.charCodeAt(at); c === SPACE || c === LF || c === CR || c === TAB; c = text.charCodeAt(at)) at++;
  return at;
}

/** The place of the first quote, backslash or invalid character of a string, or of the end of the text. */
function behindPlain(text: string, at: number): number {
  // The end of the text is not a number, and not greater than one.
  for (let c = text.charCodeAt(at); c >= SPACE && c !== QUOTE && c !== BACKSLASH; c = text.charCodeAt(at)) at++;
  return at;
}

/** The end of a string with its quotes, or -1 if it is not valid. */
function endOfString(text: string, start: number): number {
  for (let at = behindPlain(text, start + 1); ; at = behindPlain(text, at)) {
    const c = text.charCodeAt(at);
    if (c === QUOTE) return at + 1;
    if (c !== BACKSLASH) return -1;
    at = endOfEscape(text, at + 1);
    if (at < 0) return -1;
  }
}

/** The end of an escape whose backslash is in front of a place, or -1 if it is not valid. */
function endOfEscape(text: string, at: number): number {
  if (text.charCodeAt(at) === LOWER_U) return /^[\dA-Fa-f]{4}$/.test(text.slice(at + 1, at + 5)) ? at + 5 : -1;
  return at < text.length && '"\\/bfnrt'.includes(text[at]!) ? at + 1 : -1;
}

/** The end of a number or keyword, or -1 if there is none. */
function endOfWord(text: string, at: number): number {
  for (const keyword of KEYWORDS) if (text.startsWith(keyword, at)) return at + keyword.length;
  NUMBER.lastIndex = at;
  return NUMBER.test(text) ? NUMBER.lastIndex : -1;
}

const KEYWORDS = ['true', 'false', 'null'];
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?/y;
