import { DidChangeWatchedFilesNotification, FileChangeType } from './protocol.ts';
import { CONFIGURATION_FILE } from '../base/configuration-file.ts';
import type { Uri } from '../base/span.ts';
import { folderOf, nameOf } from '../base/uri.ts';
import { isWatchedFile, WATCHED_FILES } from '../model/format.ts';
import type { Session } from './session.ts';
import { identity, isFile } from './uri.ts';

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

/** Registers file watchers: for the files of formats, and for others once results depend on them. */
export async function registerWatchedFiles(session: Session): Promise<void> {
  if (!session.client.watchesFiles) return;
  watchDependencies(session);
  await watch(session, [...WATCHED_FILES, `**/*${CONFIGURATION_FILE}`]);
}

/** Watches the names of files that results depend on. What Terraform reads with `file` can have any name. */
function watchDependencies(session: Session): void {
  const { results, log } = session;
  const known = new Set<Uri>();
  const watched = new Set<string>();
  results.onDidJudge(({ dependencies }) => {
    const added = [...dependencies].filter((doc) => !known.has(doc));
    for (const doc of added) known.add(doc);
    // An unsaved document is not a file.
    const named = added
      .filter(isFile)
      .map((doc) => ({ doc, name: nameOf(doc) }))
      .filter(({ name }) => !isWatched(name));
    if (named.length === 0) return;
    // Folders that are listed are dependencies too.
    const folders = new Set([...dependencies].map(folderOf));
    const names = new Set(named.filter(({ doc }) => !folders.has(doc)).map(({ name }) => name));
    for (const name of watched) names.delete(name);
    if (names.size === 0) return;
    for (const name of names) watched.add(name);
    watch(
      session,
      [...names].map((name) => `**/${name.replaceAll(GLOB_CHARACTER, '?')}`),
    ).catch((error: unknown) => log.failure('watch the files that results depend on', error));
  });
}

function isWatched(name: string): boolean {
  return isWatchedFile(name) || name.endsWith(CONFIGURATION_FILE);
}

/** A character with a meaning in glob patterns of the Language Server Protocol. */
const GLOB_CHARACTER = /[*?{}[\]\\]/g;

async function watch({ connection }: Session, patterns: readonly string[]): Promise<void> {
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: patterns.map((globPattern) => ({ globPattern })),
  });
}
