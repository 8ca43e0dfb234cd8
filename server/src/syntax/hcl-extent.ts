/**
 * Finds the end of an HCL expression without parsing it: brackets, strings, templates, heredocs and comments are
 * skipped. It takes linear time, and nesting does not use the call stack.
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
import type { Range } from '../base/span.ts';
import type { Comment, SyntaxProblem } from './tree.ts';
import { indexOrEnd, LINE_COMMENT, matchEnd } from './hcl-scan.ts';

/**
 * What ends an expression, besides a closing bracket of its surroundings: the end of the line for an argument, a comma
 * for an item of a tuple, and either of them for the value of an object entry.
 */
export type ExtentKind = 'argument' | 'item' | 'entry';

/** The end of an expression, and its first syntax problem. */
export interface ExpressionEnd {
  /** The offset after its last character, without trailing white space and comments. */
  readonly end: number;
  /** At most one: the first bracket, string or heredoc that is not closed. */
  readonly problem?: SyntaxProblem;
}

/** An unterminated comment ends with its line, so that the rest of the document is still parsed. */
export const UNTERMINATED_COMMENT = 'Unterminated comment.';

/** The document around an expression. */
export interface ExpressionEnvironment {
  /** Whether a line starts an argument or block, so that an open bracket before it is unclosed. */
  begins(lineStart: number): boolean;
  /** Whether indentation shows where an expression ends, so that it can continue after a string that is not closed. */
  readonly continues?: boolean;
  /** The offset of the last line that contains only this name; -1 if there is none. */
  lastLineOf(name: string): number;
  /** The offset of the next end of a block comment; -1 if there is none. */
  closeOfComment(from: number): number;
}

/** An open bracket or template sequence (by its closing character), quoted string or heredoc. */
interface Frame extends Range {
  readonly closer: ')' | ']' | '}' | '"' | 'heredoc';
  /** The end marker of a heredoc, and whether the document contains it. */
  readonly marker?: string;
  readonly ends?: boolean;
}

const CLOSERS: ReadonlyMap<string, Frame['closer']> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** Text that neither nests nor ends anything: in code, in strings and in heredocs. */
const ORDINARY = /[^\n"#/<(){}[\],]+/y;
const QUOTED_TEXT = /(?:[^"\\\n$%]|\\[^\n]|\$(?!\{)(?!\$\{)|%(?!\{)(?!%\{)|\$\$\{|%%\{)+/y;
const HEREDOC_TEXT = /(?:[^\n$%]|\$(?!\{)(?!\$\{)|%(?!\{)(?!%\{)|\$\$\{|%%\{)+/y;
const HEREDOC = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*(?:\r?\n|$)/uy;

/** Finds the end of one expression. */
export class ExpressionExtent {
  readonly #text: string;
  readonly #comments: Comment[];
  readonly #around: ExpressionEnvironment;
  readonly #kind: ExtentKind;
  readonly #open: Frame[] = [];
  #at: number;
  /** The first comment that is not closed. */
  #unterminated: SyntaxProblem | undefined;
  /** The first string that is not closed, if the expression continues after it. */
  #cutString: SyntaxProblem | undefined;
  /** The offset after the last character of the expression. */
  #end: number;

  /** @param comments Receives the comments within the expression, in order. */
  constructor(text: string, start: number, comments: Comment[], around: ExpressionEnvironment, kind: ExtentKind) {
    this.#text = text;
    this.#comments = comments;
    this.#around = around;
    this.#kind = kind;
    this.#at = start;
    this.#end = start;
  }

  find(): ExpressionEnd {
    const found = this.#search();
    // The caller reads comments after the expression again.
    while ((this.#comments.at(-1)?.start ?? -1) >= found.end) this.#comments.pop();
    const comment = this.#unterminated;
    return comment && !found.problem && comment.start < found.end ? { ...found, problem: comment } : found;
  }

  #search(): ExpressionEnd {
    const { length } = this.#text;
    while (this.#at < length) {
      const top = this.#open.at(-1);
      const problem =
        top?.closer === '"' ? this.#quoted(top) : top?.marker === undefined ? this.#code() : this.#heredoc(top.marker);
      if (problem === 'end') return this.#ended();
      if (problem) return this.#ended(problem);
    }
    return this.#ended(this.#open.length > 0 ? this.#unclosed() : undefined);
  }

  #ended(last?: SyntaxProblem): ExpressionEnd {
    const problem = this.#cutString ?? last;
    return problem ? { end: this.#end, problem } : { end: this.#end };
  }

  /** Reads one token outside of strings and heredocs. */
  #code(): SyntaxProblem | 'end' | undefined {
    const text = this.#text;
    const at = this.#at;
    const character = text[at]!;
    switch (character) {
      case '\n':
        if (this.#open.length === 0 && this.#kind !== 'item') return 'end';
        if (this.#open.length > 0 && this.#isCutOff(at + 1)) return this.#unclosed();
        this.#at++;
        return undefined;
      case '"':
        this.#push('"', at, at + 1);
        return undefined;
      case '#':
        return this.#comment(matchEnd(LINE_COMMENT, text, at));
      case '/': {
        if (text[at + 1] === '/') return this.#comment(matchEnd(LINE_COMMENT, text, at));
        if (text[at + 1] !== '*') return this.#take(at + 1);
        const close = this.#around.closeOfComment(at + 2);
        if (close < 0) this.#unterminated ??= { start: at, end: at + 2, message: UNTERMINATED_COMMENT };
        return this.#comment(close < 0 ? indexOrEnd(text, '\n', at) : close + 2);
      }
      case '<': {
        HEREDOC.lastIndex = at;
        const [head, marker] = HEREDOC.exec(text) ?? [];
        if (head === undefined) return this.#take(at + 1);
        this.#open.push({
          closer: 'heredoc',
          start: at,
          end: at + head.trimEnd().length,
          marker: marker!,
          ends: this.#around.lastLineOf(marker!) >= at + head.length,
        });
        return this.#take(at + head.length);
      }
      case ',':
        return this.#open.length === 0 && this.#kind !== 'argument' ? 'end' : this.#take(at + 1);
      case '(':
      case '[':
      case '{':
        this.#push(CLOSERS.get(character)!, at, at + 1);
        return undefined;
      case ')':
      case ']':
      case '}':
        return this.#close(character);
      default:
        return this.#take(matchEnd(ORDINARY, text, at));
    }
  }

  #close(closer: ')' | ']' | '}'): SyntaxProblem | 'end' | undefined {
    const top = this.#open.at(-1);
    if (top?.closer === closer) {
      this.#open.pop();
      return this.#take(this.#at + 1);
    }
    // A string that is not closed can contain brackets, so the others no longer match.
    if (top && this.#cutString) {
      const at = this.#open.findLastIndex((frame) => frame.closer === closer);
      if (at >= 0) this.#open.length = at;
      return this.#take(this.#at + 1);
    }
    // An unmatched brace closes the surrounding block.
    if (!top) return closer === '}' || this.#kind !== 'argument' ? 'end' : this.#take(this.#at + 1);
    return this.#open.some((frame) => frame.closer === closer) || closer === '}'
      ? this.#unclosed(top)
      : this.#take(this.#at + 1);
  }

  /** Reads the text of a quoted string, which ends at its quote or at the end of the line. */
  #quoted(top: Frame): SyntaxProblem | undefined {
    const text = this.#text;
    const at = matchEnd(QUOTED_TEXT, text, this.#at);
    this.#take(at);
    if (at >= text.length) return undefined;
    if (text[at] === '"') {
      this.#open.pop();
      return this.#take(at + 1);
    }
    if (text[at] === '$' || text[at] === '%') {
      this.#push('}', at, at + 2);
      return undefined;
    }
    // A backslash at the end of a line escapes nothing.
    if (text[at] === '\\') return this.#take(at + 1);
    const problem = this.#unclosed(this.#open.find(isSequence) ?? top);
    const string = this.#open.findIndex((frame) => frame.closer === '"' || frame.marker !== undefined);
    if (!this.#around.continues || string === 0 || this.#open[string]!.marker !== undefined) return problem;
    this.#cutString ??= problem;
    this.#open.length = string;
    return undefined;
  }

  /** Reads the text of a heredoc, which ends with its marker on a line of its own. */
  #heredoc(marker: string): SyntaxProblem | undefined {
    const text = this.#text;
    if (text[this.#at - 1] === '\n') {
      const lineEnd = indexOrEnd(text, '\n', this.#at);
      const line = text.slice(this.#at, Math.min(lineEnd, this.#at + 1000));
      if (line.trim() === marker) {
        this.#open.pop();
        return this.#take(this.#at + line.trimEnd().length);
      }
      if (this.#isCutOff(this.#at)) return this.#unclosed();
    }
    const at = matchEnd(HEREDOC_TEXT, text, this.#at);
    this.#take(at);
    if (text[at] === '$' || text[at] === '%') this.#push('}', at, at + 2);
    else if (at < text.length) this.#at = at + 1;
    return undefined;
  }

  /** Whether a line starts an argument or block. A heredoc with an end marker can contain any lines. */
  #isCutOff(line: number): boolean {
    return this.#around.begins(line) && !this.#open.some(({ ends }) => ends);
  }

  #push(closer: Frame['closer'], start: number, end: number): void {
    this.#open.push({ closer, start, end });
    this.#take(end);
  }

  #comment(end: number): undefined {
    this.#comments.push({ start: this.#at, end });
    this.#at = end;
  }

  /** Moves forward. The skipped text belongs to the expression, except for trailing white space. */
  #take(end: number): undefined {
    const passed = this.#text.slice(this.#at, end).trimEnd();
    if (passed.length > 0) this.#end = this.#at + passed.length;
    this.#at = end;
  }

  /** The problem of an unclosed frame, in Terraform's terms. */
  #unclosed(frame: Frame = this.#outermost()): SyntaxProblem {
    const { start, end, closer } = frame;
    const written = this.#text.slice(start, end);
    const message =
      closer === 'heredoc'
        ? `Unterminated heredoc: missing line with ${written.replace(/^<<-?/, '')}.`
        : closer === '"'
          ? 'Invalid multi-line string: the string is not closed on its line.'
          : isSequence(frame)
            ? `Unclosed template ${written === '${' ? 'interpolation' : 'control'} sequence: missing closing brace.`
            : `Unbalanced brackets: ${written} is not closed.`;
    return { start, end, message };
  }

  /** The outermost frame; inside a closed string or heredoc, the first frame in it. */
  #outermost(): Frame {
    const [first, second] = this.#open;
    return second && (first!.closer === '"' || first!.ends) ? second : first!;
  }
}

/** Whether a frame is an interpolation or a directive. */
function isSequence({ start, end, closer }: Frame): boolean {
  return closer === '}' && end === start + 2;
}
