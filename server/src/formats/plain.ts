import { TRUE, type Truth } from '../base/guard.ts';
import type { Span } from '../base/span.ts';
import { unknown } from '../model/navigate.ts';
import type { EditPlace, Element, Member, Origin, Value } from '../model/value.ts';
import { readScalar } from '../syntax/scalar.ts';
import { resolved, type Node, type Pair, type ScalarNode, type Tree } from '../syntax/tree.ts';
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
  const place = originOf(tree, node, key, edit);
  const origin: Origin = secret ? { secret, ...place } : place;
  if (depth > MAX_VALUE_DEPTH) return locatedAt(unknown(origin, 'budget'), tree, node);
  // The effect of a function with a short tag is unknown here.
  if (/^![^!]/.test(node.tag?.name ?? '')) return locatedAt(unknown(origin, 'function'), tree, node);
  switch (node.kind) {
    case 'scalar':
      return locatedScalar(tree, node, origin);
    case 'map': {
      const read = (pair: Pair, keyAt: Span): Value => plainValue(tree, pair.value, keyAt, edit, secret, depth + 1);
      // Values have their nodes from the beginning, because adding a field takes much more memory.
      return {
        state: 'object',
        origin,
        open: false,
        entries: node.pairs.map((pair) => lazyMemberOf(pair.name, markedRange(tree, pair.key), read, pair)),
        located: { tree, node },
      };
    }
    case 'list':
      return {
        state: 'list',
        origin,
        open: false,
        items: lazyItems(node.items, (item) => plainValue(tree, item.value, undefined, edit, secret, depth + 1)),
        located: { tree, node },
      };
    case 'alias': {
      const target = resolved(node);
      return target
        ? plainValue(tree, target, key, 'shared', secret, depth + 1)
        : locatedAt(unknown(origin, 'syntax'), tree, node);
    }
  }
}

function locatedScalar(tree: Tree, node: ScalarNode, origin: Origin): Value {
  const { raw, quoted, value } = readScalar(node);
  return hiddenByName(tree, node, { state: 'known', origin, raw, quoted, value, located: { tree, node } });
}

/** An entry with a lazily evaluated value. */
export function lazyMember(key: string, keyAt: Span, value: () => Value, when: Truth = TRUE): Member {
  return new LazyMember(key, keyAt, value, undefined, when);
}

/**
 * The same for many entries that one function reads from different sources. A function for each entry would take more
 * memory than the entry.
 * @param read Receives the source and the place of the key.
 */
export function lazyMemberOf<T>(
  key: string,
  keyAt: Span,
  read: (of: T, keyAt: Span) => Value,
  of: T,
  when: Truth = TRUE,
): Member {
  return new LazyMember(key, keyAt, read as Reading, of, when);
}

/** An item with a lazily evaluated value. */
export function lazyElement(value: () => Value, when: Truth = TRUE): Element {
  return new LazyElement(value, undefined, when);
}

/** Items that one function reads, each from one of some things. */
export function lazyItems<T>(things: readonly T[], read: (of: T) => Value): readonly Element[] {
  return things.map((of) => new LazyElement(read as Reading, of, TRUE));
}

type Reading = (of: unknown, keyAt: Span) => Value;

/** A class, because object literals with a getter need four times the memory, and a plan has millions of members. */
class LazyElement implements Element {
  readonly when: Truth;
  #read: Reading | undefined;
  /** What the value is read from, then the value. */
  #held: unknown;

  constructor(read: Reading, of: unknown, when: Truth) {
    this.when = when;
    this.#read = read;
    this.#held = of;
  }

  get value(): Value {
    if (this.#read) {
      this.#held = this.#read(this.#held, (this as unknown as Member).keyAt);
      this.#read = undefined;
    }
    return this.#held as Value;
  }
}

class LazyMember extends LazyElement implements Member {
  readonly key: string;
  readonly keyAt: Span;

  constructor(key: string, keyAt: Span, read: Reading, of: unknown, when: Truth) {
    super(read, of, when);
    this.key = key;
    this.keyAt = keyAt;
  }
}
