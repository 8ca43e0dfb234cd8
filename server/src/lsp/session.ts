import { flatMap } from '../base/flat-map.ts';
import type { Connection, InitializeParams } from 'vscode-languageserver';
import type { Reader } from '../base/snapshot.ts';
import { groupedBy } from '../base/groups.ts';
import type { Uri } from '../base/span.ts';
import { clientOf, type Client } from './client.ts';
import { OpenDocuments, type DocumentEvent } from './documents.ts';
import type { Engine, ServerWorld } from './engine.ts';
import { WorkspaceFolders } from './folders.ts';
import { analyzeDocuments } from './analyze-documents.ts';
import type { FileResult } from './file-result.ts';
import { ResultCache } from './result-cache.ts';
import { Log } from './log.ts';
import { Debouncer } from './debouncer.ts';
import { withoutNeighbors, buffersFirst } from './reading.ts';
import { RecentFixes } from './recent-fixes.ts';
import type { Run } from './run.ts';
import { SettingsSource, type Settings } from './settings.ts';
import { isFile } from './uri.ts';
import { directoryCompanions } from './workspace-files.ts';

/** The reader and root of a document. */
export interface RootedReader {
  readonly reader: Reader;
  readonly root: Uri;
}

interface DocumentsWithSettings {
  readonly docs: readonly Uri[];
  readonly settings: Settings;
}

/** The state that all requests of one client share: documents, folders, settings and results. */
export class Session {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents = new OpenDocuments();
  readonly folders: WorkspaceFolders;
  readonly log: Log;
  readonly results: ResultCache;
  /** The fixes of open documents. */
  readonly fixes = new RecentFixes();
  readonly quiet = new Debouncer();
  readonly world: ServerWorld;
  /**
   * The folder with the rule pages, named after their rules: that of the client, or of the program; undefined if there
   * is none.
   */
  readonly rulePages: Uri | undefined;
  /** Whether closed files of the workspace are checked. A client can disable this at initialization. */
  readonly checksWorkspace: boolean;
  readonly #settings: SettingsSource;
  /**
   * Open documents whose file change was not reported yet: they were equal to the file when opened, and not edited
   * since.
   */
  readonly #asOnDisk = new Set<Uri>();
  #listing: readonly Uri[] | undefined;

  constructor(connection: Connection, params: InitializeParams, world: ServerWorld, rulePages: Uri | undefined) {
    this.connection = connection;
    this.world = world;
    const options = (params.initializationOptions ?? {}) as Readonly<Record<string, unknown>>;
    this.rulePages = typeof options['rulePages'] === 'string' ? options['rulePages'] : rulePages;
    this.checksWorkspace = options['workspaceDiagnostics'] !== false;
    this.client = clientOf(params);
    this.folders = new WorkspaceFolders(params);
    this.log = new Log(connection);
    this.results = new ResultCache(
      (named, run) => this.#judge(named, run),
      (doc) => directoryCompanions(doc, this.documents.all()),
    );
    this.results.onDidStale(({ docs }) => this.fixes.forget(docs));
    this.#settings = new SettingsSource(connection, this.client, params.initializationOptions);

    // The stacks before an edit of their document are still useful; those before any other change are wrong.
    this.results.onDidChange((change) => this.#notifyEngine((engine) => engine.changed(change)));
    this.results.onDidStale(({ docs, because }) => {
      for (const doc of docs) if (doc !== because) this.#notifyEngine((engine) => engine.forget(doc));
    });
    this.documents.listen(connection);
    this.documents.onDidChange((event) => {
      this.#follow(event).catch((error: unknown) => this.log.failure(`follow ${event.doc}`, error));
    });
    this.#settings.listen(() => this.results.outdateAll());
    this.folders.listen(connection, () => {
      this.forgetListing();
      this.results.outdateAll();
    });
  }

  /** Registers capabilities after initialization. */
  async register(): Promise<void> {
    await this.#settings.register();
  }

  /** The settings of a document. Closed files have the settings of their folder, so that these are requested once. */
  settings(doc: Uri): Promise<Settings> {
    const scope = this.documents.has(doc) ? doc : (this.folders.of(doc) ?? doc);
    return this.#settings.of(scope, this.documents.clientUri(scope));
  }

  /** The reader of a document: buffers before files, and nothing outside its root. */
  async place(doc: Uri): Promise<RootedReader> {
    const machine = await this.world.machine();
    // A document that is not a file has no neighbors, so it is its own root.
    if (!isFile(doc))
      return { reader: withoutNeighbors(doc, this.documents, machine.reader(undefined).data), root: doc };
    const root = this.folders.of(doc) ?? machine.rootOf(doc);
    return { reader: buffersFirst(machine.reader(root), this.documents, root), root };
  }

  /**
   * The files of all folders that may have a supported format. They are listed again after files were created or
   * deleted, if the client reports that.
   */
  async files(): Promise<readonly Uri[]> {
    const machine = await this.world.machine();
    if (!this.client.watchesFiles) this.forgetListing();
    this.#listing ??= [...new Set(flatMap(this.folders.all(), (folder) => machine.candidates(folder)))];
    return this.#listing;
  }

  forgetListing(): void {
    this.#listing = undefined;
  }

  /**
   * Follows a change on disk to an open document. Its buffer counts, but if it was opened with the new content before
   * the change was reported, dependent results used the old file.
   */
  changedOnDisk(doc: Uri): void {
    if (this.#asOnDisk.delete(doc)) this.results.outdateDependants(doc, false);
  }

  /** Forgets results of closed documents. */
  forgetFiles(): void {
    this.results.forget((doc) => !this.documents.has(doc));
  }

  /** An engine that cannot be loaded is reported where its answer is needed. */
  #notifyEngine(notify: (engine: Engine) => void): void {
    this.world.engine().then(notify, () => undefined);
  }

  async #judge(named: readonly Uri[], run: Run): Promise<readonly FileResult[]> {
    await this.quiet.ready();
    run.check();
    const results = await this.#judgeAll(named, run).finally(() => this.quiet.analyzed(run.ended));
    run.analyzed();
    await this.quiet.settled();
    return results;
  }

  async #judgeAll(named: readonly Uri[], run: Run): Promise<readonly FileResult[]> {
    const results: FileResult[] = [];
    for (const { docs, settings } of await this.#bySettings(named))
      results.push(...(await this.#judgeAlike(docs, settings, run)));
    return results;
  }

  /** Documents grouped by their settings. */
  async #bySettings(docs: readonly Uri[]): Promise<readonly DocumentsWithSettings[]> {
    const all = await Promise.all(docs.map(async (doc) => ({ doc, settings: await this.settings(doc) })));
    return [...groupedBy(all, ({ settings }) => JSON.stringify(settings)).values()].map((group) => ({
      docs: group.map(({ doc }) => doc),
      settings: group[0]!.settings,
    }));
  }

  async #judgeAlike(named: readonly Uri[], settings: Settings, run: Run): Promise<readonly FileResult[]> {
    const [engine, place] = await Promise.all([this.world.engine(), this.place(named[0]!)]);
    run.check();
    return analyzeDocuments(named, run, {
      engine,
      settings,
      ...place,
      log: this.log,
      isOpen: (doc) => this.documents.has(doc),
      keepFixes: (judged, fixes) => {
        if (this.documents.has(judged.doc)) this.fixes.keep(judged, fixes);
      },
      dependants: (of) => this.results.dependants(of),
    });
  }

  async #follow({ doc, what, text }: DocumentEvent): Promise<void> {
    // Editors close many documents at once, which is one change for the others.
    if (what === 'edited') this.quiet.edited();
    else if (what === 'closed') this.quiet.changed();
    if (what === 'closed') this.#settings.forget(doc);
    this.results.outdate(doc);
    if (what === 'closed' && !isFile(doc)) this.results.discard(doc);
    // A document that is opened or closed without changes has the same content as before.
    this.#asOnDisk.delete(doc);
    if (what === 'edited') this.results.outdateDependants(doc, false);
    else if (!(await this.#isOnDisk(doc, text))) this.results.outdateDependants(doc, true);
    else if (what === 'opened' && this.documents.get(doc)?.text === text) this.#asOnDisk.add(doc);
  }

  async #isOnDisk(doc: Uri, text: string): Promise<boolean> {
    if (!isFile(doc)) return false;
    const machine = await this.world.machine();
    const answer = machine.reader(this.folders.of(doc) ?? machine.rootOf(doc)).file(doc);
    return answer.kind === 'text' && answer.text === text;
  }
}
