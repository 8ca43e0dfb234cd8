import { SmallMap } from '../base/small-map.ts';
import { memoizeName } from '../base/memoize.ts';
import { itemsOfProperty, memberAt } from '../model/navigate.ts';
import type { Entries, Entry, Properties } from '../model/resource.ts';
import type { Truth } from '../base/guard.ts';
import type { Value } from '../model/value.ts';

/** The keys of a path to a property. Rules read the same paths of many resources. */
const keysOf = memoizeName((path): readonly string[] => path.split('.'));

/**
 * Properties from the entries of a value, under their own names. What holds them is made when something is read,
 * because a large stack has many resources that few rules read.
 */
export class ValueProperties implements Properties {
  readonly value: Value;
  #held: SmallMap<string, Value> | undefined;
  #entries: SmallMap<string, Entries> | undefined;

  constructor(value: Value) {
    this.value = value;
  }

  get(path: string): Value {
    let value = this.#held?.get(path);
    if (!value) {
      value = memberAt(this.value, keysOf(path));
      if (this.#held) this.#held.set(path, value);
      else this.#held = new SmallMap(path, value);
    }
    return value;
  }

  each(path: string): Entries {
    let entries = this.#entries?.get(path);
    if (!entries) {
      entries = entriesOf(this.get(path));
      if (this.#entries) this.#entries.set(path, entries);
      else this.#entries = new SmallMap(path, entries);
    }
    return entries;
  }
}

/** The items of a list property, as objects with properties. */
export function entriesOf(value: Value): Entries {
  const { items, complete } = itemsOfProperty(value);
  return { items: items.map((item) => new ValueEntry(item.value, item.when)), complete };
}

class ValueEntry extends ValueProperties implements Entry {
  readonly when: Truth;

  constructor(value: Value, when: Truth) {
    super(value);
    this.when = when;
  }
}
