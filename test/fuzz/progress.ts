/** How often progress is reported, in milliseconds. */
const EVERY = 5000;

/**
 * Reports every few seconds how far a long run is: inputs tried in each phase (those that make a failure small
 * included), failures, and the rate.
 */
export class Progress {
  readonly #write: (line: string) => void;
  readonly #now: () => number;
  #phase = '';
  #done = 0;
  #failures = 0;
  #began: number;
  #reported: number;

  constructor(write: (line: string) => void, now: () => number = () => performance.now()) {
    this.#write = write;
    this.#now = now;
    this.#began = this.#reported = now();
  }

  /** An input of a phase is tried. */
  tried(phase: string): void {
    if (phase !== this.#phase) {
      this.end();
      this.#phase = phase;
      this.#done = 0;
      this.#began = this.#reported = this.#now();
    }
    this.#done++;
    if (this.#now() - this.#reported >= EVERY) this.#report();
  }

  failed(): void {
    this.#failures++;
  }

  /** The last phase is over. */
  end(): void {
    if (this.#done > 0) this.#report();
  }

  #report(): void {
    this.#reported = this.#now();
    const seconds = (this.#reported - this.#began) / 1000;
    this.#write(
      `${this.#phase}: ${this.#done} done in ${seconds.toFixed(0)} s, ${(this.#done / Math.max(seconds, 0.001)).toFixed(1)} a second, ${this.#failures} failures`,
    );
  }
}
