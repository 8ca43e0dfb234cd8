/**
 * The state of a parse: the position, the open brackets, and the problems. After a problem the parse is `broken`:
 * nothing more is read until the nearest bracket reaches its next item or its end. The position only moves forward,
 * which makes parsing linear, and nesting is limited to `MAX_EXPRESSION_DEPTH`.
 */
import type { Range } from '../../../base/span.ts';
import { table, type Table } from '../../../base/table.ts';
import { MAX_EXPRESSION_DEPTH, type Expression, type Invalid } from './ast.ts';
import { scan, type Token, type TokenKind } from './lexer.ts';

export interface ExpressionProblem extends Range {
  readonly message: string;
}

/** The closing tokens. The closing brace of a template sequence can have a strip marker. */
const CLOSERS: Table<TokenKind> = table({ '(': ')', '[': ']', '{': '}', '${': '}', '%{': '}', '${~': '}', '%{~': '}' });

interface Opener extends Range {
  readonly closer: TokenKind;
}

export class ExpressionCursor {
  readonly text: string;
  readonly problems: ExpressionProblem[] = [];
  /** The offset after what has been read. */
  position: number;
  broken = false;

  readonly #readExpression: (cursor: ExpressionCursor) => Expression;
  readonly #openers: Opener[] = [];
  readonly #heights = new Map<object, number>();
  #lines = false;
  #depth = 0;
  #peeked: { readonly from: number; readonly token: Token } | undefined;
  #ended = false;
  #tooDeep = false;

  /**
   * A parse that starts at a position. Templates and expressions contain each other: the parser of expressions is
   * given.
   */
  constructor(text: string, position: number, readExpression: (cursor: ExpressionCursor) => Expression) {
    this.text = text;
    this.position = position;
    this.#readExpression = readExpression;
  }

  /** Reads one expression. When it breaks off, the cursor is broken. */
  readExpression(): Expression {
    return this.#readExpression(this);
  }

  /** The next token. Line breaks are skipped, except directly inside the braces of an object. */
  peek(): Token {
    if (this.#peeked?.from === this.position) return this.#peeked.token;
    let token = scan(this.text, this.position);
    while (token.kind === 'newline' && !this.#lines) token = scan(this.text, token.end);
    this.#peeked = { from: this.position, token };
    return token;
  }

  /** The next token that is not a line break. */
  peekPastLines(): Token {
    let token = this.peek();
    while (token.kind === 'newline') token = scan(this.text, token.end);
    return token;
  }

  /** Whether a problem occurred from which the parser has not recovered yet. */
  isBroken(): boolean {
    return this.broken;
  }

  /** Reads the next token. */
  next(): Token {
    const token = this.peek();
    this.position = token.end;
    return token;
  }

  /** Reads the next token if it is of a kind. */
  take(...kinds: readonly TokenKind[]): Token | undefined {
    return kinds.includes(this.peek().kind) ? this.next() : undefined;
  }

  /** Reads the next token, which must be of the given kind; any other token is a problem. */
  expect(what: string, ...kinds: readonly TokenKind[]): Token | undefined {
    if (this.isBroken()) return undefined;
    const token = this.take(...kinds);
    if (!token) this.fail(this.peek(), what);
    return token;
  }

  /** The text of a range. */
  slice(range: Range): string {
    return this.text.slice(range.start, range.end);
  }

  /** Records that another token was expected. At the end of the text, the problem is reported at the open bracket. */
  fail(token: Token, expected: string): void {
    const opener = this.#openers.at(-1);
    if (token.kind === 'end' && opener) this.report(opener, `${this.slice(opener)} is not closed.`);
    else this.report(token, `Expected ${expected}.`);
    if (token.kind === 'end') this.#ended = true;
  }

  /**
   * Records a problem and stops parsing of the construct. While the parse is broken, no further problems are recorded.
   */
  report(range: Range, message: string): void {
    if (!this.isBroken() && !this.#ended) this.problems.push({ start: range.start, end: range.end, message });
    this.broken = true;
  }

  /** An invalid node from `start` to the current position. */
  invalid(start: number): Invalid {
    return { kind: 'invalid', start, end: Math.max(start, this.position) };
  }

  /** Runs one nesting level, unless the maximum depth is reached. */
  nested<T>(read: () => T | Invalid): T | Invalid {
    if (this.#depth === MAX_EXPRESSION_DEPTH) return this.#deep(this.peek());
    this.#depth++;
    const result = read();
    this.#depth--;
    return result;
  }

  /** Completes a node from its parts, unless the tree would exceed the maximum height. */
  make<T extends Range>(node: T, ...parts: readonly object[]): T | Invalid {
    return this.makeOf(node, parts);
  }

  /** Does `make` with parts that can be more than a function has arguments. */
  makeOf<T extends Range>(node: T, parts: readonly object[]): T | Invalid {
    let height = 0;
    for (const part of parts) height = Math.max(height, this.#heights.get(part) ?? 1);
    if (height >= MAX_EXPRESSION_DEPTH) return this.#deep(node);
    this.#heights.set(node, height + 1);
    return node;
  }

  #deep(range: Range): Invalid {
    if (!this.#tooDeep) this.report(range, `Nesting exceeds ${MAX_EXPRESSION_DEPTH} levels.`);
    this.#tooDeep = true;
    this.broken = true;
    return { kind: 'invalid', start: range.start, end: range.end };
  }

  /**
   * Reads the contents of a bracket that has just been opened, up to its closing token. After an error, the rest is
   * skipped. Returns undefined, and stays broken, if the closing token is missing.
   */
  inside<T>(
    opener: Range,
    lines: boolean,
    read: () => T,
  ): { readonly value: T | Invalid; readonly closer: Token } | undefined {
    const closer = CLOSERS[this.slice(opener)]!;
    const outer = this.#lines;
    this.#openers.push({ start: opener.start, end: opener.end, closer });
    this.#setLines(lines);
    const value = read();
    if (!this.isBroken() && !isCloser(this.peek(), closer))
      this.fail(this.peek(), `${closer} to close ${this.slice(opener)}`);
    if (this.isBroken()) this.skip([closer]);
    const found = isCloser(this.peek(), closer) ? this.next() : undefined;
    this.#openers.pop();
    this.#setLines(outer);
    if (!found) return undefined;
    const { broken } = this;
    this.broken = false;
    return { value: broken ? { kind: 'invalid', start: opener.end, end: found.start } : value, closer: found };
  }

  #setLines(lines: boolean): void {
    if (lines !== this.#lines) this.#peeked = undefined;
    this.#lines = lines;
  }

  /**
   * Skips to the next token of one of the given kinds outside of nested brackets and strings. Stops before the closing
   * token of an enclosing bracket, before `${`, which cannot occur in an expression, and at the end of the text.
   */
  skip(kinds: readonly TokenKind[]): void {
    const open: (TokenKind | '"')[] = [];
    for (;;) {
      if (open.at(-1) === '"') {
        this.#skipText(open);
        continue;
      }
      const token = scan(this.text, this.position);
      if (token.kind === 'end') return;
      const kind = token.kind === '~}' ? '}' : token.kind;
      if (open.length === 0 && this.startsPlaceholder(token.start)) {
        this.position = token.start;
        return;
      }
      if (open.length === 0 && (kinds.includes(kind) || this.#closes(kind))) return;
      if (kind === open.at(-1)) open.pop();
      else if (kind === '"') open.push('"');
      else if (CLOSERS[kind]) open.push(CLOSERS[kind]);
      this.position = token.end;
    }
  }

  /** Whether there is a `${` at an offset. */
  startsPlaceholder(offset: number): boolean {
    return this.text.startsWith('${', offset);
  }

  #closes(kind: TokenKind): boolean {
    return (kind === ')' || kind === ']' || kind === '}') && this.#openers.some((opener) => opener.closer === kind);
  }

  /** Skips the text of a string up to its end or its next interpolation. */
  #skipText(open: (TokenKind | '"')[]): void {
    const stop = /"|\n|\\.|\$\$\{|%%\{|[$%]\{/g;
    stop.lastIndex = this.position;
    const found = stop.exec(this.text);
    this.position = found ? stop.lastIndex : this.text.length;
    if (!found || found[0] === '"' || found[0] === '\n') open.pop();
    else if (found[0] === '${' || found[0] === '%{') open.push('}');
  }
}

function isCloser(token: Token, closer: TokenKind): boolean {
  return token.kind === closer || (closer === '}' && token.kind === '~}');
}
