import { DidChangeWatchedFilesNotification, FileChangeType } from 'vscode-languageserver';
import { CONFIGURATION_FILE } from '../base/configuration-file.ts';
import { WATCHED_FILES } from '../model/format.ts';
import type { Session } from './session.ts';
import { identity } from './uri.ts';

/** Follows `workspace/didChangeWatchedFiles`. */
export function watchedFiles(session: Session): void {
  const { connection, documents, results } = session;
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) {
      const doc = identity(uri);
      const listing = type !== FileChangeType.Changed;
      if (listing) session.forgetListing();
      // The buffer of an open document counts, whatever happens to the file.
      const open = documents.has(doc);
      if (!open) results.outdate(doc);
      if (!open || listing) results.outdateDependants(doc, listing);
      else session.changedOnDisk(doc);
    }
  });
}

/** Registers file watchers. */
export async function registerWatchedFiles({ client, connection }: Session): Promise<void> {
  if (!client.watchesFiles) return;
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [...WATCHED_FILES, `**/*${CONFIGURATION_FILE}`].map((globPattern) => ({ globPattern })),
  });
}
