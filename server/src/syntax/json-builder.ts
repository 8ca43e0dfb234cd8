import { createScanner, type JSONScanner } from 'jsonc-parser';
import type { Range } from '../base/span.ts';
import { indentation, isConflictMarker, isFirstOnLine, isFollowedWell, isLastOnLine, isLineEnd, isNext, isSpace, lineEnd, wordEnd } from './json-layout.ts';
import { EMPTY_ENTRY, LIST_ENTRY, MAP_ENTRY, STRING_ENTRY, Tape, UNCLOSED_ENTRY, WORD_ENTRY } from './json-tape.ts';
import { MAX_DEPTH } from './nodes.ts';
import { MAX_PROBLEMS, type Comment, type Node, type SyntaxProblem } from './tree.ts';

/** The scanner's kinds of tokens and errors. Its own enumerations are constant ones, which cannot be imported. */
const OPEN_BRACE = 1, CLOSE_BRACE = 2, OPEN_BRACKET = 3, CLOSE_BRACKET = 4, COMMA = 5, COLON = 6, STRING = 10,
  LINE_COMMENT = 12, BLOCK_COMMENT = 13, LINE_BREAK = 14, TRIVIA = 15, UNKNOWN = 16, END = 17;
const NO_ERROR = 0, UNCLOSED_COMMENT = 1, UNCLOSED_STRING = 2, BAD_UNICODE = 4, BAD_ESCAPE = 5;

const COLON_CHARACTER = 58;

/** A collection that is not closed yet. */
interface Open {
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

interface Options {
  readonly allowComments: boolean;
  /** Lets the indentation say where a bracket is missing or too many. */
  readonly byIndentation: boolean;
}

export interface JsonTree {
  readonly roots: readonly Node[];
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
  /** How many brackets are missing or too many. */
  readonly unbalanced: number;
}

export class JsonBuilder {
  readonly #text: string;
  readonly #allowComments: boolean;
  readonly #byIndentation: boolean;
  #scanner: JSONScanner;
  readonly #tape: Tape;
  readonly #roots: number[] = [];
  readonly #comments: Comment[] = [];
  readonly #problems: SyntaxProblem[] = [];
  readonly #open: Open[] = [];
  #unbalanced = 0;
  /** Where brackets and quotes are that were passed over. */
  readonly #strays = new Set<number>();
  /** Brackets open below the greatest depth, and the place on the tape of what stands for all that is there. */
  #buried = 0;
  #burial = -1;

  constructor(text: string, options: Options) {
    this.#text = text;
    this.#allowComments = options.allowComments;
    this.#byIndentation = options.byIndentation;
    this.#scanner = createScanner(text);
    this.#tape = new Tape(text);
  }

  build(): JsonTree {
    if (this.#text.charCodeAt(0) === 0xFEFF) this.#scanner.setPosition(1);
    for (let token = this.#scanner.scan(); token !== END; token = this.#scanner.scan()) this.#token(token);
    while (this.#open.length > 0) this.#closeUnclosed();
    if (this.#roots.length === 0) this.#report(0, 0, 'There is no JSON value here.');
    return { roots: this.#roots.map((at) => this.#tape.node(at, undefined)), comments: this.#comments, problems: this.#problems, unbalanced: this.#unbalanced };
  }

  #token(token: number): void {
    switch (token) {
      case TRIVIA: case LINE_BREAK: return;
      case LINE_COMMENT: case BLOCK_COMMENT: return this.#comment();
    }
    if (this.#buried > 0) return this.#bury(token);
    const start = this.#scanner.getTokenOffset();
    switch (token) {
      case OPEN_BRACE: case OPEN_BRACKET: return this.#openCollection(token, start);
      case CLOSE_BRACE: return this.#close(true, start);
      case CLOSE_BRACKET: return this.#close(false, start);
      case COMMA: return this.#comma(start);
      case COLON: return this.#colon(start);
      case STRING: return this.#string(start);
      default: return this.#word(token, start);
    }
  }

  #comment(): void {
    let range: Range = { start: this.#scanner.getTokenOffset(), end: this.#scanner.getPosition() };
    if (this.#scanner.getTokenError() === UNCLOSED_COMMENT) {
      // A mistake in a string can look like the beginning of a comment: it must not hide the rest of the file. What begins
      // like it further down is not closed either, so the scanner need not look for the end of each.
      range = { start: range.start, end: lineEnd(this.#text, range.start) };
      this.#scanner = createScanner(this.#text.replaceAll('/*', '//'));
      this.#scanner.setPosition(range.end);
      this.#report(range.start, range.end, 'This comment is not closed.');
    } else if (!this.#allowComments && this.#comments.length === 0) this.#report(range.start, range.end, 'JSON has no comments.');
    this.#comments.push(range);
  }

  // --- Collections

  #openCollection(token: number, start: number): void {
    if (this.#byIndentation && this.#isStray(token, start)) return this.#passOver(start, 'This bracket is one too many.');
    this.#approachValue(start);
    if (this.#open.length === MAX_DEPTH) {
      this.#report(start, start + 1, `What is nested more than ${MAX_DEPTH} levels deep is not read.`);
      this.#burial = this.#scalar(EMPTY_ENTRY, start, start + 1);
      this.#buried = 1;
      return;
    }
    const guided = this.#byIndentation;
    this.#push(token === OPEN_BRACE, start, guided ? indentation(this.#text, start, this.#strays) : 0, guided && isLastOnLine(this.#text, start + 1));
  }

  /** By indentation, a bracket in the place of a key is one too many, and so is a brace with another bracket behind it. */
  #isStray(token: number, start: number): boolean {
    const around = this.#open.at(-1);
    return (around?.isMap && around.keyKind === 0) || (token === OPEN_BRACE && /^[ \t]*[{[]/.test(this.#text.slice(start + 1, start + 100)));
  }

  #passOver(start: number, message: string): void {
    this.#unbalanced++;
    this.#strays.add(start);
    this.#report(start, start + 1, message);
  }

  #push(isMap: boolean, start: number, indent: number, lastOnLine: boolean): void {
    this.#place(start);
    const at = this.#tape.open(isMap ? MAP_ENTRY : LIST_ENTRY, start);
    if (this.#open.length === 0) this.#roots.push(at);
    this.#open.push({ at, isMap, start, keyKind: 0, keyStart: 0, keyEnd: 0, separator: -1, filled: false, comma: -1, end: start + 1, indent, lastOnLine });
  }

  #bury(token: number): void {
    if (token === OPEN_BRACE || token === OPEN_BRACKET) this.#buried++;
    else if (token === CLOSE_BRACE || token === CLOSE_BRACKET) this.#buried--;
    const end = this.#scanner.getPosition();
    this.#tape.extend(this.#burial, end);
    this.#open.at(-1)!.end = end;
  }

  #close(isMap: boolean, start: number): void {
    const index = this.#byIndentation ? this.#openedByIndentation(isMap, start) : this.#lastOpen(isMap);
    if (index < 0) return this.#passOver(start, `This ${isMap ? 'brace' : 'bracket'} closes nothing.`);
    while (this.#open.length > index + 1) this.#closeUnclosed();
    this.#finish(start + 1);
  }

  #lastOpen(isMap: boolean): number {
    let index = this.#open.length - 1;
    while (index >= 0 && this.#open[index]!.isMap !== isMap) index--;
    return index;
  }

  /**
   * The index of the collection that a bracket closes, as the indentation has it: a bracket that begins its line closes what
   * was opened on a line with the same indentation, another one what was not opened at the end of an earlier line.
   */
  #openedByIndentation(isMap: boolean, start: number): number {
    const last = this.#lastOpen(isMap);
    if (!isFirstOnLine(this.#text, start, this.#strays)) return this.#open[last]?.lastOnLine ? -1 : last;
    const indent = indentation(this.#text, start, this.#strays);
    if (!isFollowedWell(this.#text, start, this.#open[last]?.indent === indent)) return -1;
    return this.#open.findLastIndex((open) => open.isMap === isMap && open.indent === indent);
  }

  #closeUnclosed(): void {
    const { isMap, start, end, comma } = this.#open.at(-1)!;
    this.#unbalanced++;
    this.#report(start, start + 1, `This ${isMap ? 'brace' : 'bracket'} is not closed.`);
    this.#finish(Math.max(end, comma + 1));
  }

  #finish(end: number): void {
    const open = this.#open.at(-1)!;
    this.#completeKey(open);
    if (open.comma >= 0 && !open.filled) this.#report(open.comma, open.comma + 1, 'This comma is one too many.');
    this.#tape.close(open.at, Math.max(end, open.end));
    this.#open.pop();
    const around = this.#open.at(-1);
    if (around) around.end = Math.max(end, open.end);
  }

  /** By indentation, what begins a line is not in a collection that was opened on a line as deep. */
  #leaveByIndentation(start: number): void {
    if (!isFirstOnLine(this.#text, start, this.#strays)) return;
    const indent = indentation(this.#text, start, this.#strays);
    while (this.#open.length > 1 && this.#open.at(-1)!.indent >= indent) this.#closeUnclosed();
  }

  /** By indentation, a deeper key below a key without value is in a map whose brace is missing. */
  #openMissing(start: number): void {
    const open = this.#open.at(-1)!;
    if (open.keyKind === 0 || open.separator < 0) return;
    const indent = indentation(this.#text, open.keyStart, this.#strays);
    if (!isFirstOnLine(this.#text, start, this.#strays) || indentation(this.#text, start, this.#strays) <= indent) return;
    this.#unbalanced++;
    this.#report(open.keyStart, open.separator + 1, 'A brace is missing behind this key.');
    this.#push(true, open.separator + 1, indent, true);
  }

  // --- Commas and colons

  #comma(start: number): void {
    const open = this.#open.at(-1);
    if (open) this.#completeKey(open);
    if (!open || !open.filled) return this.#report(start, start + 1, 'This comma is one too many.');
    open.filled = false;
    open.comma = start;
  }

  #expectComma(open: Open, start: number): void {
    if (open.filled) this.#report(start, start + 1, 'A comma is missing in front of this.');
  }

  #colon(start: number): void {
    const open = this.#open.at(-1);
    if (!open || open.keyKind === 0 || open.separator >= 0) return this.#report(start, start + 1, 'This colon follows no key.');
    open.separator = start;
  }

  // --- Strings

  #string(start: number): void {
    const closed = this.#scanner.getTokenError() !== UNCLOSED_STRING;
    const end = closed ? this.#scanner.getPosition() : this.#endUnclosed(start);
    if (this.#isStrayQuote(start, end, closed)) {
      this.#scanner.setPosition(closed ? end - 1 : end);
      return this.#passOver(start, 'This quote is one too many.');
    }
    if (this.#byIndentation && closed) this.#leaveByIndentation(start);
    // A key outside of any map has lost the brace in front of it.
    if (this.#open.length === 0 && this.#roots.length === 0 && isNext(this.#text, end, COLON_CHARACTER)) this.#openRoot(start);
    const open = this.#open.at(-1);
    if (open?.isMap && this.#isKey(open, start, end)) return this.#key(start, end, closed);
    this.#approachValue(start);
    this.#reportString(start, end, closed);
    this.#scalar(closed ? STRING_ENTRY : UNCLOSED_ENTRY, start, end);
  }

  /** Whether a quote has nothing behind it but the beginning of another string, or a bracket at the end of the line. */
  #isStrayQuote(start: number, end: number, closed: boolean): boolean {
    if (!closed) return end === start + 1 && /^[ \t]*[{[]/.test(this.#text.slice(end, end + 100));
    return this.#text.slice(start + 1, end - 1).trim() === '' && /\w/.test(this.#text[end] ?? '');
  }

  #openRoot(start: number): void {
    this.#unbalanced++;
    this.#report(start, start + 1, 'A brace is missing in front of this.');
    this.#push(true, start, -1, true);
  }

  /** An unclosed string ends with its line, before the commas and brackets that are there. */
  #endUnclosed(start: number): number {
    let end = this.#scanner.getPosition();
    if (/^[ \t]*[{[][ \t]*$/.test(this.#text.slice(start + 1, end))) end = start + 1;
    while (end > start + 1 && ' \t,]}'.includes(this.#text[end - 1]!)) end--;
    this.#scanner.setPosition(end);
    return end;
  }

  #reportString(start: number, end: number, closed: boolean): void {
    if (!closed) return this.#report(start, end, 'This string is not closed.');
    switch (this.#scanner.getTokenError()) {
      case NO_ERROR: return;
      case BAD_UNICODE: return this.#report(start, end, 'This string has a \\u that is not followed by four hexadecimal digits.');
      case BAD_ESCAPE: return this.#report(start, end, 'This string has a backslash in front of a character that needs none.');
      default: return this.#report(start, end, 'This string has a control character in it, which must be written as an escape.');
    }
  }

  /** Whether a string in a map is a key. One in the place of a value is a key if it has a colon of its own, on a line of its own. */
  #isKey(open: Open, start: number, end: number): boolean {
    if (open.keyKind === 0) return true;
    return isNext(this.#text, end, COLON_CHARACTER) && lineEnd(this.#text, Math.max(open.keyEnd, open.separator)) < start;
  }

  #key(start: number, end: number, closed: boolean): void {
    if (this.#byIndentation) this.#openMissing(start);
    const open = this.#open.at(-1)!;
    this.#completeKey(open);
    this.#expectComma(open, start);
    if (!closed || !isNext(this.#text, end, COLON_CHARACTER)) {
      // The quote behind the key is missing when a colon stands where the string should have ended.
      const split = this.#text.slice(start + 1, end).search(/:(?=[\s{["\d]|$)/);
      if (split >= 0) {
        closed = false;
        end = start + 1 + split;
        this.#scanner.setPosition(end);
      }
    }
    this.#reportString(start, end, closed);
    this.#setKey(open, closed ? STRING_ENTRY : UNCLOSED_ENTRY, start, end);
  }

  #setKey(open: Open, kind: number, start: number, end: number): void {
    open.keyKind = kind;
    open.keyStart = start;
    open.keyEnd = end;
    open.separator = -1;
    open.end = end;
  }

  /** Gives the open key an empty value, if none came. */
  #completeKey(open: Open): void {
    if (open.keyKind === 0) return;
    const at = open.separator < 0 ? open.keyEnd : open.separator + 1;
    this.#report(open.keyStart, at, 'This key has no value.');
    this.#scalar(EMPTY_ENTRY, at, at);
  }

  // --- Numbers, keywords, and what is not JSON

  #word(token: number, start: number): void {
    const open = this.#open.at(-1);
    const isKey = open?.isMap && open.keyKind === 0;
    const end = this.#scanner.getPosition();
    if (token !== UNKNOWN && !isKey && this.#scanner.getTokenError() === NO_ERROR && this.#isDelimited(end)) {
      this.#approachValue(start);
      this.#scalar(WORD_ENTRY, start, end);
    } else if (isConflictMarker(this.#text, start)) this.#skipConflictMarker(start);
    else if (isKey) this.#bareKey(open, start);
    else this.#bareValue(start);
  }

  #isDelimited(end: number): boolean {
    const c = this.#text.charCodeAt(end);
    return end >= this.#text.length || c === 44 || c === 93 || c === 125 || isSpace(c) || isLineEnd(c);
  }

  #skipConflictMarker(start: number): void {
    const end = lineEnd(this.#text, start);
    this.#scanner.setPosition(end);
    this.#report(start, end, 'This line was left behind by a merge conflict.');
  }

  #bareKey(open: Open, start: number): void {
    const word = /[^\s:,{}[\]"]*/y;
    word.lastIndex = start;
    const end = start + Math.max(word.exec(this.#text)![0].length, this.#scanner.getTokenLength());
    // The quote in front is missing when there is one behind.
    this.#scanner.setPosition(this.#text[end] === '"' ? end + 1 : end);
    if (!isNext(this.#text, this.#scanner.getPosition(), COLON_CHARACTER)) return this.#report(start, end, 'This is not JSON.');
    this.#expectComma(open, start);
    this.#report(start, end, 'This key is not in double quotes.');
    this.#setKey(open, WORD_ENTRY, start, end);
  }

  #bareValue(start: number): void {
    let end = wordEnd(this.#text, this.#scanner.getPosition());
    this.#scanner.setPosition(this.#text[end] === '"' ? end + 1 : end);
    if ('{['.includes(this.#text[end] ?? '.')) return this.#report(start, end, 'This is not JSON.');
    while (end > start + 1 && isSpace(this.#text.charCodeAt(end - 1))) end--;
    this.#approachValue(start);
    this.#report(start, end, 'This is neither a string in double quotes nor a number, true, false or null.');
    this.#scalar(WORD_ENTRY, start, end);
  }

  // --- All values

  /** Reports what is missing in front of a value. */
  #approachValue(start: number): void {
    const open = this.#open.at(-1);
    if (!open) {
      if (this.#roots.length === 0) return;
      this.#unbalanced++;
      if (this.#roots.length === 1) this.#report(start, start + 1, 'There is more than one JSON value here.');
    } else if (!open.isMap) this.#expectComma(open, start);
    else if (open.keyKind === 0) {
      this.#expectComma(open, start);
      this.#report(start, start + 1, 'This value has no key.');
    } else if (open.separator < 0) this.#report(open.keyEnd, start, 'A colon is missing behind this key.');
  }

  #scalar(kind: number, start: number, end: number): number {
    this.#place(start);
    const at = this.#tape.scalar(kind, start, end);
    const open = this.#open.at(-1);
    if (open) open.end = end;
    else this.#roots.push(at);
    return at;
  }

  /** Writes the key in front of a value, if it is in a map. */
  #place(start: number): void {
    const open = this.#open.at(-1);
    if (!open) return;
    open.filled = true;
    if (!open.isMap) return;
    if (open.keyKind === 0) this.#tape.key(-1, EMPTY_ENTRY, start, start);
    else this.#tape.key(open.separator, open.keyKind, open.keyStart, open.keyEnd);
    open.keyKind = 0;
    open.separator = -1;
  }

  #report(start: number, end: number, message: string): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push({ start, end: Math.min(end, this.#text.length), message });
  }
}
