/**
 * Documents embedded in a scalar: a policy as JSON in a string. Offsets are mapped both ways, and text written inside
 * is escaped for the scalar. Layers nest: the outer tree can be embedded too.
 */
import type { Range } from '../base/span.ts';
import { encodeFor } from './escape.ts';
import { isFolded, isPlaceable, offsetMap, type OffsetMap } from './offset-map.ts';
import { PARSERS } from './parse.ts';
import { nodesAround, type Language, type ScalarNode, type Tree } from './tree.ts';

export interface Layer {
  readonly outer: Tree;
  readonly scalar: ScalarNode;
  /** The offset in the outer tree's text for an offset in the decoded text. */
  outerOffset(inner: number): number;
  /** The same for the end of a nonempty range, if different: after its last character, not before the next one. */
  outerEnd?(inner: number): number;
  /**
   * The offset in the decoded text for an offset in the outer tree's text; undefined outside of the scalar's content.
   */
  innerOffset(outer: number): number | undefined;
  /** The source for the outer text so that `text` is at `inner`; undefined if the scalar cannot contain it. */
  encode(text: string, inner: number): string | undefined;
  /** The scalar that contains a range of the decoded text; undefined if it spans several. */
  holding(range: Range): HoldingScalar | undefined;
}

/** A scalar that holds a decoded text, or a piece of it. */
export interface HoldingScalar {
  readonly layer: Layer;
  /** The offset in the decoded text at which the text of the scalar begins. */
  readonly from: number;
}

/** The place of a range of an embedded tree in the text of the outermost document. */
export function outermost(tree: Tree, range: Range): Range {
  let { start, end } = range;
  for (let layer = tree.layer; layer; layer = layer.outer.layer) {
    const isEmpty = start === end;
    start = layer.outerOffset(start);
    end = isEmpty ? start : (layer.outerEnd?.(end) ?? layer.outerOffset(end));
  }
  return { start, end };
}

/**
 * Reads the text of a scalar as a document of its own. Undefined when its characters cannot be placed.
 */
export function parseEmbedded(tree: Tree, scalar: ScalarNode, language: Language): Tree | undefined {
  return embedded(tree, scalar, (text) => PARSERS[language](tree.doc, text));
}

/**
 * A document embedded in a scalar, as a tree within the surrounding tree. Undefined if the characters of the scalar
 * cannot be mapped to the source. The text of the document can be a part of the scalar's, which its layer places.
 */
export function embedded(
  tree: Tree,
  scalar: ScalarNode,
  read: (text: string) => Tree,
  layer: Layer = scalarLayer(tree, scalar),
): Tree | undefined {
  return isPlaceable(tree, scalar) ? { layer, ...read(scalar.value) } : undefined;
}

/** The text of one scalar, whose characters can be placed. */
export function scalarLayer(tree: Tree, scalar: ScalarNode): Layer {
  return new ScalarLayer(tree, scalar);
}

class ScalarLayer implements Layer {
  readonly outer: Tree;
  readonly scalar: ScalarNode;
  #map: OffsetMap | undefined;

  constructor(outer: Tree, scalar: ScalarNode) {
    this.outer = outer;
    this.scalar = scalar;
  }

  outerOffset(inner: number): number {
    return Math.min(this.#offsets().toOuter(inner), this.scalar.content.end);
  }

  innerOffset(outer: number): number | undefined {
    const { start, end } = this.scalar.content;
    if (outer < start || outer > end) return undefined;
    return Math.min(this.#offsets().toInner(outer), this.scalar.value.length);
  }

  encode(text: string, inner: number): string | undefined {
    const encoded = encodeFor(this.outer, this.scalar, text, inner);
    if (encoded === undefined || !isFolded(this.outer, this.scalar)) return encoded;
    return this.#reads(encoded, inner) === this.scalar.value.slice(0, inner) + text + this.scalar.value.slice(inner)
      ? encoded
      : undefined;
  }

  holding(): HoldingScalar {
    return { layer: this, from: 0 };
  }

  /**
   * The string that results from writing text into a scalar. In folded lines, the new text changes how the lines around
   * it are read.
   */
  #reads(written: string, inner: number): string | undefined {
    const { outer, scalar } = this;
    const at = this.#offsets().toOuter(inner);
    const changed = PARSERS.yaml(outer.doc, outer.text.slice(0, at) + written + outer.text.slice(at));
    const read = nodesAround(changed, { start: scalar.start, end: scalar.start + 1 }).at(-1);
    return read?.kind === 'scalar' && read.start === scalar.start ? read.value : undefined;
  }

  /** Most documents in scalars have nothing to report, so the offsets are computed when one is needed. */
  #offsets(): OffsetMap {
    return (this.#map ??= offsetMap(this.outer, this.scalar));
  }
}
