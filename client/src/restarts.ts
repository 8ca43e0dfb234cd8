/** The maximum number of automatic restarts, and its period in milliseconds. */
const MOST = 4;
const WITHIN = 3 * 60 * 1000;

/** Limits automatic restarts, so that a server that always crashes is not restarted forever. */
export class Restarts {
  #times: readonly number[] = [];

  /** Whether the server, which stopped at `now` in milliseconds, is restarted. Each call counts as a restart. */
  allow(now: number): boolean {
    const recent = this.#times.filter((time) => now - time < WITHIN);
    if (recent.length >= MOST) return false;
    this.#times = [...recent, now];
    return true;
  }

  /** Resets the count, for restarts by the user. */
  forget(): void {
    this.#times = [];
  }
}
