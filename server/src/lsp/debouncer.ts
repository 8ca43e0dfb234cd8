/** The debounce time after the last edit, in milliseconds: diagnostics do not change before. */
export const DEBOUNCE = 150;

/**
 * The time after the last edit in milliseconds, after which its analysis starts, so that most of it is done when the
 * diagnostics are due. It is longer than the time between edits of a held key.
 */
export const ANALYSIS_DELAY = 40;

/** A clock in milliseconds. */
export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

const CLOCK: Clock = { now: () => performance.now(), sleep };

/** Delays work while a user types. */
export class Debouncer {
  readonly #clock: Clock;
  /** When an analysis may start, and when its results may be shown. */
  #start = 0;
  #show = 0;
  #isInterrupted = false;

  constructor(clock = CLOCK) {
    this.#clock = clock;
  }

  /** Called after an edit. The next one probably comes later than the analysis ends. */
  edited(): void {
    const now = this.#clock.now();
    this.#start = now + ANALYSIS_DELAY;
    this.#show = now + DEBOUNCE;
  }

  /** Called after a change that often comes with others, such as a closed document. */
  changed(): void {
    this.#start = this.#show = this.#clock.now() + DEBOUNCE;
  }

  /**
   * Called after an analysis. After one that an edit interrupted, the next one waits for the whole debounce time, so
   * that not every key of fast typing costs an analysis.
   */
  analyzed(isInterrupted: boolean): void {
    this.#isInterrupted = isInterrupted;
  }

  /** Resolves when an analysis may start; immediately if there were no edits. */
  async ready(): Promise<void> {
    await this.#until(() => (this.#isInterrupted ? this.#show : this.#start));
  }

  /** Resolves after the debounce time without edits; immediately if there were none. */
  async settled(): Promise<void> {
    await this.#until(() => this.#show);
  }

  /** Resolves at a time, which can become later. */
  async #until(time: () => number): Promise<void> {
    for (let left = time() - this.#clock.now(); left > 0; left = time() - this.#clock.now())
      await this.#clock.sleep(left);
  }
}

/**
 * The time in milliseconds after which long work yields. Messages of the client wait no longer than that, and the step
 * that runs then.
 */
const SLICE = 1;

/** Yields to messages of the client during long work. */
export class MessagePause {
  #last = performance.now();

  /** Resolves at once within a slice; otherwise after waiting messages were received. */
  async pause(): Promise<void> {
    if (performance.now() - this.#last < SLICE) return;
    await messagesHandled();
    this.#last = performance.now();
  }
}

/**
 * The number of turns of the event loop in which two messages that came together are handled and answered: each is
 * decoded in a turn after it was read, dispatched in another one, and so is the writing of an answer. A turn without
 * messages takes microseconds.
 */
const TURNS = 6;

/** Resolves after the messages that came in the meantime were handled, and answers were sent that are ready. */
export async function messagesHandled(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await nextTurn();
}

/** A turn of the event loop, which reads from the client. A timer would wait for a millisecond at least. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The time without another change after which changes are handled together, in milliseconds. */
const GATHERED_WITHIN = 25;

/** Collects things that come in quick succession, and handles them together. */
export function coalescing<T>(handle: (all: ReadonlySet<T>) => Promise<void>): (one: T) => void {
  let waiting = new Set<T>();
  let timer: NodeJS.Timeout | undefined;
  const flush = async (): Promise<void> => {
    const own = timer;
    // In a busy process, the timer can expire before the messages that arrived in the meantime are read.
    await messagesHandled();
    if (timer !== own) return;
    const all = waiting;
    waiting = new Set();
    await handle(all);
  };
  return (one) => {
    waiting.add(one);
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), GATHERED_WITHIN);
  };
}

/** Waits for at least so many milliseconds, which can be a fraction. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.ceil(milliseconds)));
}
