/** How often a server that ends by itself is started again. */
const MOST = 4;
const WITHIN = 3 * 60 * 1000;

/** Counts how often the server was started again, so that one that ends at once does not do so for ever. */
export class Restarts {
  #times: readonly number[] = [];

  /** Whether the server, which ended at `now`, in milliseconds, is started again. Asking counts as doing so. */
  allow(now: number): boolean {
    const recent = this.#times.filter((time) => now - time < WITHIN);
    if (recent.length >= MOST) return false;
    this.#times = [...recent, now];
    return true;
  }

  /** Somebody wants it to be tried again. */
  forget(): void {
    this.#times = [];
  }
}
