/** The names of the keys around a position, such as the keyword and the labels of a block. */
import { flatMap } from '../base/flat-map.ts';
import type { Range } from '../base/span.ts';
import { nodesAround, pairWith, type Node, type Tree } from '../syntax/tree.ts';

export interface NamedPath {
  /** From the outside; the last one is that of the innermost key. */
  readonly names: readonly string[];
  /** Whether the position is at the innermost key, not in its value. */
  readonly isKey: boolean;
  /** The value of the innermost key. */
  readonly value: Node;
  /** The range of the scalar at the position. */
  readonly range: Range;
}

/** The keys around a position at a scalar; undefined elsewhere. */
export function namedPathAt(tree: Tree, offset: number): NamedPath | undefined {
  const around = nodesAround(tree, { start: offset, end: offset });
  const node = around.at(-1);
  if (node?.kind !== 'scalar') return undefined;
  const pairs = flatMap(around, (one) => (one.parent?.kind === 'map' ? (pairWith(one.parent, one) ?? []) : []));
  const last = pairs.at(-1);
  return (
    last && {
      names: pairs.map(({ name }) => name),
      isKey: last.key === node,
      value: last.value,
      range: { start: node.start, end: node.end },
    }
  );
}
