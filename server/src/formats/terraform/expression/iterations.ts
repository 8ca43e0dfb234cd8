/** The rounds of `for` expressions and directives. */
import type { Truth } from '../../../base/guard.ts';
import { unknown } from '../../../model/navigate.ts';
import type { Leaf, Origin, Value } from '../../../model/value.ts';
import { entriesInOrder, isCertain } from './collections.ts';
import type { EvaluationContext } from './context.ts';
import { orderOf } from './order.ts';
import { scalar } from './origin.ts';

/** One round of a loop. */
export interface Iteration {
  readonly context: EvaluationContext;
  readonly when: Truth;
}

/**
 * The rounds over a collection; undefined if it is not one. Objects are gone through by their keys. The key of an item
 * is its index in a list, and the item itself in a set; where it is not known which of them a collection is, the key is
 * not known.
 */
export function iterationsOf(
  leaf: Leaf,
  keyName: string | undefined,
  valueName: string,
  context: EvaluationContext,
  origin: Origin,
): readonly Iteration[] | undefined {
  const round = (key: () => Value, value: Value, when: Truth): Iteration => {
    const bindings = new Map(context.bindings).set(valueName, value);
    if (keyName !== undefined) bindings.set(keyName, key());
    // A literal in the body applies to every iteration, so it cannot be changed for one of them.
    return { context: { ...context, bindings, edit: 'none' }, when };
  };
  switch (leaf.state) {
    case 'list': {
      const order = orderOf(leaf);
      const uncertain = leaf.items.findIndex((item) => !isCertain(item));
      return leaf.items.map((item, index) =>
        round(
          () => {
            if (order === 'set') return item.value;
            // Behind an item that may not be there, indexes are not known.
            return order === 'sequence' && (uncertain < 0 || index <= uncertain)
              ? scalar(origin, index)
              : unknown(origin, 'function');
          },
          item.value,
          item.when,
        ),
      );
    }
    case 'object':
      return entriesInOrder(leaf.entries).map((entry) =>
        round(() => scalar({ use: entry.keyAt, steps: [], edit: 'shared' }, entry.key), entry.value, entry.when),
      );
    default:
      return undefined;
  }
}
