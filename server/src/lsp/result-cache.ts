import { flatMap } from '../base/flat-map.ts';
import type { CancellationToken, Event } from 'vscode-languageserver';
import { Emitter } from './protocol.ts';
import type { Uri } from '../base/span.ts';
import { folderOf } from '../base/uri.ts';
import type { FileResult } from './file-result.ts';
import { Abandoned, Run, Superseded } from './run.ts';

/** A change on which results can depend, also if none does. */
export interface WorkspaceChange {
  /** The changed document; undefined if everything can be different, such as after a change of settings. */
  readonly doc: Uri | undefined;
  /** Whether it was created or deleted. */
  readonly listed: boolean;
}

export interface Stale {
  /** The documents whose results are stale. */
  readonly docs: readonly Uri[];
  /** The changed document, if that is the cause. */
  readonly because: Uri | undefined;
}

/** Analyzes documents together; `run` records dependencies and cancellation. */
export type AnalyzeGroup = (named: readonly Uri[], run: Run) => Promise<readonly FileResult[]>;

/**
 * The results of documents, cached until a dependency changes. A document is analyzed on demand, and once for
 * concurrent requests.
 */
export class ResultCache {
  readonly #judge: AnalyzeGroup;
  readonly #companions: (doc: Uri) => readonly Uri[];
  readonly #held = new Map<Uri, FileResult>();
  readonly #running = new Map<Uri, Run>();
  /** The last known dependencies of each document, also of stale results. */
  readonly #dependencies = new Map<Uri, ReadonlySet<Uri>>();
  readonly #changed = new Emitter<WorkspaceChange>();
  readonly #staled = new Emitter<Stale>();
  readonly #started = new Emitter<readonly Uri[]>();
  readonly #judged = new Emitter<FileResult>();
  readonly #ended = new Emitter<readonly Uri[]>();
  #generation = 0;

  /** @param companions The documents whose results follow from the same analysis as that of a document. */
  constructor(judge: AnalyzeGroup, companions: (doc: Uri) => readonly Uri[] = () => []) {
    this.#judge = judge;
    this.#companions = companions;
  }

  /** Fires on a change on which other documents can depend. */
  get onDidChange(): Event<WorkspaceChange> {
    return this.#changed.event;
  }

  /** Fires after results became stale. */
  get onDidStale(): Event<Stale> {
    return this.#staled.event;
  }

  /** Fires before documents are analyzed. */
  get onDidStart(): Event<readonly Uri[]> {
    return this.#started.event;
  }

  /** Fires after a document was analyzed. */
  get onDidJudge(): Event<FileResult> {
    return this.#judged.event;
  }

  /** Fires when the analysis of documents ends, with or without a result. */
  get onDidEnd(): Event<readonly Uri[]> {
    return this.#ended.event;
  }

  /** The number of changes. */
  get generation(): number {
    return this.#generation;
  }

  /** Resolves on a change after a generation. Rejects with `Abandoned` when the token is cancelled. */
  async changeAfter(generation: number, token: CancellationToken): Promise<void> {
    if (generation !== this.#generation) return;
    await new Promise<void>((resolve, reject) => {
      const listening = [
        this.onDidStale(() => finish(resolve)),
        token.onCancellationRequested(() => finish(() => reject(new Abandoned()))),
      ];
      const finish = (end: () => void): void => {
        for (const each of listening) each.dispose();
        end();
      };
    });
  }

  /** The result of a document. Rejects with `Superseded` or, when the token is cancelled, with `Abandoned`. */
  async of(doc: Uri, token?: CancellationToken): Promise<FileResult> {
    return (await this.ofAll([doc], token)).get(doc)!;
  }

  /** Resolves when the analysis of a document has built its first stacks, or has ended. Rejects like `of`. */
  async built(doc: Uri, token?: CancellationToken): Promise<void> {
    await this.#runOf(doc)?.whenBuilt(token);
  }

  /** Resolves when a document is analyzed, before its result may be shown. Rejects like `of`. */
  async analyzed(doc: Uri, token?: CancellationToken): Promise<void> {
    await this.#runOf(doc)?.whenAnalyzed(token);
  }

  /** The analysis of a document, which starts if it has no result; undefined if it has one. */
  #runOf(doc: Uri): Run | undefined {
    return this.#held.has(doc) ? undefined : (this.#running.get(doc) ?? this.#start(this.#together([doc])));
  }

  /** The result of a document from an analysis of its own, for what is not kept with results. */
  async again(doc: Uri, token?: CancellationToken): Promise<FileResult> {
    const running = this.#running.get(doc);
    const run = running?.named.length === 1 ? running : this.#start([doc]);
    return (await run.result(token)).find((judged) => judged.doc === doc)!;
  }

  /** The results of several documents; missing ones are analyzed together. */
  async ofAll(docs: readonly Uri[], token?: CancellationToken): Promise<ReadonlyMap<Uri, FileResult>> {
    const answer = new Map<Uri, FileResult>();
    const missing: Uri[] = [];
    const runs = new Set<Run>();
    for (const doc of docs) {
      const held = this.#held.get(doc);
      const running = this.#running.get(doc);
      if (held) answer.set(doc, held);
      else if (running) runs.add(running);
      else missing.push(doc);
    }
    if (missing.length > 0) runs.add(this.#start(this.#together(missing)));
    for (const judged of (await Promise.all([...runs].map((run) => run.result(token)))).flat())
      answer.set(judged.doc, judged);
    return answer;
  }

  /** The documents that depended on another one, in a stable order. */
  dependants(of: Uri): readonly Uri[] {
    return [...this.#dependencies]
      .filter(([doc, dependencies]) => doc !== of && dependencies.has(of))
      .map(([doc]) => doc)
      .sort();
  }

  /** Called when the text or the settings of a document changed. */
  outdate(doc: Uri): void {
    // Its run ends for the others too.
    const docs = new Set([doc, ...(this.#running.get(doc)?.named ?? [])]);
    this.#drop(docs);
    this.#invalidated({ docs: [...docs], because: doc });
  }

  /**
   * Called when the content of a document that others can depend on changed. With `listing`, it was created or
   * deleted.
   */
  outdateDependants(doc: Uri, listing: boolean): void {
    this.#changed.fire({ doc, listed: listing });
    const causes = listing ? [doc, folderOf(doc)] : [doc];
    const concerned = (dependencies: ReadonlySet<Uri>): boolean => causes.some((cause) => dependencies.has(cause));
    const docs = new Set<Uri>();
    for (const [other, judged] of this.#held) if (concerned(judged.dependencies)) docs.add(other);
    for (const run of new Set(this.#running.values()))
      if (concerned(run.dependencies)) for (const other of run.named) docs.add(other);
    docs.delete(doc);
    if (docs.size === 0) return;
    this.#drop(docs);
    this.#invalidated({ docs: [...docs], because: doc });
  }

  /** Invalidates all results. */
  outdateAll(): void {
    this.#changed.fire({ doc: undefined, listed: false });
    const docs = [...new Set([...this.#held.keys(), ...this.#running.keys()])];
    this.#drop(docs);
    this.#invalidated({ docs, because: undefined });
  }

  /** Forgets documents without an event. */
  forget(unwanted: (doc: Uri) => boolean): void {
    this.#drop([...this.#held.keys()].filter(unwanted));
  }

  /** Forgets the dependencies of a closed document that is not a file. No other analysis needs them. */
  discard(doc: Uri): void {
    this.#dependencies.delete(doc);
  }

  #invalidated(stale: Stale): void {
    this.#generation++;
    this.#staled.fire(stale);
  }

  #drop(docs: Iterable<Uri>): void {
    for (const doc of docs) {
      this.#held.delete(doc);
      const run = this.#running.get(doc);
      if (run) this.#end(run, new Superseded());
    }
  }

  /** Documents with their companions that have no result yet. */
  #together(docs: readonly Uri[]): readonly Uri[] {
    const more = flatMap(docs, this.#companions).filter((doc) => !this.#held.has(doc) && !this.#running.has(doc));
    return [...new Set([...docs, ...more])];
  }

  #start(named: readonly Uri[]): Run {
    const work = async (run: Run): Promise<readonly FileResult[]> => {
      try {
        const all = await this.#judge(named, run);
        run.check();
        for (const judged of all) this.#keep(judged);
        return all;
      } finally {
        this.#remove(run);
      }
    };
    const run = new Run(named, work, (abandoned) => this.#end(abandoned, new Abandoned()));
    for (const doc of named) this.#running.set(doc, run);
    this.#started.fire(named);
    return run;
  }

  #end(run: Run, why: Superseded | Abandoned): void {
    this.#remove(run);
    run.end(why);
  }

  #remove(run: Run): void {
    const ended = run.named.filter((doc) => this.#running.get(doc) === run);
    for (const doc of ended) this.#running.delete(doc);
    if (ended.length > 0) this.#ended.fire(ended);
  }

  #keep(judged: FileResult): void {
    this.#held.set(judged.doc, judged);
    this.#dependencies.set(judged.doc, judged.dependencies);
    this.#judged.fire(judged);
    // A template that was checked alone and is now known to be nested in this one has to be checked there.
    const alone = (judged.nested ?? []).filter((doc) => this.#held.get(doc)?.leading.has(judged.doc) === false);
    if (alone.length === 0) return;
    this.#drop(alone);
    this.#invalidated({ docs: alone, because: judged.doc });
  }
}
