import type { Span } from '../../base/span.ts';
import { unknown } from '../../model/navigate.ts';
import type { Address, Value } from '../../model/value.ts';
import { readScalar } from '../../syntax/scalar.ts';
import type { Node, Tree } from '../../syntax/tree.ts';
import { configuredAs, locatedAt, originOf, spanOf } from '../located.ts';
import { lazyElement, lazyMember, MAX_VALUE_DEPTH } from '../plain.ts';
import { hiddenByName } from '../secret-places.ts';
import type { Identities } from './identities.ts';
import type { Sensitive } from './sensitive.ts';

/** The context of a value in a state. */
export interface Recorded {
  readonly tree: Tree;
  /** The resource that contains it. */
  readonly owner: Address;
  readonly identities: Identities;
}

/** A value in a state. All values are known: missing ones are absent. */
export function stateValue(
  recorded: Recorded,
  node: Node,
  sensitive: Sensitive,
  key: Span | undefined,
  depth = 0,
): Value {
  const { tree, owner, identities } = recorded;
  const origin = { ...originOf(tree, node, key, 'generated'), ...(sensitive.whole ? { secret: true } : {}) };
  if (depth > MAX_VALUE_DEPTH) return locatedAt(unknown(origin, 'budget'), tree, node);
  switch (node.kind) {
    case 'scalar': {
      const value = locatedAt(hiddenByName(tree, node, { state: 'known', origin, ...readScalar(node) }), tree, node);
      return node.style === 'double' && !sensitive.whole
        ? configuredAs(value, identities.of(node.value, owner))
        : value;
    }
    case 'list':
      return locatedAt(
        {
          state: 'list',
          origin,
          open: false,
          items: node.items.map((item, index) =>
            lazyElement(() => stateValue(recorded, item.value, sensitive.at(index), undefined, depth + 1)),
          ),
        },
        tree,
        node,
      );
    case 'map':
      return locatedAt(
        {
          state: 'object',
          origin,
          open: false,
          entries: node.pairs.map((pair) => {
            const keyAt = spanOf(tree, pair.key);
            return lazyMember(pair.name, keyAt, () =>
              stateValue(recorded, pair.value, sensitive.at(pair.name), keyAt, depth + 1),
            );
          }),
        },
        tree,
        node,
      );
    case 'alias':
      return unknown(origin, 'syntax');
  }
}
