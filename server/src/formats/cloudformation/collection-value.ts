import type { Span } from '../../base/span.ts';
import type { Origin, Value } from '../../model/value.ts';
import type { ListNode, MapNode, Node, Tree } from '../../syntax/tree.ts';
import { markedRange } from '../located.ts';
import { lazyElement, lazyMember } from '../plain.ts';

/** The value of a map or list of JSON in a string. Members with an unknown key are omitted, and the object is open. */
export function collectionValue(
  tree: Tree,
  node: MapNode | ListNode,
  origin: Origin,
  {
    isUnknownKey,
    valueOf,
  }: {
    readonly isUnknownKey: (name: string) => boolean;
    readonly valueOf: (node: Node, key: Span | undefined) => Value;
  },
): Extract<Value, { readonly state: 'object' | 'list' }> {
  if (node.kind === 'list')
    return {
      state: 'list',
      origin,
      open: false,
      items: node.items.map((item) => lazyElement(() => valueOf(item.value, undefined))),
    };
  return {
    state: 'object',
    origin,
    open: node.pairs.some(({ name }) => isUnknownKey(name)),
    entries: node.pairs
      .filter(({ name }) => !isUnknownKey(name))
      .map((pair) => {
        const keyAt = markedRange(tree, pair.key);
        return lazyMember(pair.name, keyAt, () => valueOf(pair.value, keyAt));
      }),
  };
}
