/** The time after the last edit from which documents are judged, in milliseconds. */
export const DEBOUNCE = 150;

/** Keeps work waiting while somebody types. */
export class Quiet {
  readonly #debounce: number;
  #until = 0;

  constructor(debounce = DEBOUNCE) {
    this.#debounce = debounce;
  }

  edited(): void {
    this.#until = performance.now() + this.#debounce;
  }

  /** Resolves when nothing was edited for the time of the debounce; at once when that is so already. */
  async settled(): Promise<void> {
    for (let left = this.#until - performance.now(); left > 0; left = this.#until - performance.now())
      await sleep(left);
  }
}

/** Lets messages of the client come in, when work has gone on for a while. */
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
