import type { Connection, InitializeParams, WorkspaceFolder } from 'vscode-languageserver';
import { DidChangeWorkspaceFoldersNotification } from './protocol.ts';
import { URI } from 'vscode-uri';
import type { Uri } from '../base/span.ts';
import { identity, isBelow, isFile } from './uri.ts';

/** The workspace folders, identified by URI, because two can have the same name. */
export class WorkspaceFolders {
  readonly #folders: Set<Uri>;

  constructor(params: InitializeParams) {
    this.#folders = new Set(initialFolders(params).map(identity));
  }

  all(): readonly Uri[] {
    return [...this.#folders].filter(isFile);
  }

  /** The innermost workspace folder of a document. */
  of(doc: Uri): Uri | undefined {
    let innermost: Uri | undefined;
    for (const folder of this.#folders) {
      if (isBelow(doc, folder) && folder.length > (innermost?.length ?? -1)) innermost = folder;
    }
    return innermost;
  }

  /** Follows changes of workspace folders. */
  listen(connection: Connection, changed: () => void): void {
    connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event }) => {
      for (const { uri } of event.removed) this.#folders.delete(identity(uri));
      for (const { uri } of event.added) this.#folders.add(identity(uri));
      changed();
    });
  }
}

/** Older clients send one root, as a URI or as a path. */
function initialFolders(params: InitializeParams): readonly string[] {
  const folders: readonly WorkspaceFolder[] | null | undefined = params.workspaceFolders;
  if (folders) return folders.map(({ uri }) => uri);
  const { rootUri, rootPath } = params as { rootUri?: string | null; rootPath?: string | null };
  if (rootUri) return [rootUri];
  return rootPath ? [URI.file(rootPath).toString()] : [];
}
