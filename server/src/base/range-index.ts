import { partitionPoint } from './binary-search.ts';
import { within, type Range } from './span.ts';

/** Finds the ranges of a text around others. Ranges can contain one another, and several things can have the same. */
export class RangeIndex<T extends { readonly range: Range }> {
  /** By start offset. Those with the same start keep their order. */
  readonly #sorted: readonly T[];
  /** For each, the largest end offset up to it. */
  readonly #reach: readonly number[];

  constructor(things: readonly T[]) {
    this.#sorted = things.toSorted((a, b) => a.range.start - b.range.start);
    let reach = 0;
    this.#reach = this.#sorted.map(({ range }) => (reach = Math.max(reach, range.end)));
  }

  /** The things whose ranges contain a range, by descending start offset. */
  containing(range: Range): readonly T[] {
    const found: T[] = [];
    for (let i = this.#countUpTo(range.start) - 1; i >= 0 && this.#reach[i]! >= range.end; i--)
      if (within(range, this.#sorted[i]!.range)) found.push(this.#sorted[i]!);
    return found;
  }

  /** Whether one of them shares text with a range, or touches it. */
  touches({ start, end }: Range): boolean {
    const count = this.#countUpTo(end);
    return count > 0 && this.#reach[count - 1]! >= start;
  }

  /** The number of ranges that start up to an offset. */
  #countUpTo(offset: number): number {
    return partitionPoint(this.#sorted, ({ range }) => range.start <= offset);
  }
}
