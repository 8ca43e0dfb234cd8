import type { Uri } from '../base/span.ts';
import type { Progress } from '../base/steps.ts';
import type { LoadedStack } from '../formats/format.ts';

/** The named documents whose stacks are not all checked yet. A document without a stack needs no check. */
export class UncheckedFiles {
  readonly #total: number;
  /** The number of stacks to check, by document. */
  readonly #left = new Map<Uri, number>();
  readonly #stacks: readonly LoadedStack[];

  constructor(named: readonly Uri[], stacks: readonly LoadedStack[]) {
    this.#total = named.length;
    this.#stacks = stacks;
    const known = new Set(named);
    for (const { documents } of stacks)
      for (const doc of new Set(documents)) if (known.has(doc)) this.#left.set(doc, (this.#left.get(doc) ?? 0) + 1);
  }

  /** Notes that the stack with an index is checked. */
  checked(index: number): void {
    for (const doc of new Set(this.#stacks[index]!.documents)) {
      const left = this.#left.get(doc);
      if (left === undefined) continue;
      if (left === 1) this.#left.delete(doc);
      else this.#left.set(doc, left - 1);
    }
  }

  files(): ReadonlySet<Uri> {
    return new Set(this.#left.keys());
  }

  progress(): Progress {
    return { stage: 'checking', done: this.#total - this.#left.size, total: this.#total };
  }
}
