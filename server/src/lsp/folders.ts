import {
  DidChangeWorkspaceFoldersNotification,
  type Connection,
  type InitializeParams,
  type WorkspaceFolder,
} from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { Uri } from '../base/span.ts';
import { identity, isBelow, isFile } from './uri.ts';

/** The folders of the workspace. They are told apart by their uris: two may have the same name. */
export class WorkspaceFolders {
  readonly #folders: Set<Uri>;

  constructor(params: InitializeParams) {
    this.#folders = new Set(initialFolders(params).map(identity));
  }

  all(): readonly Uri[] {
    return [...this.#folders].filter(isFile);
  }

  /** The innermost folder of the workspace that holds a document. */
  of(doc: Uri): Uri | undefined {
    let innermost: Uri | undefined;
    for (const folder of this.#folders) {
      if (isBelow(doc, folder) && folder.length > (innermost?.length ?? -1)) innermost = folder;
    }
    return innermost;
  }

  /** Follows the client's folders and tells after they changed. */
  listen(connection: Connection, changed: () => void): void {
    connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event }) => {
      for (const { uri } of event.removed) this.#folders.delete(identity(uri));
      for (const { uri } of event.added) this.#folders.add(identity(uri));
      changed();
    });
  }
}

/** Older clients say one root, as a uri or as a path. */
function initialFolders(params: InitializeParams): readonly string[] {
  const folders: readonly WorkspaceFolder[] | null | undefined = params.workspaceFolders;
  if (folders) return folders.map(({ uri }) => uri);
  const { rootUri, rootPath } = params as { rootUri?: string | null; rootPath?: string | null };
  if (rootUri) return [rootUri];
  return rootPath ? [URI.file(rootPath).toString()] : [];
}
