import { EMPTY_ENTRY, LIST_ENTRY, MAP_ENTRY, Tape } from './json-tape.ts';
import { MAX_PROBLEMS, type Node, type SyntaxProblem } from './tree.ts';

/** A collection that is not closed yet. */
export interface OpenCollection {
  /** Its place on the tape. */
  readonly at: number;
  readonly isMap: boolean;
  readonly start: number;
  /** The key whose value comes next: what kind of scalar it is (0 for none), and where. */
  keyKind: number;
  keyStart: number;
  keyEnd: number;
  separator: number;
  /** Whether a value came after the last comma. */
  filled: boolean;
  comma: number;
  /** The end of what was read of it. */
  end: number;
  /** The indentation of the line that it was opened on, and whether it was opened by the last token of that line. */
  readonly indent: number;
  readonly lastOnLine: boolean;
}

/**
 * The collections that are open while JSON is read. It adds values to the tape and detects missing commas, colons and
 * keys around them.
 */
export class JsonStack {
  readonly problems: SyntaxProblem[] = [];
  /** How many brackets are missing or too many. */
  unbalanced = 0;
  readonly #length: number;
  readonly #tape: Tape;
  readonly #roots: number[] = [];
  readonly #open: OpenCollection[] = [];

  constructor(text: string) {
    this.#length = text.length;
    this.#tape = new Tape(text);
  }

  get depth(): number {
    return this.#open.length;
  }

  get top(): OpenCollection | undefined {
    return this.#open.at(-1);
  }

  /** Whether nothing was read yet. */
  get isFresh(): boolean {
    return this.#open.length === 0 && this.#roots.length === 0;
  }

  report(start: number, end: number, message: string): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ start, end: Math.min(end, this.#length), message });
  }

  /** Reports a bracket that is missing or too many. */
  reportBracket(start: number, end: number, message: string): void {
    this.unbalanced++;
    this.report(start, end, message);
  }

  /** Closes everything and returns the roots. */
  finish(): readonly Node[] {
    while (this.#open.length > 0) this.closeUnclosed();
    if (this.#roots.length === 0) this.report(0, 0, 'Expected a JSON value.');
    this.#tape.end();
    return this.#roots.map((at) => this.#tape.node(at, undefined));
  }

  push(isMap: boolean, start: number, indent: number, lastOnLine: boolean): void {
    this.#place(start);
    const at = this.#tape.open(isMap ? MAP_ENTRY : LIST_ENTRY, start);
    if (this.#open.length === 0) this.#roots.push(at);
    this.#open.push({
      at,
      isMap,
      start,
      keyKind: 0,
      keyStart: 0,
      keyEnd: 0,
      separator: -1,
      filled: false,
      comma: -1,
      end: start + 1,
      indent,
      lastOnLine,
    });
  }

  /** Adds a value that contains no others, and returns its place on the tape. */
  scalar(kind: number, start: number, end: number): number {
    this.#place(start);
    const at = this.#tape.scalar(kind, start, end);
    const open = this.top;
    if (open) open.end = end;
    else this.#roots.push(at);
    return at;
  }

  /** Moves the end of the last scalar. */
  extend(at: number, end: number): void {
    this.#tape.extend(at, end);
    if (this.top) this.top.end = end;
  }

  key(open: OpenCollection, kind: number, start: number, end: number): void {
    open.keyKind = kind;
    open.keyStart = start;
    open.keyEnd = end;
    open.separator = -1;
    open.end = end;
  }

  comma(start: number): void {
    const open = this.top;
    if (open) this.completeKey(open);
    if (!open?.filled) return this.report(start, start + 1, 'Unexpected comma.');
    open.filled = false;
    open.comma = start;
  }

  colon(start: number): void {
    const open = this.top;
    if (!open || open.keyKind === 0 || open.separator >= 0) return this.report(start, start + 1, 'Unexpected colon.');
    open.separator = start;
  }

  /** Reports the token that is missing before a value. */
  approachValue(start: number): void {
    const open = this.top;
    if (!open) {
      if (this.#roots.length === 1) this.report(start, start + 1, 'Only one JSON value is allowed.');
      if (this.#roots.length > 0) this.unbalanced++;
    } else if (!open.isMap) this.expectComma(open, start);
    else if (open.keyKind === 0) {
      this.expectComma(open, start);
      this.report(start, start + 1, 'Missing key for this value.');
    } else if (open.separator < 0) this.report(open.keyEnd, start, 'Missing colon after this key.');
  }

  expectComma(open: OpenCollection, start: number): void {
    if (open.filled) this.report(start, start + 1, 'Missing comma before this.');
  }

  /** Gives the open key an empty value, if it has none. */
  completeKey(open: OpenCollection): void {
    if (open.keyKind === 0) return;
    const at = open.separator < 0 ? open.keyEnd : open.separator + 1;
    this.report(open.keyStart, at, 'Missing value for this key.');
    this.scalar(EMPTY_ENTRY, at, at);
  }

  /** The index of the innermost collection that passes a test, or -1. */
  lastIndex(test: (open: OpenCollection) => boolean): number {
    let index = this.#open.length - 1;
    while (index >= 0 && !test(this.#open[index]!)) index--;
    return index;
  }

  /** The index of the innermost map or list, or -1. */
  lastOfKind(isMap: boolean): number {
    let index = this.#open.length - 1;
    while (index >= 0 && this.#open[index]!.isMap !== isMap) index--;
    return index;
  }

  at(index: number): OpenCollection | undefined {
    return this.#open[index];
  }

  /** Closes the collection at an index where its bracket is, and unclosed ones within it. */
  close(index: number, end: number): void {
    while (this.#open.length > index + 1) this.closeUnclosed();
    this.#pop(end);
  }

  closeUnclosed(): void {
    const { isMap, start, end, comma } = this.top!;
    this.reportBracket(start, start + 1, `This ${isMap ? 'brace' : 'bracket'} is not closed.`);
    this.#pop(Math.max(end, comma + 1));
  }

  #pop(end: number): void {
    const open = this.top!;
    this.completeKey(open);
    if (open.comma >= 0 && !open.filled) this.report(open.comma, open.comma + 1, 'Unexpected comma.');
    const last = Math.max(end, open.end);
    this.#tape.close(open.at, last);
    this.#open.pop();
    if (this.top) this.top.end = last;
  }

  /** Writes the key before a value, if it is in a map. */
  #place(start: number): void {
    const open = this.top;
    if (!open) return;
    open.filled = true;
    if (!open.isMap) return;
    if (open.keyKind === 0) this.#tape.key(-1, EMPTY_ENTRY, start, start);
    else this.#tape.key(open.separator, open.keyKind, open.keyStart, open.keyEnd);
    open.keyKind = 0;
    open.separator = -1;
  }
}
