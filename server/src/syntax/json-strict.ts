/**
 * Reads JSON without errors, which most documents are: its tokens only have to come in the right order, which takes a
 * fraction of the time that `json-builder.ts` needs to also recover from errors. A text with an error is read up to it,
 * and then again with recovery.
 */
import { createScanner, type JSONScanner } from 'jsonc-parser';
import { BOM } from '../base/characters.ts';
import { LIST_ENTRY, MAP_ENTRY, STRING_ENTRY, Tape, WORD_ENTRY } from './json-tape.ts';
import * as token from './json-tokens.ts';
import { MAX_DEPTH } from './nodes.ts';
import type { Node } from './tree.ts';

/** The root of a text that is one JSON value, without comments; undefined if the text is anything else. */
export function* readingStrictly(text: string): Generator<void, Node | undefined, undefined> {
  const reader = new StrictReader(text);
  for (;;) {
    const state = reader.read(token.TOKENS_OF_STEP);
    if (state !== 'open') return state === 'read' ? reader.root() : undefined;
    yield;
  }
}

/** What may come next. */
const VALUE = 0,
  FIRST_ITEM = 1,
  KEY = 2,
  FIRST_KEY = 3,
  COLON = 4,
  /** A comma or a closing bracket, or the end of the text after the root. */
  REST = 5;

class StrictReader {
  readonly #scanner: JSONScanner;
  readonly #tape: Tape;
  #next = VALUE;
  /** The places on the tape of the collections that are not closed yet, and whether each is a map. */
  readonly #open: number[] = [];
  readonly #isMap: boolean[] = [];
  #depth = 0;
  #keyStart = 0;
  #keyEnd = 0;
  #colon = 0;

  constructor(text: string) {
    this.#scanner = createScanner(text);
    this.#tape = new Tape(text);
    if (text.charCodeAt(0) === BOM) this.#scanner.setPosition(1);
  }

  root(): Node {
    this.#tape.end();
    return this.#tape.node(0, undefined);
  }

  /** Reads a number of tokens. */
  read(tokens: number): 'open' | 'read' | 'invalid' {
    const scanner = this.#scanner;
    for (let left = tokens; left > 0; left--) {
      const kind = scanner.scan();
      if (kind === token.TRIVIA_TOKEN || kind === token.LINE_BREAK_TOKEN) continue;
      if (kind === token.END_TOKEN) return this.#depth === 0 && this.#next === REST ? 'read' : 'invalid';
      if (!this.#isRead(kind, scanner.getTokenOffset())) return 'invalid';
    }
    return 'open';
  }

  /** Reads a token; false if it may not come next. */
  #isRead(kind: number, start: number): boolean {
    const next = this.#next;
    switch (kind) {
      case token.STRING_TOKEN:
        if (next !== KEY && next !== FIRST_KEY) return this.#isScalar(STRING_ENTRY, start);
        this.#keyStart = start;
        this.#keyEnd = this.#scanner.getPosition();
        this.#next = COLON;
        return this.#scanner.getTokenError() === token.NO_ERROR;
      case token.COLON_TOKEN:
        this.#colon = start;
        this.#next = VALUE;
        return next === COLON;
      case token.COMMA_TOKEN:
        this.#next = this.#isInMap() ? KEY : VALUE;
        return next === REST && this.#depth > 0;
      case token.OPEN_BRACE_TOKEN:
        return this.#isOpened(MAP_ENTRY, start);
      case token.OPEN_BRACKET_TOKEN:
        return this.#isOpened(LIST_ENTRY, start);
      case token.CLOSE_BRACE_TOKEN:
        return (next === REST || next === FIRST_KEY) && this.#isInMap() && this.#isClosed(start + 1);
      case token.CLOSE_BRACKET_TOKEN:
        return (next === REST || next === FIRST_ITEM) && !this.#isInMap() && this.#isClosed(start + 1);
      case token.NULL_TOKEN:
      case token.TRUE_TOKEN:
      case token.FALSE_TOKEN:
      case token.NUMBER_TOKEN:
        return this.#isScalar(WORD_ENTRY, start);
      default:
        return false;
    }
  }

  #isInMap(): boolean {
    return this.#depth > 0 && this.#isMap[this.#depth - 1]!;
  }

  #isScalar(kind: number, start: number): boolean {
    if (!this.#isValue() || this.#scanner.getTokenError() !== token.NO_ERROR) return false;
    this.#tape.scalar(kind, start, this.#scanner.getPosition());
    this.#next = REST;
    return true;
  }

  #isOpened(kind: number, start: number): boolean {
    if (!this.#isValue() || this.#depth === MAX_DEPTH) return false;
    this.#open[this.#depth] = this.#tape.open(kind, start);
    this.#isMap[this.#depth++] = kind === MAP_ENTRY;
    this.#next = kind === MAP_ENTRY ? FIRST_KEY : FIRST_ITEM;
    return true;
  }

  #isClosed(end: number): boolean {
    if (this.#depth === 0) return false;
    this.#tape.close(this.#open[--this.#depth]!, end);
    this.#next = REST;
    return true;
  }

  /** Writes the key before a value, if it is in a map; false if no value may come next. */
  #isValue(): boolean {
    if (this.#next !== VALUE && this.#next !== FIRST_ITEM) return false;
    if (this.#isInMap()) this.#tape.key(this.#colon, STRING_ENTRY, this.#keyStart, this.#keyEnd);
    return true;
  }
}
