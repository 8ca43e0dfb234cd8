import type { PublishDiagnosticsParams, ServerCapabilities } from 'vscode-languageserver';
import type { Uri } from '../base/span.ts';
import { diagnosticsId, diagnosticsOf } from './diagnostic.ts';
import type { FileResult } from './file-result.ts';
import { coalescing } from './debouncer.ts';
import type { Session } from './session.ts';
import { grouped, analyzedGroup } from './workspace-files.ts';

/** What a client was sent last for a document. */
interface Published {
  /** The URI in its spelling. */
  readonly uri: string;
  /** The version of an open document. */
  readonly version: number | undefined;
  readonly id: string;
}

const NOTHING = diagnosticsId([]);

/** Pushes diagnostics to a client that does not pull them. */
export function publishDiagnostics(session: Session): ServerCapabilities {
  const { client, connection, documents, folders, results, log } = session;
  if (client.pullsDiagnostics) return {};
  /** The documents with diagnostics at the client. */
  const published = new Map<Uri, Published>();

  /** A closed file keeps its diagnostics as long as its changes are known. */
  const isFollowed = (doc: Uri): boolean =>
    documents.has(doc) || (published.has(doc) && client.watchesFiles && folders.of(doc) !== undefined);

  const send = (params: PublishDiagnosticsParams): void => {
    connection
      .sendDiagnostics(params)
      .catch((error: unknown) => log.failure(`publish the diagnostics of ${params.uri}`, error));
  };

  const clear = (doc: Uri): void => {
    const last = published.get(doc);
    if (!last) return;
    published.delete(doc);
    if (last.id !== NOTHING) send({ uri: last.uri, diagnostics: [] });
  };

  /** Sends diagnostics, unless the client has them for this version or the document was closed without a change. */
  const publish = (judged: FileResult): void => {
    const { doc } = judged;
    if (!isFollowed(doc)) return;
    const diagnostics = diagnosticsOf(judged, session);
    const open = documents.get(doc);
    if (!open && diagnostics.length === 0) return clear(doc);
    const last = published.get(doc);
    const uri = open?.uri ?? last!.uri;
    const now: Published = { uri, version: open?.version, id: diagnosticsId(diagnostics) };
    published.set(doc, now);
    if (last?.id === now.id && last.uri === uri && (!open || last.version === now.version)) return;
    send({ uri, diagnostics, ...(open ? { version: open.version } : {}) });
  };

  const publishAll = async (docs: ReadonlySet<Uri>): Promise<void> => {
    for (const doc of docs) if (!isFollowed(doc)) clear(doc);
    for (const group of grouped([...docs].filter(isFollowed), session)) {
      try {
        for (const judged of await analyzedGroup(session, group)) publish(judged);
      } catch (error) {
        log.failure(`publish the diagnostics of ${group.join(' ')}`, error);
      }
    }
  };

  const stale = coalescing(publishAll);
  results.onDidStale(({ docs }) => docs.forEach(stale));
  return {};
}
