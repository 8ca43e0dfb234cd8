import type { ProgressToken, WorkDoneProgressParams } from 'vscode-languageserver';
import type { Uri } from '../base/span.ts';
import { answer } from './answer.ts';
import { diagnosticsOf } from './diagnostic.ts';
import { isRecognized, type FileResult } from './file-result.ts';
import { Superseded } from './run.ts';
import type { Session } from './session.ts';
import { grouped, analyzedGroup } from './workspace-files.ts';

/** The request by which a client has all files of the workspace checked once. */
export const CHECK_WORKSPACE = 'stackwarden/checkWorkspace';

/** What was checked. */
export interface CheckedWorkspace {
  /** The number of files with a supported format. */
  readonly files: number;
  /** The number of findings in them. */
  readonly findings: number;
}

/**
 * Answers `stackwarden/checkWorkspace`: checks the files of all folders and publishes the diagnostics of those that are
 * not open. They follow changes of the files, as far as the client reports these. A cancelled check keeps what it
 * found.
 */
export function checkWorkspace(session: Session): void {
  const { connection, log } = session;
  const published = new PublishedFiles(session);
  connection.onRequest(CHECK_WORKSPACE, (params: WorkDoneProgressParams | null, token) =>
    answer(log, token, CHECK_WORKSPACE, { files: 0, findings: 0 }, async (): Promise<CheckedWorkspace> => {
      const progress = new CheckProgress(session, params?.workDoneToken);
      try {
        if (!session.client.watchesFiles) session.forgetFiles();
        const files = await session.files();
        let checked: CheckedWorkspace = { files: 0, findings: 0 };
        let done = 0;
        for (const group of grouped(files, session)) {
          progress.report(done, files.length, checked.findings);
          const judged = await analyzedGroup(session, group, token);
          for (const each of judged) await published.show(each);
          checked = added(checked, judged);
          done += group.length;
        }
        return checked;
      } finally {
        progress.done();
      }
    }),
  );
}

function added({ files, findings }: CheckedWorkspace, judged: readonly FileResult[]): CheckedWorkspace {
  const ours = judged.filter(isRecognized);
  return { files: files + ours.length, findings: ours.reduce((sum, each) => sum + each.findings.length, findings) };
}

/** The diagnostics of closed files that were checked on request. */
class PublishedFiles {
  readonly #session: Session;
  /** The checked files. */
  readonly #checked = new Set<Uri>();
  /** The files with diagnostics at the client. */
  readonly #shown = new Set<Uri>();
  readonly #stale = new Set<Uri>();
  #updating = false;

  constructor(session: Session) {
    this.#session = session;
    session.results.onDidStale(({ docs }) => {
      const stale = docs.filter((doc) => this.#checked.has(doc));
      for (const doc of stale) this.#stale.add(doc);
      if (stale.length > 0 && !this.#updating) void this.#update();
    });
  }

  /** Shows the diagnostics of a checked file, unless the client has them already. */
  async show(judged: FileResult): Promise<void> {
    const { client, documents, checksWorkspace } = this.#session;
    // The client pulls the diagnostics of all files itself.
    if (client.pullsDiagnostics && checksWorkspace) return;
    const { doc } = judged;
    if (isRecognized(judged) || judged.problems.length > 0) this.#checked.add(doc);
    else this.#checked.delete(doc);
    if (documents.has(doc)) return;
    const diagnostics = diagnosticsOf(judged, this.#session);
    if (diagnostics.length > 0) this.#shown.add(doc);
    else if (!this.#shown.delete(doc)) return;
    await this.#send(doc, diagnostics);
  }

  /** Checks stale files again, one at a time. */
  async #update(): Promise<void> {
    this.#updating = true;
    try {
      for (const doc of this.#stale) {
        this.#stale.delete(doc);
        await this.#updateOne(doc);
      }
    } finally {
      this.#updating = false;
    }
  }

  async #updateOne(doc: Uri): Promise<void> {
    const { documents, folders, results, log } = this.#session;
    try {
      // An open document has diagnostics of its own.
      if (documents.has(doc)) return await this.#clear(doc);
      if (folders.of(doc) !== undefined) return await this.show(await results.of(doc));
      this.#checked.delete(doc);
      await this.#clear(doc);
    } catch (error) {
      // The change that superseded it made the file stale again.
      if (!(error instanceof Superseded)) log.failure(`check ${doc} again`, error);
    }
  }

  async #clear(doc: Uri): Promise<void> {
    // A client that does not pull has one list for a document, whether it is open or not.
    if (this.#shown.delete(doc) && this.#session.client.pullsDiagnostics) await this.#send(doc, []);
  }

  async #send(doc: Uri, diagnostics: ReturnType<typeof diagnosticsOf>): Promise<void> {
    const { connection, documents } = this.#session;
    await connection.sendDiagnostics({ uri: documents.clientUri(doc), diagnostics });
  }
}

/** The progress of a check, for clients that requested it. */
class CheckProgress {
  readonly #reporter: ReturnType<Session['connection']['window']['attachWorkDoneProgress']> | undefined;

  constructor({ connection }: Session, token: ProgressToken | undefined) {
    if (token === undefined) return;
    this.#reporter = connection.window.attachWorkDoneProgress(token);
    this.#reporter.begin('Stackwarden', 0, 'Checking the workspace', true);
  }

  report(done: number, files: number, findings: number): void {
    const found = findings === 1 ? '1 finding' : `${findings} findings`;
    this.#reporter?.report(Math.floor((100 * done) / Math.max(files, 1)), `${done} of ${files} files, ${found}`);
  }

  done(): void {
    this.#reporter?.done();
  }
}
