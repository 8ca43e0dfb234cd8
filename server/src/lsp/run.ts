import type { CancellationToken } from 'vscode-languageserver';
import type { Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { RememberingReader } from '../host/remembering-reader.ts';
import type { FileResult } from './file-result.ts';
import { recordingReader } from './reading.ts';

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
  readonly #dependencies = new Set<Uri>();
  readonly #built: Promise<void>;
  #resolveBuilt: () => void = () => undefined;
  readonly #analyzed: Promise<void>;
  #resolveAnalyzed: () => void = () => undefined;
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
    this.#built = new Promise((resolve) => (this.#resolveBuilt = resolve));
    this.#analyzed = new Promise((resolve) => (this.#resolveAnalyzed = resolve));
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
    return new RememberingReader(recordingReader(reader, this.#dependencies));
  }

  /** The recorded dependencies. */
  get dependencies(): ReadonlySet<Uri> {
    return this.#dependencies;
  }

  /** Called when stacks of documents are built, and are now checked. */
  built(): void {
    this.#resolveBuilt();
  }

  /** Called when the documents are analyzed, and the results only wait until they may be shown. */
  analyzed(): void {
    this.#resolveAnalyzed();
  }

  /** The results, in the order of the named documents. The run ends when the last request is cancelled. */
  result(token?: CancellationToken): Promise<readonly FileResult[]> {
    return this.#until(this.#work, token);
  }

  /** Resolves when the first stacks are built. The run ends when the last request is cancelled. */
  async whenBuilt(token?: CancellationToken): Promise<void> {
    await this.#until(Promise.race([this.#built, this.#work]), token);
  }

  /** Resolves when the documents are analyzed. The run ends when the last request is cancelled. */
  async whenAnalyzed(token?: CancellationToken): Promise<void> {
    await this.#until(Promise.race([this.#analyzed, this.#work]), token);
  }

  async #until<T>(work: Promise<T>, token: CancellationToken | undefined): Promise<T> {
    this.#waiting++;
    try {
      return await Promise.race([work, this.#stopped, ...(token ? [cancelled(token)] : [])]);
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
