import { mapLeaves } from '../../model/navigate.ts';
import type { Value } from '../../model/value.ts';

/** Marks a value as secret, including its items if it is a list. */
export function asSecretWithItems(value: Value, secretByName = false): Value {
  return mapLeaves(value, (leaf) => {
    const { secretByName: _, ...rest } = leaf.origin;
    const origin = { ...rest, secret: true, ...(secretByName ? { secretByName } : {}) };
    return leaf.state === 'list'
      ? {
          ...leaf,
          origin,
          items: leaf.items.map((item) => ({ ...item, value: asSecretWithItems(item.value, secretByName) })),
        }
      : { ...leaf, origin };
  });
}
