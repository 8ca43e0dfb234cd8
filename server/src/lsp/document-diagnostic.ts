import type { DiagnosticServerCancellationData, ServerCapabilities } from 'vscode-languageserver';
import { LSPErrorCodes, ResponseError } from './protocol.ts';
import type { Uri } from '../base/span.ts';
import { putEntry } from '../base/table.ts';
import { answer } from './answer.ts';
import type { PulledReport, PulledReports } from './reports.ts';
import type { Session } from './session.ts';
import { Superseded } from './run.ts';
import { identity } from './uri.ts';

/** Answers `textDocument/diagnostic`. */
export function documentDiagnostic(session: Session, reports: PulledReports): ServerCapabilities {
  const { client, connection, documents, results, log } = session;
  if (!client.pullsDiagnostics) return {};

  /** Open documents that an edit to `doc` may affect and whose report has changed. */
  const related = async (doc: Uri): Promise<Record<string, PulledReport>> => {
    const changed: Record<string, PulledReport> = {};
    if (!client.relatedDocuments) return changed;
    for (const other of results.dependants(doc)) {
      const last = reports.last(other);
      if (!documents.has(other) || last === undefined || reports.isCurrent(other)) continue;
      try {
        const report = reports.of(await results.of(other), last);
        if (report.kind === 'full') putEntry(changed, documents.clientUri(other), report);
      } catch (error) {
        // It will be requested again, because something else changed.
        if (!(error instanceof Superseded)) throw error;
      }
    }
    return changed;
  };

  connection.languages.diagnostics.on(({ textDocument, previousResultId }, token) => {
    const doc = identity(textDocument.uri);
    return answer(
      log,
      token,
      'textDocument/diagnostic',
      { kind: 'full' as const, items: [] },
      () =>
        reports.answering(doc, async () => {
          const report = reports.of(await results.of(doc, token), previousResultId);
          const relatedDocuments = await related(doc);
          return Object.keys(relatedDocuments).length > 0 ? { ...report, relatedDocuments } : report;
        }),
      askAgain,
    );
  });
  return {
    diagnosticProvider: {
      identifier: 'stackwarden',
      interFileDependencies: true,
      workspaceDiagnostics: session.checksWorkspace,
      workDoneProgress: true,
    },
  };
}

/** A client treats any other error as an empty report. */
function askAgain(): ResponseError<DiagnosticServerCancellationData> {
  return new ResponseError(LSPErrorCodes.ServerCancelled, 'The document was changed.', { retriggerRequest: true });
}
