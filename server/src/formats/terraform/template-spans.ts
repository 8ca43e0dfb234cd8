import type { Range, Span } from '../../base/span.ts';
import { isPlaceable, offsetMap } from '../../syntax/offset-map.ts';
import type { ScalarNode, Tree } from '../../syntax/tree.ts';
import { spanOf } from '../located.ts';

/**
 * The location in the document of a range of a string's decoded text, without the quotes of a literal. The whole string
 * if its characters cannot be located.
 */
export function spansIn(tree: Tree, node: ScalarNode): (range: Range) => Span {
  if (!isPlaceable(tree, node)) return () => spanOf(tree, node);
  let map: ReturnType<typeof offsetMap> | undefined;
  return ({ start, end }) => {
    map ??= offsetMap(tree, node);
    const quoted = end - start >= 2 && node.value[start] === '"' && node.value[end - 1] === '"';
    return spanOf(tree, { start: map.toOuter(quoted ? start + 1 : start), end: map.toOuter(quoted ? end - 1 : end) });
  };
}
