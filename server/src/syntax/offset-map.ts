/**
 * Mapping between the decoded text of a scalar and its source. A map is a list of segments: verbatim runs, and single
 * escapes (a line break with the following indentation counts as one).
 */
import { partitionPoint } from '../base/binary-search.ts';
import { memoize } from '../base/memoize.ts';
import { blockParts, flowParts, type FoldedPart } from './folded-map.ts';
import type { ScalarNode, Tree } from './tree.ts';

export interface OffsetMap {
  /** The place in the source of an offset in the decoded text. */
  toOuter(inner: number): number;
  /** The place in the decoded text of an offset in the source; inside an escape, where it begins. */
  toInner(outer: number): number;
  /**
   * Whether an offset in the decoded text lies within one unit of the source: between the characters of one escape or
   * line break.
   */
  isWithin(inner: number): boolean;
}

/**
 * Whether the characters of a scalar can be placed: those of expressions cannot, nor those of a folded scalar that is
 * written in an odd way.
 */
export function isPlaceable(tree: Tree, scalar: ScalarNode): boolean {
  if (tree.language === 'expression' || scalar.empty) return false;
  if (scalar.style === 'expression') return true;
  if (scalar.style === 'literal') return blockIndent(tree, scalar) !== undefined;
  return !isFolded(tree, scalar) || foldedParts(scalar, tree) !== undefined;
}

/** Whether line breaks of a scalar are read as something else. */
export function isFolded(tree: Tree, { style, content: { start, end } }: ScalarNode): boolean {
  return (
    style === 'folded' || (style !== 'literal' && style !== 'expression' && /[\r\n]/.test(tree.text.slice(start, end)))
  );
}

/** Maps the offsets of a scalar that `isPlaceable`. */
export function offsetMap(tree: Tree, scalar: ScalarNode): OffsetMap {
  const { start, end } = scalar.content;
  if (isFolded(tree, scalar)) {
    const map = new Segments(start);
    for (const part of foldedParts(scalar, tree) ?? []) {
      if ('run' in part) map.run(part.run);
      else map.escape(part.outer, part.inner);
    }
    return map;
  }
  switch (scalar.style) {
    case 'literal':
      return blockMap(tree, scalar);
    case 'single':
      return segments(tree.text, start, end, "'", () => ({ outer: 2, inner: 1 }));
    case 'double':
      return segments(tree.text, start, end, '\\', tree.language === 'json' ? jsonEscape : yamlEscape);
    default:
      return segments(tree.text, start, end, undefined, jsonEscape);
  }
}

/**
 * The columns that a block after `>` is indented by, or undefined if it has no text. The first decoded line can contain
 * several lines of the source.
 */
export function foldedIndent(tree: Tree, scalar: ScalarNode): number | undefined {
  const written = firstFilled(tree.text.slice(scalar.content.start, scalar.content.end));
  const read = firstFilled(scalar.value);
  return written === undefined || read === undefined ? undefined : written.search(/[^ ]/) - read.search(/[^ ]/);
}

/** The parts of a folded scalar; undefined if they do not add up to the decoded text. */
const foldedParts = memoize((scalar: ScalarNode, tree: Tree): readonly FoldedPart[] | undefined => {
  const found = scalar.style === 'folded' ? ofBlock(tree, scalar) : flowParts(tree, scalar, escapesIn(tree, scalar));
  return found && makes(found, tree, scalar) ? found : undefined;
});

function ofBlock(tree: Tree, scalar: ScalarNode): readonly FoldedPart[] | undefined {
  const indent = foldedIndent(tree, scalar);
  return indent === undefined ? undefined : blockParts(tree, scalar, indent);
}

function escapesIn({ text }: Tree, { style }: ScalarNode): (offset: number) => Escape | undefined {
  if (style === 'double') return (offset) => (text[offset] === '\\' ? yamlEscape(text, offset) : undefined);
  if (style === 'single') return (offset) => (text[offset] === "'" ? { outer: 2, inner: 1 } : undefined);
  return () => undefined;
}

/** Whether parts give the text that the reader of YAML has read. */
function makes(parts: readonly FoldedPart[], tree: Tree, { content, value }: ScalarNode): boolean {
  let outer = content.start;
  let inner = 0;
  for (const part of parts) {
    if ('run' in part) {
      if (!value.startsWith(tree.text.slice(outer, outer + part.run), inner)) return false;
      outer += part.run;
      inner += part.run;
    } else {
      outer += part.outer;
      inner += part.inner;
    }
  }
  return inner === value.length && outer <= content.end + 2;
}

/** The columns that a literal block scalar is indented by, or undefined if it has no text. */
export function blockIndent(tree: Tree, scalar: ScalarNode): number | undefined {
  const written = firstFilled(tree.text.slice(scalar.content.start, scalar.content.end));
  const read = firstFilled(scalar.value);
  return written === undefined || read === undefined ? undefined : written.length - read.length;
}

function firstFilled(text: string): string | undefined {
  return /^.*[^ \r\n].*$/m.exec(text)?.[0];
}

/** The sizes of an escape on both sides. */
interface Escape {
  readonly outer: number;
  readonly inner: number;
}

function segments(
  text: string,
  start: number,
  end: number,
  marker: string | undefined,
  escapeAt: (text: string, offset: number) => Escape,
): OffsetMap {
  const map = new Segments(start);
  let at = start;
  for (;;) {
    const next = marker === undefined ? -1 : text.indexOf(marker, at);
    if (next < 0 || next >= end) break;
    const escape = escapeAt(text, next);
    map.run(next - at);
    // A piece that the end of the text cuts off ends there.
    map.escape(Math.min(escape.outer, end - next), escape.inner);
    at = next + escape.outer;
  }
  map.run(end - at);
  return map;
}

function jsonEscape(text: string, offset: number): Escape {
  const c = text[offset + 1] ?? '';
  if (c !== 'u') return { outer: 2, inner: '"\\/bfnrt'.includes(c) ? 1 : 0 };
  const digits = /^[0-9a-fA-F]{0,4}/.exec(text.slice(offset + 2, offset + 6))![0].length;
  return { outer: 2 + digits, inner: digits === 4 ? 1 : 0 };
}

function yamlEscape(text: string, offset: number): Escape {
  switch (text[offset + 1]) {
    case 'x':
      return { outer: 4, inner: 1 };
    case 'u':
      return { outer: 6, inner: 1 };
    case 'U':
      return { outer: 10, inner: parseInt(text.slice(offset + 2, offset + 10), 16) > 0xffff ? 2 : 1 };
    default:
      return { outer: 2, inner: 1 };
  }
}

function blockMap(tree: Tree, scalar: ScalarNode): OffsetMap {
  const indent = blockIndent(tree, scalar) ?? 0;
  const { start, end } = scalar.content;
  const line = /[^\r\n]*/y;
  const map = new Segments(start);
  for (let at = start; at <= end;) {
    line.lastIndex = at;
    const length = line.exec(tree.text)![0].length;
    const hidden = Math.min(indent, length);
    const lineEnd = at + length;
    const next = lineEnd + (tree.text.startsWith('\r\n', lineEnd) ? 2 : 1);
    map.escape(hidden, 0);
    map.run(length - hidden);
    map.escape(next - lineEnd, 1);
    at = next;
  }
  return map;
}

class Segments implements OffsetMap {
  /**
   * The segments in order, each a run with the escape after it, if there is one: the offset inside, the offset outside,
   * and the length of the run, which can be 0.
   */
  readonly #inner: number[] = [];
  readonly #outer: number[] = [];
  readonly #run: number[] = [];
  /** Whether the last segment is a run to which an escape can be added. */
  #isOpen = false;
  #innerEnd = 0;
  #outerEnd: number;

  constructor(start: number) {
    this.#outerEnd = start;
  }

  run(length: number): void {
    if (length <= 0) return;
    this.#begin(length);
    this.#innerEnd += length;
    this.#outerEnd += length;
    this.#isOpen = true;
  }

  escape(outer: number, inner: number): void {
    if (outer <= 0) return;
    if (!this.#isOpen) this.#begin(0);
    this.#innerEnd += inner;
    this.#outerEnd += outer;
    this.#isOpen = false;
  }

  toOuter(inner: number): number {
    if (inner >= this.#innerEnd) return this.#outerEnd;
    const i = lastAtOrBelow(this.#inner, inner);
    return this.#outer[i]! + Math.min(inner - this.#inner[i]!, this.#run[i]!);
  }

  toInner(outer: number): number {
    if (outer >= this.#outerEnd) return this.#innerEnd;
    const i = lastAtOrBelow(this.#outer, outer);
    return this.#inner[i]! + Math.min(outer - this.#outer[i]!, this.#run[i]!);
  }

  isWithin(inner: number): boolean {
    if (inner >= this.#innerEnd) return false;
    const i = lastAtOrBelow(this.#inner, inner);
    return inner - this.#inner[i]! > this.#run[i]!;
  }

  #begin(run: number): void {
    this.#inner.push(this.#innerEnd);
    this.#outer.push(this.#outerEnd);
    this.#run.push(run);
  }
}

/** The index of the last number that is not greater than a value, at least 0. */
function lastAtOrBelow(sorted: readonly number[], value: number): number {
  return Math.max(0, partitionPoint(sorted, (number) => number <= value) - 1);
}
