/** The debounce time after the last edit, in milliseconds. */
export const DEBOUNCE = 150;

/** Delays work while a user types. */
export class Quiet {
  readonly #debounce: number;
  #until = 0;

  constructor(debounce = DEBOUNCE) {
    this.#debounce = debounce;
  }

  edited(): void {
    this.#until = performance.now() + this.#debounce;
  }

  /** Resolves after the debounce time without edits; immediately if there were none. */
  async settled(): Promise<void> {
    for (let left = this.#until - performance.now(); left > 0; left = this.#until - performance.now())
      await sleep(left);
  }
}

/** The time in milliseconds after which long work yields. Messages of the client wait no longer than that. */
const SLICE = 4;

/** Yields to messages of the client during long work. */
export class Breath {
  #last = performance.now();

  /** Resolves at once within a slice; otherwise after waiting messages were received. */
  async pause(): Promise<void> {
    if (performance.now() - this.#last < SLICE) return;
    await nextTurn();
    this.#last = performance.now();
  }
}

/** A turn of the event loop, which reads from the client. A timer would wait for a millisecond at least. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The time without another change after which changes are handled together, in milliseconds. */
const GATHERED_WITHIN = 25;

/** Collects things that come in quick succession, and handles them together. */
export function gathering<T>(handle: (all: ReadonlySet<T>) => Promise<void>): (one: T) => void {
  let waiting = new Set<T>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    const all = waiting;
    waiting = new Set();
    void handle(all);
  };
  return (one) => {
    waiting.add(one);
    clearTimeout(timer);
    timer = setTimeout(flush, GATHERED_WITHIN);
  };
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.ceil(milliseconds)));
}
