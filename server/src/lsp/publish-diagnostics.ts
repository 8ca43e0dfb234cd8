import type { ServerCapabilities } from 'vscode-languageserver';
import type { Uri } from '../base/span.ts';
import { diagnosticsOf } from './diagnostic.ts';
import { Superseded } from './run.ts';
import type { Session } from './session.ts';

/** Pushes diagnostics to a client that does not pull them. */
export function publishDiagnostics(session: Session): ServerCapabilities {
  const { client, connection, documents, folders, results, log } = session;
  if (client.pullsDiagnostics) return {};
  /** The documents with diagnostics at the client, with their URIs in its spelling. */
  const published = new Map<Uri, string>();

  /** A closed file keeps its diagnostics as long as its changes are known. */
  const isFollowed = (doc: Uri): boolean =>
    documents.has(doc) || (published.has(doc) && client.watchesFiles && folders.of(doc) !== undefined);

  const clear = async (doc: Uri): Promise<void> => {
    const uri = published.get(doc);
    if (uri === undefined) return;
    published.delete(doc);
    await connection.sendDiagnostics({ uri, diagnostics: [] });
  };

  const publish = async (doc: Uri): Promise<void> => {
    const judged = await results.of(doc);
    if (!isFollowed(doc)) return;
    const diagnostics = diagnosticsOf(judged, session);
    const open = documents.get(doc);
    if (!open && diagnostics.length === 0) return clear(doc);
    const uri = open?.uri ?? published.get(doc)!;
    published.set(doc, uri);
    await connection.sendDiagnostics({ uri, diagnostics, ...(open ? { version: open.version } : {}) });
  };

  results.onDidStale(({ docs }) => {
    for (const doc of docs) {
      (isFollowed(doc) ? publish(doc) : clear(doc)).catch((error: unknown) => {
        // The analysis that superseded it publishes its own diagnostics.
        if (!(error instanceof Superseded)) log.failure(`publish the diagnostics of ${doc}`, error);
      });
    }
  });
  return {};
}
