import type { CancellationToken } from 'vscode-languageserver';
import type { Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { RememberingReader } from '../host/remembering-reader.ts';
import type { FileResult } from './file-result.ts';
import { noting } from './reading.ts';

/** A document, or something that its judgement depends on, was changed while it was being judged. */
export class Superseded extends Error {}

/** Nobody waits for the answer any more. */
export class Abandoned extends Error {}

/** One look at some documents, which ends early when it is in vain. */
export class Run {
  readonly named: readonly Uri[];
  readonly #stop = new AbortController();
  readonly #stopped: Promise<never>;
  readonly #work: Promise<readonly FileResult[]>;
  readonly #onAbandoned: (run: Run) => void;
  readonly #looked = new Set<Uri>();
  #waiting = 0;

  constructor(
    named: readonly Uri[],
    work: (run: Run) => Promise<readonly FileResult[]>,
    onAbandoned: (run: Run) => void,
  ) {
    this.named = named;
    this.#onAbandoned = onAbandoned;
    this.#stopped = new Promise((_, reject) => {
      this.#stop.signal.addEventListener('abort', () => reject(this.#stop.signal.reason as Error));
    });
    this.#work = Promise.resolve().then(() => work(this));
    // Whoever waits sees how it ends; when nobody does, it does not matter.
    this.#stopped.catch(() => undefined);
    this.#work.catch(() => undefined);
  }

  /** Ends the run: whoever waits is told why, at once. */
  end(why: Superseded | Abandoned): void {
    this.#stop.abort(why);
  }

  get ended(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Throws when the run has ended. */
  check(): void {
    this.#stop.signal.throwIfAborted();
  }

  /**
   * A reader for the run, which knows from then on what it depends on. It gives the same answer each time, so that offsets
   * and the texts that they are counted in belong together.
   */
  reading(reader: Reader): RememberingReader {
    return new RememberingReader(noting(reader, this.#looked));
  }

  /** What was looked at so far. */
  get looked(): ReadonlySet<Uri> {
    return this.#looked;
  }

  /** The judgements, in the order of the named documents. The last one to cancel ends the run. */
  async result(token?: CancellationToken): Promise<readonly FileResult[]> {
    this.#waiting++;
    try {
      return await Promise.race([this.#work, this.#stopped, ...(token ? [cancelled(token)] : [])]);
    } finally {
      if (--this.#waiting === 0 && token?.isCancellationRequested) this.#onAbandoned(this);
    }
  }
}

function cancelled(token: CancellationToken): Promise<never> {
  return new Promise((_, reject) => {
    if (token.isCancellationRequested) reject(new Abandoned());
    else token.onCancellationRequested(() => reject(new Abandoned()));
  });
}
