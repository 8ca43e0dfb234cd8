import type { CancellationToken } from 'vscode-languageserver';
import type { Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { RememberingReader } from '../host/remembering-reader.ts';
import type { FileResult } from './file-result.ts';
import { noting } from './reading.ts';

/** Thrown when a document, or a dependency, changed during the analysis. */
export class Superseded extends Error {}

/** Thrown when the answer is no longer needed. */
export class Abandoned extends Error {}

/** One analysis of documents, which ends early when its result is obsolete. */
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
    // Waiting requests observe the rejection; without them it does not matter.
    this.#stopped.catch(() => undefined);
    this.#work.catch(() => undefined);
  }

  /** Ends the run and rejects waiting requests immediately. */
  end(why: Superseded | Abandoned): void {
    this.#stop.abort(why);
  }

  get ended(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Throws if the run has ended. */
  check(): void {
    this.#stop.signal.throwIfAborted();
  }

  /**
   * A reader for the run that records dependencies. It returns the same answer each time, so that offsets refer to
   * one text.
   */
  reading(reader: Reader): RememberingReader {
    return new RememberingReader(noting(reader, this.#looked));
  }

  /** The recorded dependencies. */
  get looked(): ReadonlySet<Uri> {
    return this.#looked;
  }

  /** The results, in the order of the named documents. The run ends when the last request is cancelled. */
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
