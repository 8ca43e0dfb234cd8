/** What follows from the contents of resources, for the next version of a stack. An edit concerns few of them. */
import type { ContentFacts } from '../model/content.ts';

/** Facts by the number of the content that they follow from, and by what they are. */
export type KnownResourceFacts = ReadonlyMap<number, ReadonlyMap<string, unknown>>;

export class ResourceFacts implements ContentFacts {
  readonly #before: KnownResourceFacts;
  /** The numbers of the contents by the names of their resources. */
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #made = new Map<number, Map<string, unknown>>();

  constructor(before: KnownResourceFacts, numbers: ReadonlyMap<string, number>) {
    this.#before = before;
    this.#numbers = numbers;
  }

  of<T>(what: string, name: string, compute: () => T, isLasting: (result: T) => boolean): T {
    const number = this.#numbers.get(name);
    if (number === undefined) return compute();
    const known = this.#before.get(number)?.get(what) ?? this.#made.get(number)?.get(what);
    if (known !== undefined) return known as T;
    const result = compute();
    if (isLasting(result)) {
      const made = this.#made.get(number) ?? new Map<string, unknown>();
      this.#made.set(number, made.set(what, result));
    }
    return result;
  }

  /** The facts for the next version: those about contents of this one. */
  forNext(): KnownResourceFacts {
    const next = new Map<number, ReadonlyMap<string, unknown>>();
    for (const number of this.#numbers.values()) {
      const [before, made] = [this.#before.get(number), this.#made.get(number)];
      if (before || made) next.set(number, before && made ? new Map([...before, ...made]) : (before ?? made)!);
    }
    return next;
  }
}
