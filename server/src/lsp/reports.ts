import type { FullDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport } from 'vscode-languageserver';
import type { Uri } from '../base/span.ts';
import { diagnosticsId, diagnosticsOf } from './diagnostic.ts';
import type { FileResult } from './file-result.ts';
import type { Session } from './session.ts';

/** The answer to a pull of the diagnostics of a document. */
export type PulledReport = FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport;

/**
 * The reports that a client pulled. The id of a report is derived from its content, so equal reports have equal ids.
 */
export class PulledReports {
  readonly #session: Session;
  /** The id of the last report of each document. */
  readonly #sent = new Map<Uri, string>();
  /** The documents whose last report is current. */
  readonly #current = new Set<Uri>();
  /** The number of pending requests for the report of a document. */
  readonly #pending = new Map<Uri, number>();

  constructor(session: Session) {
    this.#session = session;
    session.results.onDidStale(({ docs }) => {
      for (const doc of docs) this.#current.delete(doc);
    });
  }

  /** Answers a request for the report of a document. */
  async answering<T>(doc: Uri, work: () => Promise<T>): Promise<T> {
    this.#pending.set(doc, (this.#pending.get(doc) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = this.#pending.get(doc)! - 1;
      if (left > 0) this.#pending.set(doc, left);
      else this.#pending.delete(doc);
    }
  }

  /**
   * Whether the client has the current report of a document, or will get it. A current result is not enough: other
   * requests, such as code actions, need results too.
   */
  isCurrent(doc: Uri): boolean {
    return this.#current.has(doc) || this.#pending.has(doc);
  }

  /** The report of a document for a client that has the one with the id `previous`. */
  of(judged: FileResult, previous: string | undefined): PulledReport {
    const items = diagnosticsOf(judged, this.#session);
    const resultId = diagnosticsId(items);
    this.#sent.set(judged.doc, resultId);
    this.#current.add(judged.doc);
    return resultId === previous ? { kind: 'unchanged', resultId } : { kind: 'full', resultId, items };
  }

  /** The id of the last report of a document. */
  last(doc: Uri): string | undefined {
    return this.#sent.get(doc);
  }

  forget(doc: Uri): void {
    this.#sent.delete(doc);
    this.#current.delete(doc);
  }
}
