import { partitionPoint } from '../../base/binary-search.ts';
import type { Range } from '../../base/span.ts';
import { CR, HASH, isLineEnd, isSpace, LF } from '../../base/characters.ts';

/** The lines of a text, for looking around a place that could not be parsed. */
export class Lines {
  readonly text: string;
  readonly #starts: readonly number[];
  /** The indentation of each line by `indent`, or `UNKNOWN`. */
  readonly #indents: Int32Array;

  constructor(
    text: string,
    starts: readonly number[] = lineStarts(text),
    indents: Int32Array = new Int32Array(starts.length).fill(UNKNOWN),
  ) {
    this.text = text;
    this.#starts = starts;
    this.#indents = indents;
  }

  /** The same lines with another text of the same length, in which some ranges differ. */
  with(text: string, changes: readonly Range[]): Lines {
    const indents = this.#indents.slice();
    for (const { start, end } of changes) indents.fill(UNKNOWN, this.at(start), this.at(end) + 1);
    return new Lines(text, this.#starts, indents);
  }

  get count(): number {
    return this.#starts.length;
  }

  /** The number of the line that an offset is on. */
  at(offset: number): number {
    return Math.max(0, partitionPoint(this.#starts, (start) => start <= offset) - 1);
  }

  start(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }

  /** Where the line ends, without its line end. */
  end(line: number): number {
    let end = this.start(line + 1);
    const start = this.start(line);
    while (end > start && isLineEnd(this.text.charCodeAt(end - 1))) end--;
    return end;
  }

  content(line: number): string {
    return this.text.slice(this.start(line), this.end(line));
  }

  /** The column of the first character that is neither space nor tab; -1 for a line without one, and for a comment. */
  indent(line: number): number {
    const known = this.#indents[line] ?? -1;
    return known === UNKNOWN ? (this.#indents[line] = this.#measure(line)) : known;
  }

  #measure(line: number): number {
    const start = this.start(line);
    // A line break that was taken away makes the line a part of the one above.
    if (start > 0 && !isLineEnd(this.text.charCodeAt(start - 1))) return -1;
    const end = this.end(line);
    let at = start;
    while (at < end && isSpace(this.text.charCodeAt(at))) at++;
    return at === end || this.text.charCodeAt(at) === HASH ? -1 : at - start;
  }

  /** The nearest line above that has something on it, or -1. */
  above(line: number): number {
    do line--;
    while (line >= 0 && this.indent(line) < 0);
    return line;
  }

  /** The nearest line below that has something on it, or the number of lines. */
  below(line: number): number {
    do line++;
    while (line < this.count && this.indent(line) < 0);
    return line;
  }

  /** The nearest line above that is indented less, or -1. */
  parent(line: number): number {
    const indent = line < 0 ? 0 : this.indent(line);
    if (indent <= 0) return -1;
    let above = this.above(line);
    while (above >= 0 && this.indent(above) >= indent) above = this.above(above);
    return above;
  }

  /**
   * The first line after a line and its block: the lines that are indented as deep as the first line below, if that is
   * deeper. A list may begin at the indentation of its key.
   */
  blockEnd(line: number, indent = this.indent(line)): number {
    const first = this.below(line);
    if (first === this.count) return first;
    const child = this.indent(first);
    if (child > indent) return this.#whileAsDeep(first, child);
    if (child < indent || this.isItem(line) || !this.isItem(first)) return first;
    let next = first;
    while (next < this.count && (this.indent(next) > indent || (this.indent(next) === indent && this.isItem(next))))
      next = this.below(next);
    return next;
  }

  #whileAsDeep(line: number, indent: number): number {
    while (line < this.count && this.indent(line) >= indent) line = this.below(line);
    return line;
  }

  /** The nearest line above that begins an entry of a section at the left margin: a resource, a parameter. */
  entry(line: number): number {
    const above = this.above(line);
    const root = this.root(above);
    const indent = this.indent(this.below(root));
    let entry = above;
    while (entry > root && this.indent(entry) > indent) entry = this.above(entry);
    return Math.max(entry, 0);
  }

  /**
   * The nearest line at the left margin that begins something, at a line or above it; the first line if there is none.
   */
  root(line: number): number {
    let root = line;
    while (root > 0 && !this.isRoot(root)) root--;
    return Math.max(root, 0);
  }

  isRoot(line: number): boolean {
    return this.indent(line) === 0 && ROOT.test(this.content(line));
  }

  /** Where a search for something that is not closed at a line begins. */
  surroundings(line: number): number {
    return Math.max(this.entry(this.entry(line)), line - LOOK_BACK);
  }

  /**
   * The end of the block around a line and the next block: an error after it has another cause than one at the line.
   */
  horizon(line: number): number {
    let block = line;
    for (let parent = this.parent(block); parent >= 0 && this.parent(parent) >= 0; parent = this.parent(block))
      block = parent;
    return this.end(this.below(Math.max(this.blockEnd(block), this.blockEnd(line), line + 2)));
  }

  /** A line without its indentation. */
  filled(line: number): Range {
    return { start: this.start(line) + Math.max(this.indent(line), 0), end: this.end(line) };
  }

  /**
   * A line with the lines that belong to it. After a stray character, the indentation is that of the following text.
   */
  block(line: number): Range {
    const end = this.blockEnd(line, STRAY.exec(this.content(line))?.[0].length);
    return { start: this.filled(line).start, end: this.end(end - 1) };
  }

  /** Whether a line is only the key of the lines below it. */
  isOpener(line: number): boolean {
    return OPENER.test(this.content(line));
  }

  isItem(line: number): boolean {
    return /^[ \t]*-(?:\s|$)/.test(this.content(line));
  }
}

const LOOK_BACK = 200;

const OPENER = /(?::|-)(?: {1,16}[!&]\S{0,256}){0,2}(?: {1,16}[|>][-+\d]{0,3})?\s*(?: #.*)?$/;

const STRAY = /^[ \t]*[-[\]{}"':,#?]+[ \t]*/;

const ROOT = /^(?:- |[\w"'][^#]*?:(?:\s|$))/;

const UNKNOWN = -2;

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === CR && text.charCodeAt(i + 1) === LF) continue;
    if (isLineEnd(c)) starts.push(i + 1);
  }
  return starts;
}
