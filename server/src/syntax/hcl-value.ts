/**
 * Nodes of values: literal tuples and objects become lists and maps as in JSON; quoted literals, numbers and keywords
 * become scalars; everything else becomes a scalar of style `expression` with the source text.
 */
import type { Range } from '../base/span.ts';
import { SequenceEntry, KeyValue, MappingNode, Sequence } from './nodes.ts';
import type { ListNode, MapNode, Node, ScalarNode } from './tree.ts';
import { ExpressionExtent, type ExpressionEnvironment } from './hcl-extent.ts';
import { HclScalar, HclString } from './hcl-nodes.ts';
import { BLANK, LINE_COMMENT, matchEnd, NAME, HCL_SPACE } from './hcl-scan.ts';

const LITERAL = /^(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
/** A string without template sequences. */
const PLAIN_STRING = /^"(?:[^"\\\n$%]|\\[^\n]|\$(?!\{)|%(?!\{)|\$\$\{|%%\{)*"$/;
const STRING = /"(?:[^"\\\n$%]|\\[^\n]|\$(?!\{)|%(?!\{))*"/y;
const FOR = /for[ \t\r\n]+[\p{ID_Start}_]/uy;

/** The maximum nesting depth of tuples and objects that become nodes. Deeper ones are expressions. */
const MOST_DEEP = 32;

/**
 * The node of a value.
 * @param isWhole Whether it has no unclosed bracket, string or heredoc.
 */
export function valueIn(text: string, parent: MapNode, at: Range, isWhole: boolean): Node {
  const read =
    isWhole && (text[at.start] === '[' || text[at.start] === '{')
      ? new ValueReader(text).collection(parent, at.start, 0)
      : undefined;
  return read?.end === at.end ? read : scalarIn(text, parent, at);
}

function scalarIn(text: string, parent: MapNode | ListNode, at: Range): ScalarNode {
  const raw = text.slice(at.start, at.end);
  if (LITERAL.test(raw)) return new HclScalar(parent, at, 'plain', text);
  if (PLAIN_STRING.test(raw)) return new HclString(parent, at, text);
  return new HclScalar(parent, at, 'expression', text);
}

class ValueReader {
  readonly #text: string;
  /** A complete value has no unclosed brackets and comments. */
  readonly #around: ExpressionEnvironment = {
    begins: () => false,
    lastLineOf: () => Number.POSITIVE_INFINITY,
    closeOfComment: (from) => this.#text.indexOf('*/', from),
  };

  constructor(text: string) {
    this.#text = text;
  }

  /** A literal tuple or object; undefined for a `for` expression, computed keys and invalid syntax. */
  collection(parent: MapNode | ListNode, start: number, depth: number): MappingNode | Sequence | undefined {
    if (depth === MOST_DEEP) return undefined;
    const first = this.#blank(start + 1);
    FOR.lastIndex = first;
    if (FOR.test(this.#text)) return undefined;
    return this.#text[start] === '[' ? this.#tuple(parent, start, depth) : this.#object(parent, start, depth);
  }

  #tuple(parent: MapNode | ListNode, start: number, depth: number): Sequence | undefined {
    const list = new Sequence(parent, start, 'flow', -1);
    for (let at = this.#blank(start + 1); ;) {
      if (this.#text[at] === ']') {
        list.end = at + 1;
        return list;
      }
      const value = this.#value(list, at, 'item', depth);
      if (!value) return undefined;
      list.items.push(new SequenceEntry(value.start, value));
      at = this.#blank(value.end);
      if (this.#text[at] === ',') at = this.#blank(at + 1);
      else if (this.#text[at] !== ']') return undefined;
    }
  }

  #object(parent: MapNode | ListNode, start: number, depth: number): MappingNode | undefined {
    const map = new MappingNode(parent, start, 'flow', -1);
    for (let at = this.#blank(start + 1); ;) {
      if (this.#text[at] === '}') {
        map.end = at + 1;
        return map;
      }
      const key = this.#key(map, at);
      if (!key) return undefined;
      const separator = this.#space(key.end);
      if (this.#text[separator] !== '=' && this.#text[separator] !== ':') return undefined;
      const value = this.#value(map, this.#space(separator + 1), 'entry', depth);
      if (!value) return undefined;
      map.pairs.push(new KeyValue(key, separator, value));
      const behind = this.#space(value.end);
      at = this.#blank(behind);
      if (this.#text[at] === ',') at = this.#blank(at + 1);
      else if (this.#text[at] !== '}' && !this.#text.slice(behind, at).includes('\n')) return undefined;
    }
  }

  /** A name or a quoted string; undefined for a computed key. */
  #key(map: MappingNode, start: number): ScalarNode | undefined {
    const quoted = matchEnd(STRING, this.#text, start);
    if (quoted > start) return new HclString(map, { start, end: quoted }, this.#text);
    const end = matchEnd(NAME, this.#text, start);
    return end > start ? new HclScalar(map, { start, end }, 'plain', this.#text) : undefined;
  }

  #value(parent: MappingNode | Sequence, start: number, kind: 'item' | 'entry', depth: number): Node | undefined {
    const character = this.#text[start];
    if (character === '[' || character === '{') {
      const read = this.collection(parent, start, depth + 1);
      if (read && this.#isEnd(read.end, kind)) return read;
    }
    const { end, problem } = new ExpressionExtent(this.#text, start, [], this.#around, kind).find();
    return problem || end === start ? undefined : scalarIn(this.#text, parent, { start, end });
  }

  /** Whether the value ends at an offset: no index or operator follows. */
  #isEnd(at: number, kind: 'item' | 'entry'): boolean {
    const space = this.#space(at);
    const next = kind === 'item' ? this.#blank(space) : space;
    const character = this.#text[next];
    if (kind === 'entry' && (character === '\n' || character === '#' || this.#text.startsWith('//', next))) return true;
    return character === ',' || character === (kind === 'item' ? ']' : '}');
  }

  /** The offset after spaces and block comments on the line. */
  #space(at: number): number {
    for (;;) {
      const end = matchEnd(HCL_SPACE, this.#text, at);
      const close = this.#text.startsWith('/*', end) ? this.#text.indexOf('*/', end + 2) : -1;
      if (close < 0) return end;
      at = close + 2;
    }
  }

  /** The offset after white space, line ends and comments. */
  #blank(at: number): number {
    for (;;) {
      const end = this.#space(matchEnd(BLANK, this.#text, at));
      const comment = matchEnd(LINE_COMMENT, this.#text, end);
      if (comment === at) return at;
      at = comment;
    }
  }
}
