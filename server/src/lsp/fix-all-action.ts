import type { CodeAction, CodeActionContext } from 'vscode-languageserver';
import { CodeActionKind, CodeActionTriggerKind } from './protocol.ts';
import type { Uri } from '../base/span.ts';
import { RememberingReader } from '../host/remembering-reader.ts';
import type { DocumentEdits } from './file-result.ts';
import type { FixableResult } from './recent-fixes.ts';
import type { Session } from './session.ts';
import type { Settings } from './settings.ts';
import { textEdits } from './text-edits.ts';
import { identity } from './uri.ts';
import { workspaceEdit } from './workspace-edit.ts';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.stackwarden`;

/** The data of an action whose edit is resolved later. */
export interface FixAllData {
  readonly fixAll: string;
}

/**
 * Whether a client's request includes fix all. It does for its own kind. Users with `source.fixAll` on save fix
 * problems of all tools, so a setting enables that; a menu always includes it.
 */
export function asksForFixAll({ only, triggerKind }: CodeActionContext, { fixAllOnSourceFixAll }: Settings): boolean {
  const invoked = triggerKind !== CodeActionTriggerKind.Automatic;
  if (only === undefined) return invoked;
  if (only.includes(FIX_ALL)) return true;
  if (only.includes(CodeActionKind.SourceFixAll)) return fixAllOnSourceFixAll;
  return only.includes(CodeActionKind.Source) && (invoked || fixAllOnSourceFixAll);
}

/** The action, if there are safe fixes; its edit is resolved later if the client supports that. */
export async function fixAllAction({ judged, fixes }: FixableResult, session: Session): Promise<CodeAction[]> {
  if (![...fixes.values()].some((each) => each.fixes().some(({ safe }) => safe))) return [];
  const action: CodeAction = { title: 'Apply all safe Stackwarden fixes in this document', kind: FIX_ALL };
  const data: FixAllData = { fixAll: session.documents.clientUri(judged.doc) };
  return [
    session.client.resolvesEdits
      ? { ...action, data }
      : { ...action, edit: workspaceEdit(await fixAllEdits(judged.doc, session), session) },
  ];
}

/** The edits of all safe fixes of a document. */
export async function fixAllEdits(doc: Uri, session: Session): Promise<DocumentEdits> {
  const [engine, { reader: disk, root }, settings] = await Promise.all([
    session.world.engine(),
    session.place(doc),
    session.settings(doc),
  ]);
  // No await follows, so all texts are from the same moment.
  const reader = new RememberingReader(disk);
  const { options } = engine.configuration(reader, doc, root, settings);
  const { texts } = engine.fixAll(reader, [doc], { ...options, leading: session.results.dependants(doc) });
  return new Map([...texts].map(([fixed, text]) => [identity(fixed), textEdits(reader.text(fixed), text)]));
}
