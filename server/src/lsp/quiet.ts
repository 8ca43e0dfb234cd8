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

/** Yields to messages of the client during long work. */
export class Breath {
  #last = performance.now();

  async pause(): Promise<void> {
    if (performance.now() - this.#last < 8) return;
    await sleep(0);
    this.#last = performance.now();
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.ceil(milliseconds)));
}
