import { createScanner, type JSONScanner } from 'jsonc-parser';
import type { Range } from '../base/span.ts';
import { JsonString, JsonWord, UnclosedString } from './json-scalar.ts';
import { EmptyScalar, Entry, KeyValue, Mapping, MAX_DEPTH, Sequence, type Scalar } from './nodes.ts';
import { MAX_PROBLEMS, type Comment, type Node, type SyntaxProblem } from './tree.ts';

/** The scanner's kinds of tokens. Its own enumeration is a constant one, which cannot be imported. */
const OPEN_BRACE = 1, CLOSE_BRACE = 2, OPEN_BRACKET = 3, CLOSE_BRACKET = 4, COMMA = 5, COLON = 6, STRING = 10,
  LINE_COMMENT = 12, BLOCK_COMMENT = 13, LINE_BREAK = 14, TRIVIA = 15, END = 17;

const UNCLOSED_COMMENT = 1, UNCLOSED_STRING = 2;

interface Open {
  readonly node: Mapping | Sequence;
  key: Scalar | undefined;
  separator: number;
  /** Whether a value came after the last comma. */
  filled: boolean;
  comma: number;
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
  /** Whether brackets are missing or too many. */
  readonly unbalanced: boolean;
}

export class JsonBuilder {
  readonly #text: string;
  readonly #options: Options;
  readonly #scanner: JSONScanner;
  readonly #roots: Node[] = [];
  readonly #comments: Comment[] = [];
  readonly #problems: SyntaxProblem[] = [];
  readonly #open: Open[] = [];
  #unbalanced = false;
  /** Brackets open below the greatest depth, and the node that stands for all that is there. */
  #buried = 0;
  #burial: EmptyScalar | undefined;

  constructor(text: string, options: Options) {
    this.#text = text;
    this.#options = options;
    this.#scanner = createScanner(text);
  }

  build(): JsonTree {
    if (this.#text.charCodeAt(0) === 0xFEFF) this.#scanner.setPosition(1);
    for (let token = this.#scanner.scan(); token !== END; token = this.#scanner.scan()) this.#token(token);
    while (this.#open.length > 0) this.#closeUnclosed();
    if (this.#roots.length === 0) this.#report({ start: 0, end: 0 }, 'There is no JSON value here.');
    return { roots: this.#roots, comments: this.#comments, problems: this.#problems, unbalanced: this.#unbalanced };
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
      case CLOSE_BRACE: return this.#close('map', start);
      case CLOSE_BRACKET: return this.#close('list', start);
      case COMMA: return this.#comma(start);
      case COLON: return this.#colon(start);
      case STRING: return this.#string(start);
      default: return this.#word(start);
    }
  }

  #comment(): void {
    const range = this.#tokenRange();
    if (this.#scanner.getTokenError() === UNCLOSED_COMMENT) this.#report(range, 'This comment is not closed.');
    else if (!this.#options.allowComments && this.#comments.length === 0) this.#report(range, 'JSON has no comments.');
    this.#comments.push(range);
  }

  #openCollection(token: number, start: number): void {
    this.#approachValue(start);
    const parent = this.#open.at(-1)?.node;
    if (this.#open.length === MAX_DEPTH) {
      this.#report({ start, end: start + 1 }, `What is nested more than ${MAX_DEPTH} levels deep is not read.`);
      this.#burial = new EmptyScalar(parent, start, start + 1);
      this.#buried = 1;
      return this.#add(this.#burial);
    }
    const node = token === OPEN_BRACE ? new Mapping(parent, start, 'flow', -1) : new Sequence(parent, start, 'flow', -1);
    node.end = start + 1;
    this.#add(node);
    const guided = this.#options.byIndentation;
    this.#open.push({
      node, key: undefined, separator: -1, filled: false, comma: -1,
      indent: guided ? this.#indentation(start) : 0,
      lastOnLine: guided && this.#isLastOnLine(start + 1),
    });
  }

  #bury(token: number): void {
    if (token === OPEN_BRACE || token === OPEN_BRACKET) this.#buried++;
    else if (token === CLOSE_BRACE || token === CLOSE_BRACKET) this.#buried--;
    this.#burial!.end = this.#scanner.getPosition();
  }

  #close(kind: 'map' | 'list', start: number): void {
    const index = this.#options.byIndentation ? this.#openedByIndentation(kind, start) : this.#open.findLastIndex((open) => open.node.kind === kind);
    if (index < 0) {
      this.#unbalanced = true;
      return this.#report({ start, end: start + 1 }, `This ${kind === 'map' ? 'brace' : 'bracket'} closes nothing.`);
    }
    while (this.#open.length > index + 1) this.#closeUnclosed();
    this.#finish(start + 1);
  }

  /**
   * The index of the collection that a bracket closes, as the indentation has it: a bracket that begins its line closes what
   * was opened on a line with the same indentation, another one what was not opened at the end of an earlier line.
   */
  #openedByIndentation(kind: 'map' | 'list', start: number): number {
    if (this.#isFirstOnLine(start)) {
      const indent = this.#indentation(start);
      return this.#open.findLastIndex((open) => open.node.kind === kind && open.indent === indent);
    }
    const index = this.#open.findLastIndex((open) => open.node.kind === kind);
    return this.#open[index]?.lastOnLine ? -1 : index;
  }

  #closeUnclosed(): void {
    const { node } = this.#open.at(-1)!;
    this.#unbalanced = true;
    this.#report({ start: node.start, end: node.start + 1 }, `This ${node.kind === 'map' ? 'brace' : 'bracket'} is not closed.`);
    const last = node.kind === 'map' ? node.pairs.at(-1) : node.items.at(-1);
    this.#finish(Math.max(last?.end ?? 0, this.#open.at(-1)!.comma + 1, node.start + 1));
  }

  #finish(end: number): void {
    const open = this.#open.at(-1)!;
    this.#completeKey(open);
    if (open.comma >= 0 && !open.filled) this.#report({ start: open.comma, end: open.comma + 1 }, 'This comma is one too many.');
    open.node.end = Math.max(end, open.node.end);
    this.#open.pop();
  }

  #comma(start: number): void {
    const open = this.#open.at(-1);
    if (open) this.#completeKey(open);
    if (!open || !open.filled) return this.#report({ start, end: start + 1 }, 'This comma is one too many.');
    open.filled = false;
    open.comma = start;
  }

  #colon(start: number): void {
    const open = this.#open.at(-1);
    if (!open?.key || open.separator >= 0) return this.#report({ start, end: start + 1 }, 'This colon follows no key.');
    open.separator = start;
  }

  #string(start: number): void {
    const { closed, end } = this.#stringEnd(start);
    const open = this.#approachByIndentation(start);
    if (open && open.node.kind === 'map' && this.#isKey(open, start, end)) return this.#key(start, end, closed);
    this.#approachValue(start);
    this.#reportString(start, end, closed);
    this.#add(this.#stringNode(start, end, closed));
  }

  /** An unclosed string ends with its line, before the commas and brackets that are there. */
  #stringEnd(start: number): { closed: boolean; end: number } {
    const end = this.#scanner.getPosition();
    if (this.#scanner.getTokenError() !== UNCLOSED_STRING && end - start > 1 && this.#text.charCodeAt(end - 1) === 34) return { closed: true, end };
    let trimmed = end;
    while (trimmed > start + 1 && ' \t,]}'.includes(this.#text[trimmed - 1]!)) trimmed--;
    this.#scanner.setPosition(trimmed);
    return { closed: false, end: trimmed };
  }

  #stringNode(start: number, end: number, closed: boolean): Scalar {
    const parent = this.#open.at(-1)?.node;
    return closed ? new JsonString(parent, start, end, this.#text) : new UnclosedString(parent, start, end, this.#text);
  }

  #reportString(start: number, end: number, closed: boolean): void {
    if (!closed) this.#report({ start, end }, 'This string is not closed.');
    else switch (this.#scanner.getTokenError()) {
      case 0: return;
      case 4: return this.#report({ start, end }, 'This string has a \\u that is not followed by four hexadecimal digits.');
      case 5: return this.#report({ start, end }, 'This string has a backslash before a character that needs none.');
      default: return this.#report({ start, end }, 'This string has a control character in it, which must be written as an escape.');
    }
  }

  /** Whether a string in a map is a key. One in the place of a value is a key if it has a colon of its own, on a line of its own. */
  #isKey(open: Open, start: number, end: number): boolean {
    if (!open.key) return true;
    const previous = open.separator < 0 ? open.key.end : open.separator;
    return this.#nextIs(':', end) && /[\r\n]/.test(this.#text.slice(previous, start));
  }

  #key(start: number, end: number, closed: boolean): void {
    const open = this.#open.at(-1)!;
    this.#completeKey(open);
    this.#expectComma(open, start);
    if (!closed || !this.#nextIs(':', end)) {
      // The quote behind the key is missing when a colon stands where the string should have ended.
      const split = this.#text.slice(start + 1, end).search(/:(?=[\s{["\d]|$)/);
      if (split >= 0) {
        closed = false;
        end = start + 1 + split;
        this.#scanner.setPosition(end);
      }
    }
    this.#reportString(start, end, closed);
    open.key = this.#stringNode(start, end, closed);
    open.separator = -1;
  }

  /** Something that is not a string: a number, a keyword, or what is not JSON. */
  #word(start: number): void {
    if (this.#isConflictMarker(start)) return this.#skipConflictMarker(start);
    const open = this.#approachByIndentation(start);
    if (open && open.node.kind === 'map' && !open.key) return this.#bareKey(open, start);
    const error = this.#scanner.getTokenError();
    const end = this.#wordEnd(start);
    const word = this.#text.slice(start, end);
    this.#approachValue(start);
    const parent = this.#open.at(-1)?.node;
    this.#add(new JsonWord(parent, start, end, this.#text));
    if (error !== 0 || !/^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/.test(word)) {
      this.#report({ start, end }, 'This is neither a string in double quotes nor a number, true, false or null.');
    }
  }

  #wordEnd(start: number): number {
    let end = this.#scanner.getPosition();
    const isEnd = (c: string | undefined): boolean => c === undefined || ',]}{["\r\n'.includes(c);
    if (isEnd(this.#text[end]) || this.#text[end] === ' ' || this.#text[end] === '\t') return end;
    while (!isEnd(this.#text[end]) && !this.#text.startsWith('//', end) && !this.#text.startsWith('/*', end)) end++;
    // The quote in front is missing when there is one behind.
    this.#scanner.setPosition(this.#text[end] === '"' ? end + 1 : end);
    while (end > start + 1 && ' \t'.includes(this.#text[end - 1]!)) end--;
    return end;
  }

  #bareKey(open: Open, start: number): void {
    const word = /[^\s:,{}[\]"]+/y;
    word.lastIndex = start;
    const end = start + Math.max(word.exec(this.#text)?.[0].length ?? 0, this.#scanner.getTokenLength());
    const quoteBehind = this.#text[end] === '"';
    this.#scanner.setPosition(quoteBehind ? end + 1 : end);
    if (!this.#nextIs(':', this.#scanner.getPosition())) return this.#report({ start, end }, 'This is not JSON.');
    this.#expectComma(open, start);
    this.#report({ start, end }, 'This key is not in double quotes.');
    open.key = new JsonWord(open.node, start, end, this.#text);
    open.separator = -1;
  }

  #isConflictMarker(start: number): boolean {
    const marker = this.#text.slice(start, start + 7);
    return (marker === '<<<<<<<' || marker === '=======' || marker === '>>>>>>>' || marker === '|||||||')
      && (start === 0 || '\r\n'.includes(this.#text[start - 1]!));
  }

  #skipConflictMarker(start: number): void {
    let end = start;
    while (end < this.#text.length && !'\r\n'.includes(this.#text[end]!)) end++;
    this.#scanner.setPosition(end);
    this.#report({ start, end }, 'This line was left behind by a merge conflict.');
  }

  /** By indentation, what begins a line is not in a collection that was opened on a line as deep. */
  #approachByIndentation(start: number): Open | undefined {
    if (this.#options.byIndentation && this.#isFirstOnLine(start)) {
      const indent = this.#indentation(start);
      while (this.#open.length > 1 && this.#open.at(-1)!.indent >= indent && this.#open.at(-1)!.lastOnLine) this.#closeUnclosed();
    }
    return this.#open.at(-1);
  }

  /** Reports what is missing in front of a value. */
  #approachValue(start: number): void {
    const open = this.#open.at(-1);
    if (!open) {
      if (this.#roots.length === 1) this.#report({ start, end: start + 1 }, 'There is more than one JSON value here.');
      this.#unbalanced ||= this.#roots.length > 0;
    } else if (open.node.kind === 'list') this.#expectComma(open, start);
    else if (!open.key) {
      this.#expectComma(open, start);
      this.#report({ start, end: start + 1 }, 'This value has no key.');
    } else if (open.separator < 0) this.#report({ start: open.key.end, end: start }, 'A colon is missing after this key.');
  }

  #expectComma(open: Open, start: number): void {
    if (open.filled) this.#report({ start, end: start + 1 }, 'A comma is missing in front of this.');
  }

  /** Gives the open key an empty value, if none came. */
  #completeKey(open: Open): void {
    if (!open.key) return;
    const at = open.separator < 0 ? open.key.end : open.separator + 1;
    this.#report({ start: open.key.start, end: at }, 'This key has no value.');
    this.#add(new EmptyScalar(open.node, at, at));
  }

  #add(node: Node): void {
    const open = this.#open.at(-1);
    if (!open) {
      this.#roots.push(node);
      return;
    }
    open.filled = true;
    if (open.node.kind === 'list') open.node.items.push(new Entry(node.start, node));
    else {
      const key = open.key ?? new EmptyScalar(open.node, node.start, node.start);
      open.node.pairs.push(new KeyValue(key, open.separator, node));
      open.key = undefined;
      open.separator = -1;
    }
  }

  #nextIs(character: string, offset: number): boolean {
    while (' \t\r\n'.includes(this.#text[offset] ?? '.')) offset++;
    return this.#text[offset] === character;
  }

  #isFirstOnLine(offset: number): boolean {
    while (offset > 0 && ' \t'.includes(this.#text[offset - 1]!)) offset--;
    return offset === 0 || '\r\n\uFEFF'.includes(this.#text[offset - 1]!);
  }

  #isLastOnLine(offset: number): boolean {
    while (' \t'.includes(this.#text[offset] ?? '.')) offset++;
    return offset >= this.#text.length || '\r\n'.includes(this.#text[offset]!);
  }

  #indentation(offset: number): number {
    let start = offset;
    while (start > 0 && !'\r\n'.includes(this.#text[start - 1]!)) start--;
    const first = start;
    while (' \t'.includes(this.#text[start] ?? '.')) start++;
    return start - first;
  }

  #tokenRange(): Range {
    return { start: this.#scanner.getTokenOffset(), end: this.#scanner.getPosition() };
  }

  #report(range: Range, message: string): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push({ start: range.start, end: Math.min(range.end, this.#text.length), message });
  }
}
