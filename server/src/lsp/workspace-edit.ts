import type { WorkspaceEdit } from 'vscode-languageserver';
import type { DocumentEdits } from './file-result.ts';
import type { Session } from './session.ts';

/** A workspace edit, with document versions if the client supports them. */
export function workspaceEdit(edits: DocumentEdits, { client, documents }: Session): WorkspaceEdit {
  const all = [...edits].map(([doc, textEdits]) => ({
    uri: documents.clientUri(doc),
    version: documents.get(doc)?.version ?? null,
    edits: [...textEdits],
  }));
  return client.documentChanges
    ? { documentChanges: all.map(({ uri, version, edits }) => ({ textDocument: { uri, version }, edits })) }
    : { changes: Object.fromEntries(all.map(({ uri, edits }) => [uri, edits])) };
}
