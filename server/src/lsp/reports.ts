import type { FullDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport } from 'vscode-languageserver';
import type { Uri } from '../base/span.ts';
import { diagnosticsId, diagnosticsOf } from './diagnostic.ts';
import type { Judged } from './judged.ts';
import type { Session } from './session.ts';

export type Report = FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport;

/** The reports that a client asked for. The id of a report is made from its content, so equal reports have one id. */
export class Reports {
  readonly #session: Session;
  /** The id of the last report of each document. */
  readonly #sent = new Map<Uri, string>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** The report of a document for a client that has the one with the id `previous`. */
  of(judged: Judged, previous: string | undefined): Report {
    const items = diagnosticsOf(judged, this.#session);
    const resultId = diagnosticsId(items);
    this.#sent.set(judged.doc, resultId);
    return resultId === previous ? { kind: 'unchanged', resultId } : { kind: 'full', resultId, items };
  }

  /** The id of the last report of a document, if the client ever had one. */
  last(doc: Uri): string | undefined {
    return this.#sent.get(doc);
  }

  forget(doc: Uri): void {
    this.#sent.delete(doc);
  }
}
