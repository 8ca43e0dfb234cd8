/** What suppressions in comments cover: a line, what begins on it, or the resource around a comment. */
import { partitionPoint } from '../base/binary-search.ts';
import { LineIndex } from '../base/line-index.ts';
import { memoize } from '../base/memoize.ts';
import type { Range, Span } from '../base/span.ts';
import type { Format } from '../model/format.ts';
import type { SuppressionScope } from '../model/suppression.ts';
import { ExpressionExtent } from '../syntax/hcl-extent.ts';
import { childrenOf, type Comment, type Node, type Pair, type ScalarNode, type Tree } from '../syntax/tree.ts';
import { resourcesIn, type SuppressibleResource } from './resources.ts';

/** Whether a scope in a document contains a place: what begins at the end of a range is an empty value there. */
export function coversPlace(scope: SuppressionScope, at: Span): boolean {
  switch (scope.kind) {
    case 'file':
      return scope.doc === at.doc;
    case 'range':
      return scope.in.doc === at.doc && scope.in.start <= at.start && at.start <= scope.in.end;
    case 'selected':
      return scope.includes(at.doc);
  }
}

/** The lines of a document and what begins on each. */
export const scopesOf = memoize((tree: Tree) => new Scopes(tree));

export class Scopes {
  readonly #tree: Tree;
  readonly #lines: LineIndex;
  #contents: Contents | undefined;
  #beginnings: Beginnings | undefined;
  /** How many characters of expressions can still be read, so that the work stays linear. */
  #left: number;

  constructor(tree: Tree) {
    this.#tree = tree;
    this.#lines = new LineIndex(tree.text);
    this.#left = 4 * tree.text.length;
  }

  /** The number of the line of an offset. */
  lineOf(offset: number): number {
    return this.#lines.positionAt(offset).line;
  }

  /** A line without its line end. */
  line(line: number): Range {
    return this.#lines.line(this.#tree.text, line);
  }

  /** Whether a line contains anything but white space and comments. */
  hasContent(line: number): boolean {
    return this.#contentOf(line) >= 0;
  }

  /** The next line below a line that contains anything but white space and comments. */
  nextWithContent(line: number): number | undefined {
    const next = this.#all().next[line + 1] ?? -1;
    return next < 0 ? undefined : next;
  }

  /** The next line with content, if there are only comments on the lines in between. */
  adjacent(line: number): number | undefined {
    const next = this.nextWithContent(line);
    const blank = this.#all().nextBlank[line + 1] ?? -1;
    return next === undefined || (blank >= 0 && blank < next) ? undefined : next;
  }

  /** Whether only comments precede an offset in the document, and markers such as `---`. */
  isAtHead(offset: number): boolean {
    return this.#tree.roots.every(
      (root) => (root.kind === 'map' ? (root.pairs[0]?.start ?? root.start) : root.start) >= offset,
    );
  }

  /** A line with everything that begins on it: properties, list items, blocks and resources to their ends. */
  statement(line: number): Range {
    const { start, end } = this.line(line);
    const begun = this.#begun().ends.get(line) ?? end;
    return { start, end: Math.max(end, begun, this.#inExpression(line)) };
  }

  /** The outermost pair that begins on a line. */
  pairOn(line: number): Pair | undefined {
    return this.#begun().pairs.get(line);
  }

  /** The expression of HCL that contains an offset. */
  expressionAt(offset: number): ScalarNode | undefined {
    const around = lastBefore(this.#begun().expressions, offset);
    return around && around.start < offset && offset < around.end ? around : undefined;
  }

  /** The resource that a comment is in: between its braces, among its lines, or below them as far right. */
  resourceAround(comment: Comment, format: Format): Pair | undefined {
    const all = resourcesIn(this.#tree, format);
    const found = lastBefore(all, comment.start);
    if (!found) return undefined;
    const { pair, around } = found;
    if (comment.start < pair.end) return pair;
    if (this.#tree.language !== 'yaml' || around.style !== 'block') return undefined;
    const line = this.lineOf(comment.start);
    const last = this.lineOf(pair.end);
    if (line === last) return pair;
    const next = this.nextWithContent(last);
    const isFollowing = next === undefined || next > line;
    return isFollowing && this.#lines.positionAt(comment.start).character > around.indent ? pair : undefined;
  }

  #contentOf(line: number): number {
    return this.#all().starts[line] ?? -1;
  }

  #all(): Contents {
    return (this.#contents ??= contentsOf(this.#tree, this.#lines));
  }

  #begun(): Beginnings {
    return (this.#beginnings ??= beginningsOf(this.#tree, this.#lines));
  }

  /**
   * The end of the entry or item of an object or tuple within an expression that begins on a line; 0 if there is none.
   */
  #inExpression(line: number): number {
    const start = this.#contentOf(line);
    const around = start < 0 ? undefined : this.expressionAt(start);
    if (!around || this.#left <= 0) return 0;
    const { text } = this.#tree;
    const surroundings = {
      begins: () => false,
      lastLineOf: () => around.end,
      closeOfComment: (from: number) => text.indexOf('*/', from),
    };
    const { end } = new ExpressionExtent(text.slice(0, around.end), start, [], surroundings, 'entry').find();
    this.#left -= end - start;
    return Math.min(end, around.end);
  }
}

/** What lines contain besides white space and comments. -1 if there is none. */
interface Contents {
  /** Where the content of each line starts. */
  readonly starts: readonly number[];
  /** From each line on, the next line with content. */
  readonly next: readonly number[];
  /** From each line on, the next line with white space only. */
  readonly nextBlank: readonly number[];
}

const BOM = '\uFEFF';

function contentsOf({ text, comments }: Tree, lines: LineIndex): Contents {
  const starts: number[] = [];
  const blank = new Set<number>();
  let nextComment = 0;
  for (let line = 0; line < lines.lineCount; line++) {
    const { start, end } = lines.line(text, line);
    let at = start;
    if (text.slice(start, end).trim() === '') blank.add(line);
    for (;;) {
      while (at < end && (text[at] === ' ' || text[at] === '\t' || text[at] === BOM)) at++;
      while (nextComment < comments.length && comments[nextComment]!.end <= at) nextComment++;
      const comment = comments[nextComment];
      if (at >= end || !comment || comment.start > at) break;
      at = comment.end;
    }
    starts.push(at < end ? at : -1);
  }
  return {
    starts,
    next: nextOf(starts.length, (line) => starts[line]! >= 0),
    nextBlank: nextOf(starts.length, (line) => blank.has(line)),
  };
}

/** From each line on, the next one of a kind. */
function nextOf(count: number, is: (line: number) => boolean): readonly number[] {
  const next = new Array<number>(count).fill(-1);
  for (let line = count - 1; line >= 0; line--) next[line] = is(line) ? line : (next[line + 1] ?? -1);
  return next;
}

/** What begins on lines. */
interface Beginnings {
  /** The furthest end of the nodes that begin on a line, by line. */
  readonly ends: ReadonlyMap<number, number>;
  /** The outermost pair, by line. */
  readonly pairs: ReadonlyMap<number, Pair>;
  /** The expressions of HCL in the order of the text. */
  readonly expressions: readonly ScalarNode[];
}

function beginningsOf(tree: Tree, lines: LineIndex): Beginnings {
  const ends = new Map<number, number>();
  const pairs = new Map<number, Pair>();
  const expressions: ScalarNode[] = [];
  const begin = ({ start, end }: Range): number => {
    const { line } = lines.positionAt(start);
    ends.set(line, Math.max(end, ends.get(line) ?? 0));
    return line;
  };
  const visit = (node: Node): void => {
    if (node.kind === 'map')
      for (const pair of node.pairs) {
        const line = begin(pair);
        if (!pairs.has(line)) pairs.set(line, pair);
      }
    if (node.kind === 'list') node.items.forEach(begin);
    if (node.kind === 'scalar' && node.style === 'expression') expressions.push(node);
    childrenOf(node).forEach(visit);
  };
  tree.roots.forEach(visit);
  return { ends, pairs, expressions };
}

/** The last of several in the order of the text that starts before an offset, or at it. */
function lastBefore<T extends SuppressibleResource | ScalarNode>(all: readonly T[], offset: number): T | undefined {
  const startOf = (one: T): number => ('pair' in one ? one.pair.start : one.start);
  return all[partitionPoint(all, (one) => startOf(one) <= offset) - 1];
}
