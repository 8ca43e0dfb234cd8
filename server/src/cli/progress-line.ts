/** The progress of a long run, as one line on a terminal that is rewritten. */
import type { Progress } from '../base/steps.ts';

/** The time before the line appears, and between two versions of it, in milliseconds. */
const DELAY = 500;
const INTERVAL = 100;

/** Carriage return, then "erase to the end of the line". */
const CLEAR = '\r\u001b[K';

export interface ProgressTerminal {
  readonly write: (text: string) => void;
  readonly columns: () => number;
  /** The time in milliseconds. */
  readonly now: () => number;
}

/** A line about the progress. It appears only if the run takes long. */
export class ProgressLine {
  readonly #terminal: ProgressTerminal;
  #next: number;
  #isShown = false;

  constructor(terminal: ProgressTerminal) {
    this.#terminal = terminal;
    this.#next = terminal.now() + DELAY;
  }

  /**
   * Shows the progress, unless the line was written just now. The last stage is always shown, because nothing follows.
   */
  show(progress: Progress): void {
    const now = this.#terminal.now();
    if (now < this.#next && !(this.#isShown && progress.stage === 'reporting')) return;
    this.#next = now + INTERVAL;
    this.#isShown = true;
    // A line that fills the terminal would wrap, and only its last row could be erased.
    this.#terminal.write(CLEAR + progressText(progress).slice(0, Math.max(1, this.#terminal.columns() - 1)));
  }

  /** Removes the line, so that something else can be written. */
  clear(): void {
    if (!this.#isShown) return;
    this.#isShown = false;
    this.#terminal.write(CLEAR);
  }
}

function progressText({ stage, done, total }: Progress): string {
  if (stage === 'reporting') return 'Writing the report';
  return `${stage === 'reading' ? 'Reading files' : 'Checking files'}: ${done} of ${total}`;
}

/** Whether to show progress: on a terminal that interprets control characters, outside of CI. */
export function progressWanted(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  const ci = env['CI'];
  return isTerminal && env['TERM'] !== 'dumb' && (ci === undefined || ci === '' || ci === 'false' || ci === '0');
}
