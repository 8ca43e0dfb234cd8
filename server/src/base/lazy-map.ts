import { once } from './once.ts';

/** A map whose entries are computed when one of them is first needed. */
export class LazyMap<Key, Value> implements ReadonlyMap<Key, Value> {
  readonly #known: () => ReadonlyMap<Key, Value>;
  readonly #mayHave: (key: Key) => boolean;

  /** @param mayHave Whether it can have a key, so that others are answered without its entries. */
  constructor(compute: () => ReadonlyMap<Key, Value>, mayHave: (key: Key) => boolean) {
    this.#known = once(compute);
    this.#mayHave = mayHave;
  }

  get size(): number {
    return this.#known().size;
  }
  has(key: Key): boolean {
    return this.#mayHave(key) && this.#known().has(key);
  }
  get(key: Key): Value | undefined {
    return this.#mayHave(key) ? this.#known().get(key) : undefined;
  }
  keys(): MapIterator<Key> {
    return this.#known().keys();
  }
  values(): MapIterator<Value> {
    return this.#known().values();
  }
  entries(): MapIterator<[Key, Value]> {
    return this.#known().entries();
  }
  forEach(callback: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    this.#known().forEach(callback);
  }
  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.entries();
  }
}
