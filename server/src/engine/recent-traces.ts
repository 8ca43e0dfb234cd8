/** The traces of the last rule calls for positions of a stack. */
import type { RuleCall } from './rule-calls.ts';
import type { TracedCall } from './rule-trace.ts';

/** The limit of the sizes of the kept calls together. */
const MOST_READS = 20_000;
/** The size of a call beside the values that it reads. */
const OF_CALL = 50;

/** Keeps the traces of the last calls within a limit. */
export class RecentTraces {
  /** By the names of the calls, the least recently added first. */
  readonly #traces = new Map<string, TracedCall>();
  #size = 0;

  /** The trace of a call, if it is kept. */
  of(call: RuleCall): TracedCall | undefined {
    return this.#traces.get(nameOf(call));
  }

  /** Keeps the trace of a call, in place of the oldest ones. */
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
