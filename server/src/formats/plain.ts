import { TRUE, type Truth } from '../base/guard.ts';
import type { Span } from '../base/span.ts';
import { unknown } from '../model/navigate.ts';
import type { EditPlace, Element, Member, Origin, Value } from '../model/value.ts';
import { readScalar } from '../syntax/scalar.ts';
import { resolved, type Node, type ScalarNode, type Tree } from '../syntax/tree.ts';
import { locatedAt, markedRange, originOf } from './located.ts';
import { hiddenByName } from './secret-places.ts';

/** The maximum nesting depth of values. Deeper values are unknown. */
export const MAX_VALUE_DEPTH = 100;

/** The value of a node without functions: plain JSON or YAML. The content of a secret is secret. */
export function plainValue(
  tree: Tree,
  node: Node,
  key?: Span,
  edit: EditPlace = 'here',
  secret = false,
  depth = 0,
): Value {
  const origin = { ...originOf(tree, node, key, edit), ...(secret ? { secret } : {}) };
  if (depth > MAX_VALUE_DEPTH) return locatedAt(unknown(origin, 'budget'), tree, node);
  // The effect of a function with a short tag is unknown here.
  if (/^![^!]/.test(node.tag?.name ?? '')) return locatedAt(unknown(origin, 'function'), tree, node);
  switch (node.kind) {
    case 'scalar':
      return locatedScalar(tree, node, origin);
    case 'map':
      return locatedAt(
        {
          state: 'object',
          origin,
          open: false,
          entries: node.pairs.map((pair) => {
            const keyAt = markedRange(tree, pair.key);
            return lazyMember(pair.name, keyAt, () => plainValue(tree, pair.value, keyAt, edit, secret, depth + 1));
          }),
        },
        tree,
        node,
      );
    case 'list':
      return locatedAt(
        {
          state: 'list',
          origin,
          open: false,
          items: node.items.map((item) =>
            lazyElement(() => plainValue(tree, item.value, undefined, edit, secret, depth + 1)),
          ),
        },
        tree,
        node,
      );
    case 'alias': {
      const target = resolved(node);
      return target
        ? plainValue(tree, target, key, 'shared', secret, depth + 1)
        : locatedAt(unknown(origin, 'syntax'), tree, node);
    }
  }
}

/** A scalar, which has its node from the beginning: most values are scalars, and adding a property takes much more memory. */
function locatedScalar(tree: Tree, node: ScalarNode, origin: Origin): Value {
  const { raw, quoted, value } = readScalar(node);
  return hiddenByName(tree, node, { state: 'known', origin, raw, quoted, value, located: { tree, node } });
}

/** An entry with a lazily evaluated value. */
export function lazyMember(key: string, keyAt: Span, value: () => Value, when: Truth = TRUE): Member {
  return new LazyMember(key, keyAt, value, when);
}

/** An item with a lazily evaluated value. */
export function lazyElement(value: () => Value, when: Truth = TRUE): Element {
  return new LazyElement(value, when);
}

/** A class, because object literals with a getter need four times the memory, and a plan has millions of members. */
class LazyElement implements Element {
  readonly when: Truth;
  #read: (() => Value) | undefined;
  #value: Value | undefined;

  constructor(read: () => Value, when: Truth) {
    this.when = when;
    this.#read = read;
  }

  get value(): Value {
    if (this.#read) {
      this.#value = this.#read();
      this.#read = undefined;
    }
    return this.#value!;
  }
}

class LazyMember extends LazyElement implements Member {
  readonly key: string;
  readonly keyAt: Span;

  constructor(key: string, keyAt: Span, read: () => Value, when: Truth) {
    super(read, when);
    this.key = key;
    this.keyAt = keyAt;
  }
}
