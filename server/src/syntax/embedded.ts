/**
 * A document inside a scalar of another one: a policy as JSON in a string. Offsets are translated both ways, and text that
 * is written inside is escaped for the scalar that holds it. Layers nest: the outer tree may have a layer of its own.
 */
import type { Range } from '../base/span.ts';
import type { ScalarNode, Tree } from './tree.ts';

export interface Layer {
  readonly outer: Tree;
  readonly scalar: ScalarNode;
  /** The place in the outer tree's text of an offset in the decoded text. */
  outerOffset(inner: number): number;
  /** The place in the decoded text of an offset in the outer tree's text; undefined outside the scalar's content. */
  innerOffset(outer: number): number | undefined;
  /** What to write in the outer text so that `text` stands at `inner`, or undefined when the scalar cannot hold it. */
  encode(text: string, inner: number): string | undefined;
}

/** The place of a range of an embedded tree in the text of the outermost document. */
export function outermost(tree: Tree, range: Range): Range {
  let { start, end } = range;
  for (let layer = tree.layer; layer; layer = layer.outer.layer) {
    start = layer.outerOffset(start);
    end = layer.outerOffset(end);
  }
  return { start, end };
}
