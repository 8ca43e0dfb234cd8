import { messagesHandled } from './debouncer.ts';

/** Work for requests that has priority over other work. */
export class Activity {
  #running = 0;
  #waiting: (() => void)[] = [];

  /** Starts a work, and returns a function to call when it ends. Other work goes on after the answer was sent. */
  start(): () => void {
    this.#running++;
    return () => {
      void messagesHandled().then(() => {
        if (--this.#running > 0) return;
        for (const resolve of this.#waiting.splice(0)) resolve();
      });
    };
  }

  /** Resolves when no work is running. */
  async ended(): Promise<void> {
    while (this.#running > 0) await new Promise<void>((resolve) => void this.#waiting.push(resolve));
  }
}
