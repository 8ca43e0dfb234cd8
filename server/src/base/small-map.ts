/**
 * A map of a few keys, such as the properties of one resource that rules read. It takes a half to a third of the memory
 * of a `Map`, and less time as long as it has at most some dozens of keys.
 */
export class SmallMap<Key extends string, Value extends object> {
  /** Keys, each followed by its value. */
  readonly #list: (Key | Value)[];

  constructor(key: Key, value: Value) {
    this.#list = [key, value];
  }

  get(key: Key): Value | undefined {
    const list = this.#list;
    for (let index = list.length - 2; index >= 0; index -= 2) if (list[index] === key) return list[index + 1] as Value;
    return undefined;
  }

  /** Sets the value of a key. It is added to the list, so keys should be set once. */
  set(key: Key, value: Value): void {
    this.#list.push(key, value);
  }
}
