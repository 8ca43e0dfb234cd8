/** Builds the tree of an HCL document. After a syntax problem it continues on the next line. */
import type { Range } from '../base/span.ts';
import { BOM } from '../base/characters.ts';
import { endsStep } from '../base/steps.ts';
import { KeyValue, MappingNode, MAX_DEPTH } from './nodes.ts';
import type { Comment, ScalarNode, SyntaxProblem } from './tree.ts';
import {
  ExpressionExtent,
  UNTERMINATED_COMMENT,
  type ExpressionEnd,
  type ExpressionEnvironment,
} from './hcl-extent.ts';
import { HclScalar, HclString } from './hcl-nodes.ts';
import {
  BLANK,
  indexOrEnd,
  LINE_COMMENT,
  matchEnd,
  NAME,
  namesAlone,
  openedInLabel,
  HCL_SPACE,
  textEnd,
} from './hcl-scan.ts';
import { valueIn } from './hcl-value.ts';

const LABEL = /"(?:[^"\\\n]|\\[^\n])*"?/y;

/** An open body: of the file or of a block. */
interface Body {
  readonly map: MappingNode;
  /** The offset of its opening brace; undefined for the file. */
  readonly brace?: number;
  /** The maps of its labels, outermost first. They end where the body ends. */
  readonly around: readonly MappingNode[];
  /** The indentation of its header in columns; -1 for the file. */
  readonly column: number;
  /** Whether the header is the first token on its line. */
  readonly first: boolean;
  /** Whether the body starts on the line of the header. */
  readonly oneLine: boolean;
}

export interface HclTree {
  readonly root: MappingNode;
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
  /** Whether a bracket, string or heredoc is unclosed, or a closing brace is unmatched. */
  readonly unbalanced: boolean;
}

/** The number of arguments, headers and braces of a step. */
const ITEMS_OF_STEP = 24;

export class HclBuilder {
  readonly #text: string;
  /** Whether the indentation determines where an unclosed block or bracket ends. */
  readonly #guided: boolean;
  readonly #comments: Comment[] = [];
  readonly #problems: SyntaxProblem[] = [];
  readonly #open: Body[] = [];
  #at = 0;
  /** The end of the last recorded comment. */
  #commentsTo = 0;
  /** The line of the last lookup: its start, the start of its text, and its end. */
  #line = { start: 0, text: -1, end: -1 };
  #unbalanced = false;
  /** The offset of the last end of a block comment. */
  #lastClose: number | undefined;
  /** The last line that has only this name, for each name. */
  #names: ReadonlyMap<string, number> | undefined;

  constructor(text: string, guided: boolean) {
    this.#text = text;
    this.#guided = guided;
  }

  /** Builds the tree in steps. */
  *building(): Generator<void, HclTree, undefined> {
    const root = new MappingNode(undefined, 0, 'block', 0);
    root.end = this.#text.length;
    this.#open.push({ map: root, around: [], column: -1, first: true, oneLine: false });
    if (this.#text.charCodeAt(0) === BOM) this.#at = 1;
    for (let count = 0; ; count++) {
      if (endsStep(count, ITEMS_OF_STEP)) yield;
      this.#blank();
      if (this.#at >= this.#text.length) break;
      this.#item();
    }
    while (this.#open.length > 1) this.#unclosed(textEnd(this.#text, this.#text.length));
    return { root, comments: this.#comments, problems: this.#problems, unbalanced: this.#unbalanced };
  }

  get #body(): Body {
    return this.#open.at(-1)!;
  }

  /** Reads an argument, a block header with its brace, or a closing brace. */
  #item(): void {
    const start = this.#at;
    const text = this.#text;
    if (text[start] === '}') return this.#close(start);
    if (this.#guided) this.#closeByIndentation(start);
    const name = this.#nameAt(start);
    if (!name) {
      const quoted = matchEnd(LABEL, text, start);
      const isArgument = quoted > start && text[this.#spaceFrom(quoted, 'peek')] === '=';
      this.#report(
        start,
        Math.max(quoted, start + 1),
        isArgument ? 'Invalid argument name: names must not be quoted.' : 'Argument or block definition required.',
      );
      if (!isArgument) return this.#skipLine();
      return this.#argument({ start, end: quoted });
    }
    const next = this.#spaceFrom(name.end);
    if (text[next] === '=' && text[next + 1] !== '=') return this.#argument(name);
    this.#header(name);
  }

  #nameAt(start: number): Range | undefined {
    const end = matchEnd(NAME, this.#text, start);
    return end > start ? { start, end } : undefined;
  }

  #argument(name: Range): void {
    const text = this.#text;
    const separator = this.#spaceFrom(name.end);
    const start = this.#spaceFrom(separator + 1);
    const { map } = this.#body;
    const column = this.#columnOf(name.start);
    const extent = this.#extent(start, (line) => this.#guided && this.#begins(line, column), this.#guided);
    const key = text[name.start] === '"' ? new HclString(map, name, text) : new HclScalar(map, name, 'plain', text);
    if (extent.problem) {
      this.#unbalanced = true;
      this.#problems.push(extent.problem);
    } else if (extent.end === start)
      this.#report(separator, separator + 1, 'Invalid expression: expected a value after =.');
    map.pairs.push(
      new KeyValue(key, separator, valueIn(this.#text, map, { start, end: extent.end }, extent.problem === undefined)),
    );
    this.#at = extent.end;
    this.#endOfItem('argument');
  }

  /** Reads the labels of a block and its opening brace. */
  #header(name: Range): void {
    const text = this.#text;
    const { map } = this.#body;
    const labels: Range[] = [];
    let at = this.#spaceFrom(name.end);
    while (text[at] !== '{') {
      const end = text[at] === '"' ? matchEnd(LABEL, text, at) : matchEnd(NAME, text, at);
      if (end === at) break;
      labels.push({ start: at, end });
      at = this.#spaceFrom(end);
    }
    const cut = text[at] === '{' ? undefined : openedInLabel(text, labels.at(-1));
    if (cut) {
      labels[labels.length - 1] = cut.label;
      at = cut.brace;
      this.#report(cut.label.start, cut.label.end, 'Invalid block label: the string is not closed.');
    }
    const hasBrace = text[at] === '{';
    if (!hasBrace)
      this.#report(
        name.start,
        labels.at(-1)?.end ?? name.end,
        labels.length === 0
          ? 'Argument or block definition required: expected = or {.'
          : 'Invalid block definition: expected { after the labels.',
      );
    if (this.#open.length + labels.length >= MAX_DEPTH) {
      this.#report(name.start, name.end, `Nesting exceeds ${MAX_DEPTH} levels.`);
      this.#at = this.#extent(at, () => false).end;
      return this.#skipLine();
    }
    let around = map;
    let key = name;
    const maps: MappingNode[] = [];
    for (const label of labels) {
      const inner = new MappingNode(around, label.start, 'block', -1);
      inner.end = label.end;
      around.pairs.push(new KeyValue(this.#key(around, key), -1, inner));
      maps.push(inner);
      around = inner;
      key = label;
    }
    if (!hasBrace && labels.length === 0) {
      // What is being typed may become an argument or a block.
      this.#at = at;
      return this.#skipLine();
    }
    const column = this.#columnOf(name.start);
    const body = new MappingNode(around, hasBrace ? at : (labels.at(-1)?.end ?? name.end), 'block', column + 2);
    body.end = hasBrace ? at + 1 : body.start;
    around.pairs.push(new KeyValue(this.#key(around, key), -1, body));
    if (!hasBrace) {
      for (const one of maps) one.end = body.end;
      this.#at = at;
      return this.#skipLine();
    }
    this.#at = at + 1;
    const rest = this.#spaceFrom(at + 1);
    this.#open.push({
      map: body,
      brace: at,
      around: maps,
      column,
      first: this.#isFirstOnLine(name.start),
      oneLine: text[rest] !== '\n' && rest < text.length && !this.#isComment(rest),
    });
  }

  #key(parent: MappingNode, at: Range): ScalarNode {
    return this.#text[at.start] === '"'
      ? new HclString(parent, at, this.#text)
      : new HclScalar(parent, at, 'plain', this.#text);
  }

  #close(at: number): void {
    this.#at = at + 1;
    if (this.#open.length === 1) {
      this.#unbalanced = true;
      this.#report(at, at + 1, 'Unexpected closing brace.');
      return;
    }
    if (this.#guided && this.#isFirstOnLine(at)) {
      // A brace that is indented less than the block that it would close belongs to one further out.
      const column = this.#columnOf(at);
      while (this.#open.length > 2 && this.#body.column > column && this.#body.first) this.#unclosed(at);
    }
    this.#end(this.#open.pop()!, at + 1);
    this.#endOfItem('block definition');
  }

  /** Closes the blocks that a line at this place cannot be in, because it is indented no more than their headers. */
  #closeByIndentation(at: number): void {
    if (!this.#isFirstOnLine(at)) return;
    const column = this.#columnOf(at);
    while (
      this.#open.length > 1 &&
      this.#body.column >= column &&
      this.#begins(this.#lineOf(at).start, this.#body.column)
    ) {
      const before = textEnd(this.#text, at);
      this.#unclosed(before);
    }
  }

  #unclosed(at: number): void {
    const body = this.#open.pop()!;
    this.#unbalanced = true;
    this.#report(body.brace!, body.brace! + 1, 'Unclosed configuration block: missing closing brace.');
    this.#end(body, Math.max(at, body.brace! + 1));
  }

  #end({ map, around }: Body, end: number): void {
    map.end = end;
    for (const one of around) one.end = end;
  }

  /** Whether a line begins an argument, a block or a closing brace at a column or to the left of it. */
  #begins(line: number, column: number): boolean {
    const text = this.#text;
    const start = matchEnd(HCL_SPACE, text, line);
    if (start - line > column) return false;
    // What an argument opens, it can close at its own column.
    if (text[start] === '}') return start - line < column;
    const name = this.#nameAt(start);
    if (!name) return false;
    let at = this.#spaceFrom(name.end, 'peek');
    if (text[at] === '=') return text[at + 1] !== '=' && text[at + 1] !== '>';
    for (let labels = 0; labels < 3 && text[at] !== '{'; labels++) {
      const end = text[at] === '"' ? matchEnd(LABEL, text, at) : matchEnd(NAME, text, at);
      if (end === at) return false;
      at = this.#spaceFrom(end, 'peek');
    }
    return text[at] === '{';
  }

  #extent(start: number, begins: (line: number) => boolean, continues = false): ExpressionEnd {
    const around: ExpressionEnvironment = {
      begins,
      continues,
      lastLineOf: (name) => (this.#names ??= namesAlone(this.#text)).get(name) ?? -1,
      closeOfComment: (from) => this.#closeOfComment(from),
    };
    const found = new ExpressionExtent(this.#text, start, this.#comments, around, 'argument').find();
    this.#commentsTo = Math.max(this.#commentsTo, found.end);
    return found;
  }

  /** Only a comment can follow on the line, or the brace of a block on one line. */
  #endOfItem(what: string): void {
    const at = this.#spaceFrom(this.#at);
    const character = this.#text[at];
    this.#at = at;
    if (character === undefined || character === '\n' || this.#isComment(at)) return;
    if (character === '}' && this.#body.oneLine) return;
    if (character === '}' && what !== 'argument') return;
    this.#report(at, at + 1, `Missing newline after ${what}.`);
    if (what === 'argument' && character !== '}') this.#skipLine();
  }

  /** Skips the rest of a line, and the lines of brackets that it opens. */
  #skipLine(): void {
    const column = this.#columnOf(this.#at);
    const { end } = this.#extent(this.#at, (line) => this.#begins(line, column));
    const next = this.#spaceFrom(end);
    // A closing brace can close the block, and a comment can be longer than the line, so neither is skipped.
    this.#at = this.#text[next] === '}' || this.#isComment(next) ? next : this.#lineOf(next).end;
  }

  /** The offset after spaces and block comments on the line. The comments are recorded, unless it only looks ahead. */
  #spaceFrom(at: number, mode?: 'peek'): number {
    for (;;) {
      const end = matchEnd(HCL_SPACE, this.#text, at);
      const close = this.#text.startsWith('/*', end) ? this.#closeOfComment(end + 2, mode) : -1;
      if (close < 0) return end;
      at = close + 2;
      if (!mode) this.#comment(end, at);
    }
  }

  /** The end of a block comment; -1 if it is unterminated. Looking ahead stops at the end of the line. */
  #closeOfComment(from: number, mode?: 'peek'): number {
    if (!mode) {
      this.#lastClose ??= this.#text.lastIndexOf('*/');
      return from > this.#lastClose ? -1 : this.#text.indexOf('*/', from);
    }
    const close = this.#text.slice(from, indexOrEnd(this.#text, '\n', from)).indexOf('*/');
    return close < 0 ? close : from + close;
  }

  /** Records a comment once, however often it is skipped. */
  #comment(start: number, end: number): void {
    if (start < this.#commentsTo) return;
    this.#comments.push({ start, end });
    this.#commentsTo = end;
  }

  #isComment(at: number): boolean {
    return this.#text[at] === '#' || this.#text.startsWith('//', at) || this.#text.startsWith('/*', at);
  }

  /** Skips white space, line ends and comments. */
  #blank(): void {
    const text = this.#text;
    for (;;) {
      this.#at = matchEnd(BLANK, text, this.#at);
      if (!this.#isComment(this.#at)) return;
      const start = this.#at;
      if (text.startsWith('/*', start)) {
        const close = this.#closeOfComment(start + 2);
        if (close < 0) this.#report(start, start + 2, UNTERMINATED_COMMENT);
        this.#at = close < 0 ? indexOrEnd(text, '\n', start) : close + 2;
      } else this.#at = matchEnd(LINE_COMMENT, text, start);
      this.#comment(start, this.#at);
    }
  }

  #report(start: number, end: number, message: string): void {
    this.#problems.push({ start, end, message });
  }

  #columnOf(at: number): number {
    const { start, text } = this.#lineOf(at);
    return text - start;
  }

  #isFirstOnLine(at: number): boolean {
    return this.#lineOf(at).text === at;
  }

  /** The line of an offset, which is not before the line of the last lookup. */
  #lineOf(at: number): { readonly start: number; readonly text: number; readonly end: number } {
    let { start, end } = this.#line;
    if (at <= end) return this.#line;
    while (end < at) {
      start = end + 1;
      const next = this.#text.indexOf('\n', start);
      end = next < 0 ? this.#text.length : next;
    }
    return (this.#line = { start, text: matchEnd(HCL_SPACE, this.#text, start), end });
  }
}
