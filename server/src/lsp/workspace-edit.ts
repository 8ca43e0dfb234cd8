import type { ChangeAnnotation, WorkspaceEdit } from 'vscode-languageserver';
import type { Impact } from '../model/edit.ts';
import type { DocumentEdits } from './file-result.ts';
import type { Session } from './session.ts';

/** What a user confirms before an edit is applied. */
const ANNOTATIONS: Readonly<Record<Impact, ChangeAnnotation>> = {
  replace: {
    label: 'Can replace the resource',
    needsConfirmation: true,
    description: 'the next deployment can create a new resource and delete this one',
  },
  interrupt: {
    label: 'Can interrupt the resource',
    needsConfirmation: true,
    description: 'the next deployment can make it unavailable for a while',
  },
};

/**
 * A workspace edit, with document versions if the client supports them. If its deployment can replace or interrupt a
 * resource, clients that can ask for confirmation do so.
 */
export function workspaceEdit(
  edits: DocumentEdits,
  { client, documents }: Pick<Session, 'client' | 'documents'>,
  impact?: Impact,
): WorkspaceEdit {
  const all = [...edits].map(([doc, textEdits]) => ({
    uri: documents.clientUri(doc),
    version: documents.get(doc)?.version ?? null,
    edits: [...textEdits],
  }));
  if (!client.documentChanges) return { changes: Object.fromEntries(all.map(({ uri, edits }) => [uri, edits])) };
  const confirmed = client.changeAnnotations ? impact : undefined;
  return {
    documentChanges: all.map(({ uri, version, edits }) => ({
      textDocument: { uri, version },
      edits: confirmed ? edits.map((edit) => ({ ...edit, annotationId: confirmed })) : edits,
    })),
    ...(confirmed ? { changeAnnotations: { [confirmed]: ANNOTATIONS[confirmed] } } : {}),
  };
}
