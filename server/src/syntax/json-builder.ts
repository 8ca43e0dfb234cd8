import { createScanner, type JSONScanner } from 'jsonc-parser';
import type { Range } from '../base/span.ts';
import { BOM, COLON as COLON_CHARACTER, COMMA as COMMA_CHARACTER, isSpaceOrEnd, isSpace } from '../base/characters.ts';
import {
  isAcrossLines,
  isConflictMarker,
  isFollowedWell,
  isLastOnLine,
  isNext,
  isWord,
  endOfLine,
  Margins,
  wordEnd,
} from './json-layout.ts';
import { JsonStack, type OpenCollection } from './json-stack.ts';
import {
  BAD_ESCAPE,
  BAD_UNICODE,
  BLOCK_COMMENT_TOKEN,
  CLOSE_BRACE_TOKEN,
  CLOSE_BRACKET_TOKEN,
  COLON_TOKEN,
  COMMA_TOKEN,
  END_TOKEN,
  LINE_BREAK_TOKEN,
  LINE_COMMENT_TOKEN,
  NO_ERROR,
  OPEN_BRACE_TOKEN,
  OPEN_BRACKET_TOKEN,
  STRING_TOKEN,
  TOKENS_OF_STEP,
  TRIVIA_TOKEN,
  UNCLOSED_COMMENT,
  UNCLOSED_STRING,
  UNKNOWN_TOKEN,
} from './json-tokens.ts';
import { EMPTY_ENTRY, STRING_ENTRY, UNCLOSED_ENTRY, WORD_ENTRY } from './json-tape.ts';
import { MAX_DEPTH } from './nodes.ts';
import type { Comment, Node, SyntaxProblem } from './tree.ts';

interface Options {
  readonly allowComments: boolean;
  /** Uses the indentation to find where a bracket is missing or too many. */
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
  readonly #stack: JsonStack;
  readonly #comments: Comment[] = [];
  #scanner: JSONScanner;
  readonly #margins: Margins;
  /** Brackets open below the greatest depth, and the place on the tape of the event that represents all of them. */
  #depthBelow = 0;
  #indexBelow = -1;

  constructor(text: string, options: Options) {
    this.#text = text;
    this.#allowComments = options.allowComments;
    this.#byIndentation = options.byIndentation;
    this.#stack = new JsonStack(text);
    this.#margins = new Margins(text);
    this.#scanner = createScanner(text);
  }

  /** Reads the text in steps. */
  *building(): Generator<void, JsonTree, undefined> {
    if (this.#text.charCodeAt(0) === BOM) this.#scanner.setPosition(1);
    let count = 0;
    for (let token = this.#scanner.scan(); token !== END_TOKEN; token = this.#scanner.scan()) {
      this.#token(token);
      if (++count % TOKENS_OF_STEP === 0) yield;
    }
    const roots = this.#stack.finish();
    return { roots, comments: this.#comments, problems: this.#stack.problems, unbalanced: this.#stack.unbalanced };
  }

  #token(token: number): void {
    switch (token) {
      case TRIVIA_TOKEN:
      case LINE_BREAK_TOKEN:
        return;
      case LINE_COMMENT_TOKEN:
      case BLOCK_COMMENT_TOKEN:
        return this.#comment();
    }
    if (this.#depthBelow > 0) return this.#skipTooDeep(token);
    const start = this.#scanner.getTokenOffset();
    switch (token) {
      case OPEN_BRACE_TOKEN:
      case OPEN_BRACKET_TOKEN:
        return this.#open(token, start);
      case CLOSE_BRACE_TOKEN:
        return this.#close(true, start);
      case CLOSE_BRACKET_TOKEN:
        return this.#close(false, start);
      case COMMA_TOKEN:
        return this.#stack.comma(start);
      case COLON_TOKEN:
        return this.#stack.colon(start);
      case STRING_TOKEN:
        return this.#string(start);
      default:
        return this.#text[start] === '#' ? this.#hashComment(start) : this.#word(token, start);
    }
  }

  /** Terraform and others have comments like this one, which people write into JSON too. */
  #hashComment(start: number): void {
    const end = endOfLine(this.#text, start);
    this.#scanner.setPosition(end);
    if (!this.#allowComments && this.#comments.length === 0)
      this.#stack.report(start, end, 'JSON does not allow comments.');
    this.#comments.push({ start, end });
  }

  #comment(): void {
    let range: Range = { start: this.#scanner.getTokenOffset(), end: this.#scanner.getPosition() };
    if (this.#scanner.getTokenError() === UNCLOSED_COMMENT) {
      // A mistake in a string can look like the beginning of a comment: it must not hide the rest of the file. What
      // begins like it further down is not closed either, so the scanner need not search for the end of each.
      range = { start: range.start, end: endOfLine(this.#text, range.start) };
      this.#scanner = createScanner(this.#text.replaceAll('/*', '//'));
      this.#scanner.setPosition(range.end);
      this.#stack.report(range.start, range.end, 'Unclosed comment.');
    } else if (!this.#allowComments && this.#comments.length === 0)
      this.#stack.report(range.start, range.end, 'JSON does not allow comments.');
    this.#comments.push(range);
  }

  // --- Collections

  #open(token: number, start: number): void {
    if (this.#byIndentation && this.#isStray(token, start)) return this.#passOver(start, 'Unexpected closing bracket.');
    this.#stack.approachValue(start);
    if (this.#stack.depth === MAX_DEPTH) {
      this.#stack.report(start, start + 1, `Nesting exceeds ${MAX_DEPTH} levels.`);
      this.#indexBelow = this.#stack.scalar(EMPTY_ENTRY, start, start + 1);
      this.#depthBelow = 1;
      return;
    }
    const guided = this.#byIndentation;
    this.#stack.push(
      token === OPEN_BRACE_TOKEN,
      start,
      guided ? this.#margins.indentation(start) : 0,
      guided && isLastOnLine(this.#text, start + 1),
    );
  }

  #skipTooDeep(token: number): void {
    if (token === OPEN_BRACE_TOKEN || token === OPEN_BRACKET_TOKEN) this.#depthBelow++;
    else if (token === CLOSE_BRACE_TOKEN || token === CLOSE_BRACKET_TOKEN) this.#depthBelow--;
    this.#stack.extend(this.#indexBelow, this.#scanner.getPosition());
  }

  #close(isMap: boolean, start: number): void {
    const index = this.#byIndentation ? this.#openedByIndentation(isMap, start) : this.#stack.lastOfKind(isMap);
    if (index < 0) this.#passOver(start, `This ${isMap ? 'brace' : 'bracket'} has no matching opening bracket.`);
    else this.#stack.close(index, start + 1);
  }

  #passOver(start: number, message: string): void {
    this.#margins.addStray(start);
    this.#stack.reportBracket(start, start + 1, message);
  }

  // --- Indentation

  /** A bracket in place of a key is one too many, and so is a brace with another bracket after it. */
  #isStray(token: number, start: number): boolean {
    const around = this.#stack.top;
    return (
      (around?.isMap && around.keyKind === 0) ||
      (token === OPEN_BRACE_TOKEN && /^[ \t]*[{[]/.test(this.#text.slice(start + 1, start + 100)))
    );
  }

  /**
   * The index of the collection that a bracket closes: one that begins its line closes what was opened on a line with
   * the same indentation, another one what was not opened at the end of an earlier line.
   */
  #openedByIndentation(isMap: boolean, start: number): number {
    const last = this.#stack.lastOfKind(isMap);
    if (!this.#margins.isFirst(start)) return this.#stack.at(last)?.lastOnLine ? -1 : last;
    const indent = this.#margins.indentation(start);
    if (!isFollowedWell(this.#text, start, this.#stack.at(last)?.indent === indent)) return -1;
    return this.#stack.lastIndex((open) => open.isMap === isMap && open.indent === indent);
  }

  /** A node that begins a line is not in a collection that was opened on a line with the same indentation. */
  #leaveByIndentation(start: number): void {
    if (!this.#margins.isFirst(start)) return;
    const indent = this.#margins.indentation(start);
    while (this.#stack.depth > 1 && this.#stack.top!.indent >= indent) this.#stack.closeUnclosed();
  }

  /** A deeper key below a key without value is in a map whose brace is missing. */
  #openMissing(start: number): void {
    const open = this.#stack.top!;
    if (open.keyKind === 0 || open.separator < 0) return;
    const indent = this.#margins.indentation(open.keyStart);
    if (!this.#margins.isFirst(start) || this.#margins.indentation(start) <= indent) return;
    this.#stack.reportBracket(open.keyStart, open.separator + 1, 'Missing brace after this key.');
    this.#stack.push(true, open.separator + 1, indent, true);
  }

  // --- Strings

  #string(start: number): void {
    const closed = this.#scanner.getTokenError() !== UNCLOSED_STRING;
    const end = closed ? this.#scanner.getPosition() : this.#endUnclosed(start);
    if (this.#isStrayQuote(start, end, closed)) {
      this.#scanner.setPosition(closed ? end - 1 : end);
      return this.#passOver(start, 'Unexpected quote.');
    }
    if (this.#byIndentation && closed) this.#leaveByIndentation(start);
    if (this.#stack.isFresh && isNext(this.#text, end, COLON_CHARACTER)) {
      this.#stack.reportBracket(start, start + 1, 'Missing brace before this.');
      this.#stack.push(true, start, -1, true);
    }
    const open = this.#stack.top;
    if (open?.isMap && this.#isKey(open, start, end)) return this.#key(start, end, closed);
    this.#stack.approachValue(start);
    this.#reportString(start, end, closed);
    this.#stack.scalar(closed ? STRING_ENTRY : UNCLOSED_ENTRY, start, end);
  }

  /** An unclosed string ends with its line, before the commas and brackets that are there. */
  #endUnclosed(start: number): number {
    let end = this.#scanner.getPosition();
    if (/^[ \t]*[{[][ \t]*$/.test(this.#text.slice(start + 1, end))) end = start + 1;
    while (end > start + 1 && ' \t,]}'.includes(this.#text[end - 1]!)) end--;
    this.#scanner.setPosition(end);
    return end;
  }

  /** Whether a quote has nothing after it but the beginning of another string, or a bracket at the end of the line. */
  #isStrayQuote(start: number, end: number, closed: boolean): boolean {
    if (!closed) return end === start + 1 && /^[ \t]*[{[]/.test(this.#text.slice(end, end + 100));
    return isWord(this.#text.charCodeAt(end)) && this.#text.slice(start + 1, end - 1).trim() === '';
  }

  #reportString(start: number, end: number, closed: boolean): void {
    if (!closed) return this.#stack.report(start, end, 'Unterminated string.');
    switch (this.#scanner.getTokenError()) {
      case NO_ERROR:
        return;
      case BAD_UNICODE:
        return this.#stack.report(start, end, 'Invalid escape: \\u must be followed by four hexadecimal digits.');
      case BAD_ESCAPE:
        return this.#stack.report(start, end, 'Invalid escape: this character must not be escaped.');
      default:
        return this.#stack.report(start, end, 'Control characters in strings must be escaped.');
    }
  }

  /**
   * Whether a string in a map is a key. One in place of a value is a key if it has a colon of its own, on a line of its
   * own.
   */
  #isKey(open: OpenCollection, start: number, end: number): boolean {
    if (open.keyKind === 0) return true;
    return (
      isNext(this.#text, end, COLON_CHARACTER) &&
      isAcrossLines(this.#text, Math.max(open.keyEnd, open.separator), start)
    );
  }

  #key(start: number, end: number, closed: boolean): void {
    if (this.#byIndentation) this.#openMissing(start);
    const open = this.#stack.top!;
    this.#stack.completeKey(open);
    this.#stack.expectComma(open, start);
    if (!closed || !isNext(this.#text, end, COLON_CHARACTER)) {
      // The quote after the key is missing if a colon follows where the string should have ended.
      const split = this.#text.slice(start + 1, end).search(/:(?=[\s{["\d]|$)/);
      if (split >= 0) {
        closed = false;
        end = start + 1 + split;
        this.#scanner.setPosition(end);
      }
    }
    this.#reportString(start, end, closed);
    this.#stack.key(open, closed ? STRING_ENTRY : UNCLOSED_ENTRY, start, end);
  }

  // --- Numbers, keywords, and invalid text

  #word(token: number, start: number): void {
    const open = this.#stack.top;
    const isKey = open?.isMap && open.keyKind === 0;
    const end = this.#scanner.getPosition();
    if (token !== UNKNOWN_TOKEN && !isKey && this.#scanner.getTokenError() === NO_ERROR && this.#isDelimited(end)) {
      this.#stack.approachValue(start);
      this.#stack.scalar(WORD_ENTRY, start, end);
    } else if (isConflictMarker(this.#text, start)) this.#skipConflictMarker(start);
    else if (isKey) this.#bareKey(open, start);
    else this.#bareValue(start);
  }

  #isDelimited(end: number): boolean {
    const c = this.#text.charCodeAt(end);
    return isSpaceOrEnd(c) || c === COMMA_CHARACTER || c === 93 || c === 125;
  }

  #skipConflictMarker(start: number): void {
    const end = endOfLine(this.#text, start);
    this.#scanner.setPosition(end);
    this.#stack.report(start, end, 'Unresolved merge conflict.');
  }

  #bareKey(open: OpenCollection, start: number): void {
    const word = /[^\s:,{}[\]"]*/y;
    word.lastIndex = start;
    const end = start + Math.max(word.exec(this.#text)![0].length, this.#scanner.getTokenLength());
    // The quote in front is missing when there is one after.
    this.#scanner.setPosition(this.#text[end] === '"' ? end + 1 : end);
    if (!isNext(this.#text, this.#scanner.getPosition(), COLON_CHARACTER))
      return this.#stack.report(start, end, 'Invalid JSON.');
    this.#stack.expectComma(open, start);
    this.#stack.report(start, end, 'Keys must be in double quotes.');
    this.#stack.key(open, WORD_ENTRY, start, end);
  }

  #bareValue(start: number): void {
    let end = wordEnd(this.#text, this.#scanner.getPosition());
    this.#scanner.setPosition(this.#text[end] === '"' ? end + 1 : end);
    if ('{['.includes(this.#text[end] ?? '.')) return this.#stack.report(start, end, 'Invalid JSON.');
    while (end > start + 1 && isSpace(this.#text.charCodeAt(end - 1))) end--;
    this.#stack.approachValue(start);
    this.#stack.report(start, end, 'Expected a double-quoted string, a number, true, false or null.');
    this.#stack.scalar(WORD_ENTRY, start, end);
  }
}
