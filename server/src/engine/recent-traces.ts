/** The traces of the last rule calls for positions of a stack. */
import type { RuleCall } from './rule-calls.ts';
import type { TracedCall } from './rule-trace.ts';

/** The number of values that the kept calls read, and by which a call counts besides. */
const MOST_READS = 20_000;
const OF_CALL = 50;

export class RecentTraces {
  /** By the names of the calls, the least recently added first. */
  readonly #traces = new Map<string, TracedCall>();
  #size = 0;

  of(call: RuleCall): TracedCall | undefined {
    return this.#traces.get(nameOf(call));
  }

  add(call: RuleCall, traced: TracedCall): void {
    this.#traces.set(nameOf(call), traced);
    this.#size += sizeOf(traced);
    for (const [name, oldest] of this.#traces) {
      if (this.#size <= MOST_READS) break;
      this.#traces.delete(name);
      this.#size -= sizeOf(oldest);
    }
  }
}

function nameOf({ rule, about }: RuleCall): string {
  return `${rule.id} ${about}`;
}

function sizeOf({ reads }: TracedCall): number {
  return OF_CALL + reads.length;
}
