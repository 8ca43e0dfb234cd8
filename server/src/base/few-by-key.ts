/**
 * What is held by each of a few keys, such as what rules read of one resource. A list takes a half to a third of the
 * memory of a `Map`, and less time as long as there are at most some dozens of keys.
 */
export class FewByKey<Key extends string, Held extends object> {
  /** Keys and what is held by each, in turn. */
  readonly #list: (Key | Held)[];

  constructor(key: Key, held: Held) {
    this.#list = [key, held];
  }

  get(key: Key): Held | undefined {
    const list = this.#list;
    for (let index = list.length - 2; index >= 0; index -= 2) if (list[index] === key) return list[index + 1] as Held;
    return undefined;
  }

  /** Adds what is held by a key from now on. */
  add(key: Key, held: Held): void {
    this.#list.push(key, held);
  }
}
