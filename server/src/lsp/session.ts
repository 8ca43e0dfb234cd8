import type { Connection, InitializeParams } from 'vscode-languageserver';
import type { Reader } from '../base/snapshot.ts';
import type { Uri } from '../base/span.ts';
import { clientOf, type Client } from './client.ts';
import { OpenDocuments, type DocumentEvent } from './documents.ts';
import type { World } from './engine.ts';
import { WorkspaceFolders } from './folders.ts';
import { judge } from './judge.ts';
import type { FileResult } from './file-result.ts';
import { ResultCache } from './result-cache.ts';
import { Log } from './log.ts';
import { Quiet } from './quiet.ts';
import { alone, buffersFirst } from './reading.ts';
import type { Run } from './run.ts';
import { SettingsSource, type Settings } from './settings.ts';
import { isFile } from './uri.ts';

/** Where a document is read. */
export interface Place {
  readonly reader: Reader;
  readonly root: Uri;
}

/** What all requests of one client share: its documents, folders and settings, and what is known of them. */
export class Session {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents = new OpenDocuments();
  readonly folders: WorkspaceFolders;
  readonly log: Log;
  readonly judgements: ResultCache;
  readonly quiet = new Quiet();
  readonly world: World;
  /** The folder with the pages of the rules, each named after its rule; undefined when there is none. */
  readonly rulePages: Uri | undefined;
  /** Whether the files of the workspace are checked that are not open. A client can say at the start that it wants only what is open. */
  readonly checksWorkspace: boolean;
  readonly #settings: SettingsSource;
  /** The open documents of which nobody was told, as they were on disk when they were opened and were not edited since. */
  readonly #asOnDisk = new Set<Uri>();
  #listing: readonly Uri[] | undefined;

  constructor(connection: Connection, params: InitializeParams, world: World, rulePages: Uri | undefined) {
    this.connection = connection;
    this.world = world;
    this.rulePages = rulePages;
    this.checksWorkspace =
      (params.initializationOptions as { readonly workspaceDiagnostics?: unknown } | null | undefined)
        ?.workspaceDiagnostics !== false;
    this.client = clientOf(params);
    this.folders = new WorkspaceFolders(params);
    this.log = new Log(connection);
    this.judgements = new ResultCache((named, run) => this.#judge(named, run));
    this.#settings = new SettingsSource(connection, this.client, params.initializationOptions);

    this.documents.listen(connection);
    this.documents.onDidChange((event) => {
      this.#follow(event).catch((error: unknown) => this.log.failure(`follow ${event.doc}`, error));
    });
    this.#settings.listen(() => this.judgements.outdateAll());
    this.folders.listen(connection, () => {
      this.forgetListing();
      this.judgements.outdateAll();
    });
  }

  /** What can be asked of the client once it has been answered. */
  async register(): Promise<void> {
    await this.#settings.register();
  }

  /** The settings of a document. Files that are not open have those of their folder, so that it is asked for once. */
  settings(doc: Uri): Promise<Settings> {
    const scope = this.documents.has(doc) ? doc : (this.folders.of(doc) ?? doc);
    return this.#settings.of(scope, this.documents.clientUri(scope));
  }

  /** Where a document is read: buffers before files, and nothing outside its root. */
  async place(doc: Uri): Promise<Place> {
    const machine = await this.world.machine();
    // What is no file has no neighbours, so it is its own root.
    if (!isFile(doc)) return { reader: alone(doc, this.documents, machine.reader(undefined).data), root: doc };
    const root = this.folders.of(doc) ?? machine.rootOf(doc);
    return { reader: buffersFirst(machine.reader(root), this.documents, root), root };
  }

  /** The files of all folders that may be ours. They are listed again when one came or went, if we are told. */
  async files(): Promise<readonly Uri[]> {
    const machine = await this.world.machine();
    if (!this.client.watchesFiles) this.forgetListing();
    this.#listing ??= [...new Set(this.folders.all().flatMap((folder) => machine.candidates(folder)))];
    return this.#listing;
  }

  forgetListing(): void {
    this.#listing = undefined;
  }

  /**
   * Follows a change on disk to a document that is open. While it is open its buffer counts, but where it was opened with what was new on disk
   * before that was told, the others have seen it as it was.
   */
  changedOnDisk(doc: Uri): void {
    if (this.#asOnDisk.delete(doc)) this.judgements.outdateDependants(doc, false);
  }

  /** Forgets what is known of documents that are not open. */
  forgetFiles(): void {
    this.judgements.forget((doc) => !this.documents.has(doc));
  }

  async #judge(named: readonly Uri[], run: Run): Promise<readonly FileResult[]> {
    await this.quiet.settled();
    run.check();
    const doc = named[0]!;
    const [engine, settings, place] = await Promise.all([this.world.engine(), this.settings(doc), this.place(doc)]);
    run.check();
    return judge(named, run, {
      engine,
      settings,
      ...place,
      log: this.log,
      isOpen: (other) => this.documents.has(other),
      dependants: (of) => this.judgements.dependants(of),
    });
  }

  async #follow({ doc, what, text }: DocumentEvent): Promise<void> {
    if (what === 'edited') this.quiet.edited();
    if (what === 'closed') this.#settings.forget(doc);
    this.judgements.outdate(doc);
    // A document that is opened or closed unchanged looks the same to the others as before.
    this.#asOnDisk.delete(doc);
    if (what === 'edited') this.judgements.outdateDependants(doc, false);
    else if (!(await this.#isOnDisk(doc, text))) this.judgements.outdateDependants(doc, true);
    else if (what === 'opened' && this.documents.get(doc)?.text === text) this.#asOnDisk.add(doc);
  }

  async #isOnDisk(doc: Uri, text: string): Promise<boolean> {
    if (!isFile(doc)) return false;
    const machine = await this.world.machine();
    const answer = machine.reader(this.folders.of(doc) ?? machine.rootOf(doc)).file(doc);
    return answer.kind === 'text' && answer.text === text;
  }
}
